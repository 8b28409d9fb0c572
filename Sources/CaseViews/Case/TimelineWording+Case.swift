import Casework
import EventSourcing
import RuleBook

extension TimelineWording {
    static func words(_ fact: CaseFileEvent, _ row: CaseRow, _ names: RuleNames) -> Label {
        switch fact {
        case .opened(let opened):
            Label("立案 \(opened.number)", "case \(opened.number) opened")
        case .applicationSubmitted(let submitted):
            Label("提交申请（\(submitted.channel.rawValue)）", "application submitted: \(submitted.channel.rawValue)")
        case .itemAdded(let added):
            item("申请事项：", added.item, "", "item asked for: ", "", row, names)
        case .authorizationGranted:
            Label("签署授权", "authorization granted")
        case .visitCompleted(let visit):
            Label("完成入户走访（\(visit.purpose.rawValue)）", "visit completed: \(visit.purpose.rawValue)")
        case .triaged(let triage):
            item(
                "研判：", triage.item, " → \(triage.path.rawValue)", "triage: ", " → \(triage.path.rawValue)", row, names)
        case .itemDecided(let decided):
            item(
                "作出决定：", decided.item, "（\(decided.result.rawValue)）", "decided: ", " – \(decided.result.rawValue)",
                row,
                names)
        case .decisionNotified(let notified):
            item("告知决定：", notified.item, "", "decision notified: ", "", row, names)
        case .applicantTold:
            Label("一次答复申请人", "applicant told, one reply")
        case .exitProposed(let proposed):
            Label("提出办结（\(proposed.result.rawValue)）", "exit proposed: \(proposed.result.rawValue)")
        case .exited(let exit):
            Label("一口出：结案（\(exit.result.rawValue)）", "case exited: \(exit.result.rawValue)")
        case .markedDuplicate:
            Label("认定为重复案件，并案", "marked as a duplicate of another case")
        case .secondCaseJustified(let justified):
            Label("说明另立案理由（\(justified.reason.rawValue)）", "second case justified: \(justified.reason.rawValue)")
        }
    }

    static func words(_ fact: JointMeetingEvent, _ row: CaseRow, _ names: RuleNames) -> Label {
        switch fact {
        case .requested(let requested):
            Label(
                requested.isUrgent ? "提请召开联席会议（紧急）" : "提请召开联席会议",
                requested.isUrgent ? "joint meeting requested, urgent" : "joint meeting requested")
        case .convened(let convened):
            Label("召集联席会议 \(convened.number)", "joint meeting \(convened.number) convened")
        case .agendaItemAdded(let added):
            item("列入议题：", added.item, "", "on the agenda: ", "", row, names)
        case .memberInvited(let member):
            Label("邀请\(names.chinese(member.department))参会", "\(names.english(member.department)) invited")
        case .memberAttended(let member):
            Label("\(names.chinese(member.department))到会", "\(names.english(member.department)) attended")
        case .opinionRecorded(let opinion):
            Label(
                "记录\(names.chinese(opinion.department))意见", "opinion of \(names.english(opinion.department)) recorded")
        case .resolutionAdopted(let adopted):
            Label(
                "通过决议（\(adopted.actions.count) 项任务\(adopted.condition == nil ? "" : "，附条件")）",
                "resolution adopted: \(adopted.actions.count) actions\(adopted.condition == nil ? "" : ", conditional")"
            )
        case .held:
            Label("联席会议召开", "joint meeting held")
        case .minutesCirculated(let minutes):
            Label("向\(names.chinese(minutes.department))发送纪要摘录", "extract sent to \(names.english(minutes.department))")
        case .minutesConfirmed(let minutes):
            Label(
                minutes.isSilent
                    ? "\(names.chinese(minutes.department))逾期未回复纪要" : "\(names.chinese(minutes.department))确认纪要",
                minutes.isSilent
                    ? "\(names.english(minutes.department)) was silent on the minutes"
                    : "\(names.english(minutes.department)) confirmed the minutes")
        case .conditionMet:
            Label("决议条件成就", "the resolution's condition is met")
        }
    }

    private static func item(
        _ chinese: String, _ id: ItemID, _ chineseEnd: String, _ english: String, _ englishEnd: String, _ row: CaseRow,
        _ names: RuleNames
    ) -> Label {
        let name = row.items.first { $0.id == id }.map { names.label($0.policyItem) }
        return Label(
            chinese + (name?.chinese ?? "事项") + chineseEnd, english + (name?.english ?? "an item") + englishEnd)
    }
}
