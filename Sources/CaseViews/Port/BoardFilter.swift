package import Deadlines
package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// Which deadlines a board shows; all constraints must hold, a missing one is none.
package struct BoardFilter: Hashable, Sendable {
    /// Whose deadlines.
    package enum Owner: Hashable, Sendable {
        case centre
        case department(DepartmentCode)
    }

    /// Nothing means every open state; closed ones are shown only when named.
    package var states: Set<DeadlineState>
    package var owner: Owner?
    package var rule: DeadlineRuleID?
    package var town: TownCode?
    package var caseID: CaseID?
    package var policyItem: PolicyItemCode?
    package var isPromise: Bool?
    package var isProvisional: Bool?
    package var dueFrom: CivilDay?
    package var dueThrough: CivilDay?
    /// Only deadlines of cases the meeting office has to do with (``CaseRow/isBeforeMeeting``).
    package var onlyBeforeMeeting: Bool
    /// As in ``CaseFilter/keepers`` and ``CaseFilter/hiddenPeople``.
    package var keepers: Set<CaseRow.Keeper> = []
    package var hiddenPeople: Set<PersonReference> = []

    package init(
        states: Set<DeadlineState> = [], owner: Owner? = nil, rule: DeadlineRuleID? = nil, town: TownCode? = nil,
        caseID: CaseID? = nil, policyItem: PolicyItemCode? = nil, isPromise: Bool? = nil, isProvisional: Bool? = nil,
        dueFrom: CivilDay? = nil, dueThrough: CivilDay? = nil, onlyBeforeMeeting: Bool = false
    ) {
        self.onlyBeforeMeeting = onlyBeforeMeeting
        self.states = states
        self.owner = owner
        self.rule = rule
        self.town = town
        self.caseID = caseID
        self.policyItem = policyItem
        self.isPromise = isPromise
        self.isProvisional = isProvisional
        self.dueFrom = dueFrom
        self.dueThrough = dueThrough
    }
}

/// The place after a row of the board: pages follow by key, so that rows that come and go shift nothing.
package struct BoardKey: Codable, Hashable, Comparable, Sendable {
    /// Due instant; the end of time for what is paused, which therefore comes last.
    package let dueAt: Instant
    package let id: DeadlineID

    /// The key of a deadline due then; one without a due instant sorts last.
    package init(dueAt: Instant?, id: DeadlineID) {
        self.dueAt = dueAt ?? Instant(milliseconds: .max)
        self.id = id
    }

    /// The key of a row already shown.
    package init(of row: DeadlineRow) {
        // A floor asks nobody for anything: it stands after all that is due.
        self.init(dueAt: row.bound == .floor ? nil : row.dueAt, id: row.id)
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.dueAt == right.dueAt ? left.id < right.id : left.dueAt < right.dueAt
    }
}

/// One page of the board.
package struct BoardPage: Hashable, Sendable {
    package let rows: [DeadlineRow]
    /// Where the next page begins; nothing on the last.
    package let next: BoardKey?
    /// The views' place in the log when they were read.
    package let position: Position

    package init(rows: [DeadlineRow], next: BoardKey?, position: Position) {
        self.rows = rows
        self.next = next
        self.position = position
    }
}

/// Open deadlines of one owner in one town, by light.
package struct BoardCount: Hashable, Sendable {
    /// Nothing for the centre.
    package let owner: DepartmentCode?
    package let town: TownCode?
    package var overdue: Int
    package var dueSoon: Int
    package var onTime: Int
    package var paused: Int
    /// How many of them all are provisional.
    package var provisional: Int

    package init(
        owner: DepartmentCode?, town: TownCode?, overdue: Int = 0, dueSoon: Int = 0, onTime: Int = 0, paused: Int = 0,
        provisional: Int = 0
    ) {
        self.owner = owner
        self.town = town
        self.overdue = overdue
        self.dueSoon = dueSoon
        self.onTime = onTime
        self.paused = paused
        self.provisional = provisional
    }

    package var open: Int { overdue + dueSoon + onTime + paused }
}
