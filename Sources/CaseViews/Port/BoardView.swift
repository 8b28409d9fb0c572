import Deadlines
package import RuleBook
package import WorkingCalendar

/// The boards a dispatcher comes back to (`reference/deadlines.md` §6.2); what publicity ends today waits for the
/// events of publicity.
package enum BoardView: String, CaseIterable, Codable, Sendable {
    case today, tomorrow, thisWeek, overdueOver5, pausedOver10, notAccepted, minutesMissing

    package var label: Label {
        switch self {
        case .today: Label("今天到期", "Due today")
        case .tomorrow: Label("明天到期", "Due tomorrow")
        case .thisWeek: Label("本周到期", "Due this week")
        case .overdueOver5: Label("超期 5 个工作日以上", "Late by 5 working days")
        case .pausedOver10: Label("暂停超过 10 个工作日", "Paused over 10 working days")
        case .notAccepted: Label("转办未受理", "Referrals not accepted")
        case .minutesMissing: Label("会议纪要未出", "Minutes missing")
        }
    }

    /// Narrows a board to the view; what the filter already asks for stays.
    package func narrow(_ filter: inout BoardFilter, on today: CivilDay) {
        func due(_ from: CivilDay, _ through: CivilDay) {
            filter.dueFrom = filter.dueFrom ?? from
            filter.dueThrough = filter.dueThrough ?? through
        }
        switch self {
        case .today: due(today, today)
        case .tomorrow: due(today.next, today.next)
        case .thisWeek: due(today, today.advanced(by: 7 - today.weekday))
        case .overdueOver5: filter.levelFrom = filter.levelFrom ?? .overdue5
        case .pausedOver10: filter.pausedOver = filter.pausedOver ?? 10
        case .notAccepted: filter.rule = filter.rule ?? DeadlineRuleID("referral.remit")
        case .minutesMissing: filter.rule = filter.rule ?? DeadlineRuleID("meeting.minutes")
        }
    }
}
