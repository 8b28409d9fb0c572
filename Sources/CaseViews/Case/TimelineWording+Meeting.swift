import Casework
import EventSourcing
import RuleBook

extension TimelineWording {
    static func words(_ fact: JointMeetingEvent, _ row: CaseRow, _ names: RuleNames) -> Label {
        switch fact {
        case .requested(let fact):
            fact.isUrgent
                ? Label("提请召开联席会议（紧急）", "joint meeting requested, urgent")
                : Label("提请召开联席会议", "joint meeting requested")
        case .refused(let fact):
            Label("不召开联席会议（\(fact.reason.rawValue)）", "joint meeting refused: \(fact.reason.rawValue)")
        case .requestPlaced: Label("列入另一次联席会议", "request placed on the agenda of another meeting")
        case .regularScheduled(let fact): Label("排定例会 \(fact.meetsOn)", "regular meeting scheduled for \(fact.meetsOn)")
        case .seriesEnded: Label("例会不再续开", "the series of meetings ends")
        case .convened(let fact): Label("召集联席会议 \(fact.number)", "joint meeting \(fact.number) convened")
        case .postponed(let fact):
            Label("联席会议改期（\(fact.reason.rawValue)）", "joint meeting postponed: \(fact.reason.rawValue)")
        case .cancelled(let fact):
            Label("取消联席会议（\(fact.reason.rawValue)）", "joint meeting cancelled: \(fact.reason.rawValue)")
        case .agendaItemAdded(let fact): item("列入议题：", fact.item, "", "on the agenda: ", "", row, names)
        case .agendaItemWithdrawn(let fact):
            item(
                "撤下议题：", fact.item, "（\(fact.reason.rawValue)）", "off the agenda: ", ", \(fact.reason.rawValue)", row,
                names)
        case .papersAdded(let fact):
            item("提交会议材料：", fact.item, "", "papers laid before the meeting: ", "", row, names)
        case .memberInvited(let fact): body("邀请", fact.department, "参会", "invited", names)
        case .memberAttended(let fact): body("", fact.department, "到会", "attended", names)
        case .opinionRecorded(let fact): body("记录", fact.department, "意见", "gave its opinion", names)
        case .resolutionAdopted(let fact): words(fact)
        case .dissentRecorded(let fact): body("", fact.department, "保留不同意见", "dissented", names)
        case .held: Label("联席会议召开", "joint meeting held")
        case .minutesSigned: Label("签署会议纪要", "minutes signed")
        case .minutesCirculated(let fact): body("向", fact.department, "发送纪要摘录", "was sent its extract", names)
        case .minutesConfirmed(let fact):
            fact.isSilent
                ? body("", fact.department, "逾期未回复纪要", "was silent on the minutes", names)
                : body("", fact.department, "确认纪要", "confirmed the minutes", names)
        case .conditionMet: Label("决议条件成就", "the resolution's condition is met")
        case .actionAssigned(let fact):
            body("会议交办", fact.department, "（\(fact.kind.rawValue)）", "was given \(fact.kind.rawValue) to do", names)
        case .actionDone(let fact): body("", fact.department, "完成会议交办", "did what the meeting gave it", names)
        case .closed: Label("联席会议事项办结", "joint meeting closed")
        }
    }

    private static func words(_ adopted: JointMeetingEvent.ResolutionAdopted) -> Label {
        let count = adopted.actions.count + (adopted.assignments ?? []).count
        return adopted.condition == nil
            ? Label("通过决议（\(count) 项任务）", "resolution adopted: \(count) actions")
            : Label("通过决议（\(count) 项任务，附条件）", "resolution adopted: \(count) actions, conditional")
    }

    private static func body(
        _ before: String, _ department: DepartmentCode, _ after: String, _ english: String, _ names: RuleNames
    ) -> Label {
        Label(before + names.chinese(department) + after, "\(names.english(department)) \(english)")
    }
}
