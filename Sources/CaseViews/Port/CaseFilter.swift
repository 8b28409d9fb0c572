package import EventSourcing

/// Which cases a list shows; all constraints must hold, a missing one is none.
package struct CaseFilter: Hashable, Sendable {
    package var states: Set<CaseRow.State>
    package var town: TownCode?
    /// Cases in which this department has, or had, a referral or an offer.
    package var department: DepartmentCode?
    /// Cases about this person.
    package var person: PersonReference?
    /// Only cases the meeting office has to do with (``CaseRow/isBeforeMeeting``).
    package var onlyBeforeMeeting: Bool

    package init(
        states: Set<CaseRow.State> = [], town: TownCode? = nil, department: DepartmentCode? = nil,
        person: PersonReference? = nil, onlyBeforeMeeting: Bool = false
    ) {
        self.onlyBeforeMeeting = onlyBeforeMeeting
        self.states = states
        self.town = town
        self.department = department
        self.person = person
    }
}

/// One page of cases, newest first; the key is the position that opened the last one shown.
package struct CasePage: Hashable, Sendable {
    package let rows: [CaseRow]
    /// Where the next page begins; nothing on the last.
    package let next: Position?
    /// The views' place in the log when they were read.
    package let position: Position

    package init(rows: [CaseRow], next: Position?, position: Position) {
        self.rows = rows
        self.next = next
        self.position = position
    }
}

/// Where the newest sealed part of one group of one person stands in the log.
package struct SealedPartReference: Codable, Hashable, Sendable {
    package let group: FieldGroup
    package let person: PersonReference
    package let position: Position
    package let eventID: UniqueID
    package let section: UInt8

    package init(group: FieldGroup, person: PersonReference, position: Position, eventID: UniqueID, section: UInt8) {
        self.group = group
        self.person = person
        self.position = position
        self.eventID = eventID
        self.section = section
    }
}
