import CaseViews
import Deadlines
import EventSourcing
import RuleBook

/// One deadline as the API shows it: the row, and what it means at the time of asking.
struct BoardEntry: Codable {
    private let row: DeadlineRow
    private let state: DeadlineState
    private let workingDaysLeft: Int?
    private let workingDaysOverdue: Int?
    private let calendarVersion: String?

    init(_ row: DeadlineRow, at now: Instant, rules: RuleBook) {
        self.row = row
        state = row.state(at: now)
        let due = try? row.evaluate(by: rules)
        calendarVersion = due?.calendarVersion
        workingDaysLeft = row.isOpen ? due?.workingDaysLeft(at: now) : nil
        workingDaysOverdue = state == .overdue ? due?.overdueBy(at: now) : nil
    }

    init(from decoder: any Decoder) throws {
        row = try DeadlineRow(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        state = try container.decode(DeadlineState.self, forKey: .state)
        _ = try container.decode(Label.self, forKey: .stateLabel)
        workingDaysLeft = try container.decodeIfPresent(Int.self, forKey: .workingDaysLeft)
        workingDaysOverdue = try container.decodeIfPresent(Int.self, forKey: .workingDaysOverdue)
        calendarVersion = try container.decodeIfPresent(String.self, forKey: .calendarVersion)
    }

    private enum CodingKeys: CodingKey {
        case state, stateLabel, workingDaysLeft, workingDaysOverdue, calendarVersion
    }

    func encode(to encoder: any Encoder) throws {
        try row.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(state, forKey: .state)
        try container.encode(state.label, forKey: .stateLabel)
        try container.encodeIfPresent(calendarVersion, forKey: .calendarVersion)
        try container.encodeIfPresent(workingDaysLeft, forKey: .workingDaysLeft)
        try container.encodeIfPresent(workingDaysOverdue, forKey: .workingDaysOverdue)
    }
}
