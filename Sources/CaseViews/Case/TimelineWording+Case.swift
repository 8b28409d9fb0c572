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

    static func item(
        _ chinese: String, _ id: ItemID, _ chineseEnd: String, _ english: String, _ englishEnd: String, _ row: CaseRow,
        _ names: RuleNames
    ) -> Label {
        let name = row.items.first { $0.id == id }.map { names.label($0.policyItem) }
        return Label(
            chinese + (name?.chinese ?? "事项") + chineseEnd, english + (name?.english ?? "an item") + englishEnd)
    }
}
