/// Why a calendar cannot be built, or cannot answer.
package enum CalendarError: Error, Hashable, Sendable {
    /// A limit starts before the first day the calendar knows.
    case startsTooEarly(firstKnown: CivilDay)
    /// A limit would end after the last day the calendar can answer for.
    case endsTooLate(lastKnown: CivilDay)
    /// A limit is negative or longer than any rule allows.
    case limitOutOfRange(allowed: ClosedRange<Int>)
    /// A published calendar has no version name.
    case versionMissing
    /// `firmUntil` lies before `first`.
    case firmUntilBeforeFirst
    /// A listed day lies before `first`.
    case dayBeforeFirst(CivilDay)
    /// A day listed as off is a Saturday or Sunday, which is off anyway.
    case offDayOnWeekend(CivilDay)
    /// A day listed as worked is a Monday to Friday, which is worked anyway.
    case makeupDayOnWeekday(CivilDay)
    /// A day stands twice in one list.
    case dayListedTwice(CivilDay)
    /// Office hours are not one to six windows of `HH:MM`, ascending and without overlap.
    case officeHoursMalformed
}

extension CalendarError: CustomStringConvertible {
    /// What is wrong, Chinese first, with the remedy.
    package var description: String {
        switch self {
        case .startsTooEarly(let day):
            "起始日早于日历首日 \(day)。The start is older than the calendar, whose first day is \(day); use a later start."
        case .endsTooLate(let day):
            "期限超出日历末日 \(day)。The limit ends after \(day), the last day the calendar knows; publish a newer calendar."
        case .limitOutOfRange(let range):
            "期限应为 \(range.lowerBound) 至 \(range.upperBound)。A limit is a whole number from \(range.lowerBound) to \(range.upperBound)."
        case .versionMissing:
            "日历缺少版本名。The calendar has no version; give one such as CN-2026.1."
        case .firmUntilBeforeFirst:
            "firmUntil 早于 first。firmUntil lies before first; correct one of them."
        case .dayBeforeFirst(let day):
            "\(day) 早于日历首日。\(day) lies before first; remove it or set an earlier first."
        case .offDayOnWeekend(let day):
            "\(day) 是周末，不必列为休息日。\(day) is a weekend day and off anyway; remove it from offWeekdays."
        case .makeupDayOnWeekday(let day):
            "\(day) 不是周末，不能列为调休上班日。\(day) is not a weekend day; remove it from makeupWorkdays."
        case .dayListedTwice(let day):
            "\(day) 重复。\(day) is listed twice; remove one."
        case .officeHoursMalformed:
            """
            办公时间须为一至六段、按先后、互不重叠。Office hours are one to six windows in order without overlap, \
            such as [["09:00","12:00"],["13:30","17:30"]].
            """
        }
    }
}
