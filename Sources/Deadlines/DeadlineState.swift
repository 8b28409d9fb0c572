package import EventSourcing

/// How a deadline stands at one instant; computed when asked, never stored.
package enum DeadlineState: String, Codable, CaseIterable, Sendable {
    case onTime, dueSoon, overdue, paused, met, metLate, cancelled
    /// A floor that has not been reached: what it guards is refused until then.
    case waiting
    /// A floor that has been reached.
    case free
}

extension DeadlineLimit {
    /// Working days left from which on the handler is warned (`reference` ladder: 1, 2, 3, 5, 7); hours are not warned by days.
    package var warningLevel: Int {
        switch self {
        case .hours, .workingHours: 0
        case .months, .fixedDate: 7
        case .workingDays(let amount), .calendarDays(let amount):
            switch amount {
            case ...1: 1
            case 2...5: 2
            case 6...10: 3
            case 11...20: 5
            default: 7
            }
        }
    }
}

extension Due {
    /// How the deadline stands.
    ///
    /// - Parameters:
    ///   - instant: The time asked about.
    ///   - satisfiedAt: When the act that meets it happened, if it has; a time after `instant` counts as not yet.
    ///   - cancelledAt: When the deadline fell away, if it has; likewise.
    ///   - warningLevel: Working days left from which on it is due soon.
    package func state(
        at instant: Instant, satisfiedAt: Instant? = nil, cancelledAt: Instant? = nil, warningLevel: Int? = nil
    ) -> DeadlineState {
        if let satisfiedAt, satisfiedAt <= instant { return isOverdue(at: satisfiedAt) ? .metLate : .met }
        if let cancelledAt, cancelledAt <= instant { return .cancelled }
        if isOverdue(at: instant) { return .overdue }
        if dueAt == nil || isPaused(at: instant) { return .paused }
        guard let left = workingDaysLeft(at: instant) else { return .onTime }
        return left <= warningLevel ?? self.warningLevel ? .dueSoon : .onTime
    }

    /// How a floor stands: what must not be done before its end is free from then on, and a pause keeps it waiting.
    package func floorState(at instant: Instant) -> DeadlineState {
        dueAt.map { instant >= $0 } ?? false ? .free : .waiting
    }
}
