import Deadlines
package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// What on a board needs somebody before what else (`reference/deadlines.md` §6.2); within each, by due date and id.
package enum Attention: Int, CaseIterable, Comparable, Sendable {
    /// Of a case whose emergency waits for relief.
    case overdueEmergency
    /// Longest first.
    case overdue
    /// Limits of hours, warned of or not.
    case byHours
    case dueSoon
    /// Standing still for longer than its reason allows, longest first.
    case pausedTooLong
    case onTime
    /// Longest first.
    case paused
    /// A floor, which asks nobody for anything.
    case floor
    case ended

    /// Where a row stands at an instant.
    ///
    /// - Parameter overlong: As in ``BoardFilter/overlong``.
    package init(of row: DeadlineRow, overlong: [DeadlineRule.PauseReason: CivilDay], at now: Instant) {
        self =
            switch row.state(at: now) {
            case .overdue: row.isUrgent == true ? .overdueEmergency : .overdue
            case .dueSoon: row.limit.endsAtInstant ? .byHours : .dueSoon
            case .onTime: row.limit.endsAtInstant ? .byHours : .onTime
            case .paused: row.isOverlong(by: overlong) ? .pausedTooLong : .paused
            case .waiting, .free: .floor
            case .met, .metLate, .cancelled: .ended
            }
    }

    /// Reads the group of a key back.
    package init?(text: String) {
        guard text.utf8.count == 1, let number = Int(text) else { return nil }
        self.init(rawValue: number)
    }

    /// As keys name it: digits sort as it does.
    package var text: String { "\(rawValue)" }

    /// The one that follows; nothing after the last.
    package var next: Self? { Self(rawValue: rawValue + 1) }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// The part of a board that stands here; nothing where the filter leaves all of it out.
    package func part(of filter: BoardFilter) -> BoardFilter? {
        var part = filter
        part.sort = .due
        let asked = filter.states.isEmpty ? Set(DeadlineState.allCases.filter(\.isOpen)) : filter.states
        part.states = asked.intersection(states)
        guard !part.states.isEmpty else { return nil }
        switch self {
        case .overdueEmergency: part.isUrgent = true
        case .overdue: part.isUrgent = false
        case .byHours: part.isByHours = true
        case .dueSoon, .onTime: part.isByHours = false
        case .pausedTooLong: part.isOverlong = true
        case .paused: part.isOverlong = false
        case .floor, .ended: break
        }
        let isPossible =
            [
                (filter.isUrgent, part.isUrgent), (filter.isByHours, part.isByHours),
                (filter.isOverlong, part.isOverlong),
            ]
            .allSatisfy { asked, here in asked == nil || asked == here }
        return isPossible ? part : nil
    }

    private var states: Set<DeadlineState> {
        switch self {
        case .overdueEmergency, .overdue: [.overdue]
        case .byHours: [.dueSoon, .onTime]
        case .dueSoon: [.dueSoon]
        case .pausedTooLong, .paused: [.paused]
        case .onTime: [.onTime]
        case .floor: [.waiting, .free]
        case .ended: [.met, .metLate, .cancelled]
        }
    }
}

extension DeadlineRow {
    /// Whether it stands still and its pause began on or before the last day its reason's maximum allows.
    package func isOverlong(by last: [DeadlineRule.PauseReason: CivilDay]) -> Bool {
        guard let pause = openPause, dueAt == nil, let day = last[pause.reason] else { return false }
        return pause.startDay <= day
    }
}
