import CaseViews
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
    /// Every day from the start on, counted or not, with the reason.
    package let days: [AccountedDay]
    package let calendarVersion: String
    /// When the rungs of the ordinary ladder are reached: warning, last day, one, three and five working days late.
    package let ladder: [Instant]
    /// How it stands at the time asked about; nothing when none was.
    package let standing: Standing?

    /// How a deadline stands at one time.
    package struct Standing: Encodable, Hashable, Sendable {
        package let at: Instant
        package let state: DeadlineState
        package let workingDaysLeft: Int?
        package let overdueBy: Int
    }

    init(rule: DeadlineRule?, due: Due, conditions: DueConditions) throws(CalendarError) {
        self.rule = rule?.id
        ruleVersion = rule?.version
        name = rule?.name
        limit = due.terms.limit
        start = due.start
        day0 = due.day0
        dueDay = due.dueDay
        dueAt = due.dueAt
        isProvisional = due.isProvisional
        counted = due.countedDays
        days = due.accountedDays
        calendarVersion = due.calendarVersion
        var rungs: [Instant] = []
        for level in LadderLevel.allCases {
            if let rung = try due.reaches(level) { rungs.append(rung) }
        }
        ladder = rungs
        standing = conditions.now.map { now in
            let isFloor = rule?.bound == .floor
            return Standing(
                at: now,
                state: isFloor ? due.floorState(at: now) : due.state(at: now, satisfiedAt: conditions.doneAt),
                workingDaysLeft: due.workingDaysLeft(at: now), overdueBy: due.overdueBy(at: now))
        }
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
            if limit.endsAtInstant {
                lines.append("最迟 due before: \(dueAt)\(provisional)")
            } else {
                lines.append("最迟 due: \(dueDay) \(Self.weekdays[dueDay.weekday - 1])\(provisional)")
            }
        }
        if !counted.isEmpty {
            lines.append("计入 counted: " + counted.map { "\($0.description.dropFirst(5))" }.joined(separator: " "))
        }
        let paused = days.filter { $0.reason == .paused }.count
        if paused > 0 { lines.append("中止 paused: \(paused) 天 days") }
        if dueDay == nil { lines.append("最迟 due: 中止中，恢复后再定 paused: it has no date until it runs again") }
        if let standing {
            let left = standing.workingDaysLeft.map { "，剩 \($0) 个工作日 – \($0) working days left" } ?? ""
            let over =
                standing.overdueBy > 0 ? "，超 \(standing.overdueBy) 个工作日 – \(standing.overdueBy) working days late" : ""
            let label = standing.state.label
            lines.append("状态 state: \(label.chinese) \(label.english)\(over.isEmpty ? left : over)")
        }
        lines.append("日历 calendar: \(calendarVersion)")
        return lines
    }

    private static let weekdays = ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"]
}
