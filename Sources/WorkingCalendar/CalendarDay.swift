/// One day explained: whether it is worked, why, and how sure that is.
package struct CalendarDay: Codable, Hashable, Sendable {
    /// Why a day is worked or off.
    package enum Reason: String, Codable, CaseIterable, Sendable {
        /// A Monday to Friday.
        case weekday
        /// A Saturday or Sunday worked (调休).
        case makeupWorkday
        /// A Saturday or Sunday.
        case weekend
        /// A Monday to Friday off.
        case holiday
    }

    package let day: CivilDay
    /// Monday = 1 through Sunday = 7.
    package let weekday: Int
    package let isWorked: Bool
    package let reason: Reason
    /// A later notice may still change it (暂定).
    package let isProvisional: Bool
    /// The working day before it and the one after.
    package let previousWorkingDay: CivilDay?
    package let nextWorkingDay: CivilDay?
    package let calendarVersion: String
}

/// One year of a calendar as a table.
package struct CalendarYear: Codable, Hashable, Sendable {
    /// Whether a notice laid the year down.
    package enum Mark: String, Codable, CaseIterable, Sendable {
        case announced
        /// No notice yet: statutory days only, every date in it is 暂定.
        case provisional
        /// Not even statutory days are listed: weekends only.
        case unlisted
    }

    package let year: Int
    package let calendarVersion: String
    package let mark: Mark
    /// From here on its days may still change.
    package let provisionalFrom: CivilDay?
    package let offWeekdays: [CivilDay]
    package let makeupWorkdays: [CivilDay]
    /// Working days of each month, January first.
    package let workingDaysByMonth: [Int]
    package let workingDays: Int
}

extension WorkingCalendar {
    /// One day explained.
    ///
    /// - Throws: ``CalendarError`` when the day lies outside the days the calendar knows.
    package func explained(_ day: CivilDay) throws(CalendarError) -> CalendarDay {
        guard day >= firstKnown else { throw .startsTooEarly(firstKnown: firstKnown) }
        guard day <= lastKnown else { throw .endsTooLate(lastKnown: lastKnown) }
        let isWorked = isWorkingDay(day)
        let reason: CalendarDay.Reason =
            day.isWeekend ? (isWorked ? .makeupWorkday : .weekend) : (isWorked ? .weekday : .holiday)
        return CalendarDay(
            day: day, weekday: day.weekday, isWorked: isWorked, reason: reason, isProvisional: isProvisional(day),
            previousWorkingDay: lastWorkingDay(through: day.previous), nextWorkingDay: try? nextWorkingDay(after: day),
            calendarVersion: version)
    }

    /// One year as a table.
    ///
    /// - Throws: ``CalendarError`` when the year lies outside the days the calendar knows.
    package func table(of year: Int) throws(CalendarError) -> CalendarYear {
        guard year >= firstKnown.year else { throw .startsTooEarly(firstKnown: firstKnown) }
        guard year <= lastKnown.year, let first = CivilDay(year: year, month: 1, day: 1),
            let last = CivilDay(year: year, month: 12, day: 31)
        else { throw .endsTooLate(lastKnown: lastKnown) }
        let off = offWeekdays(from: max(first, firstKnown), through: last)
        let months = (1...12).map { month in
            let begin = CivilDay(year: year, month: month, day: 1) ?? first
            return workingDays(after: begin.previous, through: begin.advanced(byMonths: 1).previous)
        }
        let isAnnounced = year <= firmUntil.year
        return CalendarYear(
            year: year, calendarVersion: version,
            mark: isAnnounced ? .announced : off.isEmpty ? .unlisted : .provisional,
            provisionalFrom: last > firmUntil ? max(first, firmUntil.next) : nil, offWeekdays: off,
            makeupWorkdays: makeupWorkdays(from: first, through: last), workingDaysByMonth: months,
            workingDays: months.reduce(0, +))
    }
}

/// Whether the next year's notice is missed, and how badly (`reference/deadlines.md` §3.2).
package enum NoticeWarning: String, Codable, CaseIterable, Sendable {
    case none
    /// From 25 October: it comes out between then and the middle of December.
    case expected
    /// From 1 December every limit of 20 working days ends past the firm part.
    case urgent
}

extension WorkingCalendar {
    /// Whether the notice for the year after this day should have been imported by now.
    package func noticeWarning(on day: CivilDay) -> NoticeWarning {
        guard day.year >= firmUntil.year else { return .none }
        guard day.year == firmUntil.year else { return .urgent }
        if day.month == 12 { return .urgent }
        return day.month == 11 || day.month == 10 && day.day >= 25 ? .expected : .none
    }
}
