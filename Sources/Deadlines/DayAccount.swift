import EventSourcing
package import WorkingCalendar

/// One civil day of a deadline, and why it counted or did not.
package struct AccountedDay: Codable, Hashable, Sendable {
    /// Why a day counted, or why not.
    package enum Reason: String, Codable, CaseIterable, Sendable {
        /// Before the act counted as received.
        case notYetReceived
        /// The day of the act itself.
        case dayZero
        /// A Monday to Friday people worked.
        case workingDay
        /// A Saturday or Sunday people worked (调休).
        case makeupWorkday
        /// A day of a limit in calendar days.
        case calendarDay
        /// A Saturday or Sunday.
        case weekend
        /// A Monday to Friday off.
        case holiday
        /// Taken out by a pause.
        case paused
        /// After the limit's own end, on a day off: the last day moves past it.
        case rolledOver
        /// Passed without being counted one by one: a limit in months, in hours, or a set date.
        case elapsed
    }

    package let day: CivilDay
    /// Its number among the days that count, from 1; nothing when it does not count.
    package let number: Int?
    package let reason: Reason

    package init(day: CivilDay, number: Int?, reason: Reason) {
        self.day = day
        self.number = number
        self.reason = reason
    }
}

extension Due {
    /// Every day from the start through the due day or, while held up, through the day of the pause.
    ///
    /// - Complexity: O(*d* · *p*) for *d* days and *p* pauses.
    package var accountedDays: [AccountedDay] {
        let first = CivilDay(containing: start.milliseconds)
        let last = max(dueDay ?? lastDayBeforeOpenPause, day0, first)
        var number = 0
        return (first.number...last.number).map { value in
            let day = CivilDay(number: value)
            let reason = reason(of: day)
            guard reason.counts else { return AccountedDay(day: day, number: nil, reason: reason) }
            number += 1
            return AccountedDay(day: day, number: number, reason: reason)
        }
    }

    private func reason(of day: CivilDay) -> AccountedDay.Reason {
        if day < day0 { return .notYetReceived }
        let isOnTheSpot = terms.limit == .workingDays(0)
        if day == day0, !isOnTheSpot { return .dayZero }
        switch terms.limit {
        case .hours, .workingHours: return .elapsed
        case .months, .fixedDate: return limitDay.map { day > $0 } ?? false ? .rolledOver : .elapsed
        case .calendarDays:
            if isTakenOut(day) { return .paused }
            return limitDay.map { day > $0 } ?? false ? .rolledOver : .calendarDay
        case .workingDays:
            if isTakenOut(day) { return .paused }
            if calendar.isWorkingDay(day) { return day.isWeekend ? .makeupWorkday : .workingDay }
            return day.isWeekend ? .weekend : .holiday
        }
    }
}

extension AccountedDay.Reason {
    /// Whether a day of this reason uses up a day of the limit.
    package var counts: Bool {
        switch self {
        case .workingDay, .makeupWorkday, .calendarDay: true
        case .notYetReceived, .dayZero, .weekend, .holiday, .paused, .rolledOver, .elapsed: false
        }
    }
}
