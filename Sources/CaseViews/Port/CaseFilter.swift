package import EventSourcing
package import WorkingCalendar

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
    /// Cases taken in by, or given to, one of these; empty is no constraint.
    package var keepers: Set<CaseRow.Keeper> = []
    /// Cases about any of these people are not shown: the reader is in conflict with them (N-8).
    package var hiddenPeople: Set<PersonReference> = []
    /// Only cases whose promise was, or was not, broken on a day (N-16).
    package var promise: PromiseFilter?

    /// Whether a promise has been broken by the day that is asked about.
    package struct PromiseFilter: Hashable, Sendable {
        package let isBroken: Bool
        package let day: CivilDay

        package init(isBroken: Bool, on day: CivilDay) {
            self.isBroken = isBroken
            self.day = day
        }
    }

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
