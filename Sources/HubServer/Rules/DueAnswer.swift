package import Deadlines
package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// A due date with everything needed to recompute it by hand.
package struct DueAnswer: Encodable, Hashable, Sendable {
    /// Id of the rule; nothing when a bare limit was asked about.
    package let rule: DeadlineRuleID?
    package let ruleVersion: Int?
    package let name: Label?
    package let limit: DeadlineLimit
    package let start: Instant
    /// The day of the start, which is not counted.
    package let day0: CivilDay
    /// Last day on which it is kept.
    package let dueDay: CivilDay?
    /// First instant too late.
    package let dueAt: Instant?
    /// Whether a later notice can still move the date (暂定).
    package let isProvisional: Bool
    /// Days counted, ascending.
    package let counted: [CivilDay]
    package let calendarVersion: String

    init(rule: DeadlineRule?, due: Due, start: Instant) {
        self.rule = rule?.id
        ruleVersion = rule?.version
        name = rule?.name
        limit = due.terms.limit
        self.start = start
        day0 = due.day0
        dueDay = due.dueDay
        dueAt = due.dueAt
        isProvisional = due.isProvisional
        counted = due.countedDays
        calendarVersion = due.calendarVersion
    }

    /// The answer for a person, Chinese and English side by side.
    package var lines: [String] {
        var lines: [String] = []
        if let rule, let name, let ruleVersion {
            lines.append("\(rule) v\(ruleVersion) \(name.chinese) – \(name.english)")
        }
        lines.append("期限 limit: \(limit)")
        lines.append("起算 start: \(day0)（不计入 not counted）")
        if let dueDay, let dueAt {
            let provisional = isProvisional ? " 暂定 provisional" : ""
            if case .hours = limit {
                lines.append("最迟 due before: \(dueAt)\(provisional)")
            } else {
                lines.append("最迟 due: \(dueDay) \(Self.weekdays[dueDay.weekday - 1])\(provisional)")
            }
        }
        if !counted.isEmpty {
            lines.append("计入 counted: " + counted.map { "\($0.description.dropFirst(5))" }.joined(separator: " "))
        }
        lines.append("日历 calendar: \(calendarVersion)")
        return lines
    }

    private static let weekdays = ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"]
}
