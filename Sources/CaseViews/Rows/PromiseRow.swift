package import Casework
package import EventSourcing
package import WorkingCalendar

/// What one department promised last about one referral: what, by whom, by when (N-16).
package struct PromiseRow: Codable, Hashable, Sendable {
    /// Whether it still stands; an open one whose day has passed is broken though nobody has said so yet.
    package enum State: String, CaseIterable, Codable, Hashable, Sendable {
        case open, kept, broken
    }

    package let department: DepartmentCode
    package var what: PromisedAct
    /// The last day on which it is kept.
    package var due: CivilDay
    package var state: State

    package init(department: DepartmentCode, what: PromisedAct, due: CivilDay, state: State = .open) {
        self.department = department
        self.what = what
        self.due = due
        self.state = state
    }

    /// The first instant at which it counts as broken; nothing once it was kept.
    package var brokenFrom: Instant? {
        switch state {
        case .open: Instant(milliseconds: due.next.startMilliseconds)
        case .kept: nil
        case .broken: Instant(milliseconds: 0)
        }
    }

    /// Whether it has come to nothing by then.
    package func isBroken(at instant: Instant) -> Bool { brokenFrom.map { instant >= $0 } ?? false }
}
