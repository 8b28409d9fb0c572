import Casework
import RuleBook

extension TimelineWording {
    static func words(_ fact: IntakeEvent) -> Label {
        switch fact {
        case .accepted: Label("受理事项", "item accepted")
        case .provisionallyAccepted: Label("容缺受理", "provisionally accepted")
        case .notAccepted: Label("不予受理", "not accepted")
        case .supplementRequested: Label("一次性告知补正", "complete list of missing papers told")
        case .supplementReceived: Label("收到补正材料", "papers received")
        case .itemWithdrawn(let event):
            Label("撤回事项（\(event.reason.rawValue)）", "item withdrawn: \(event.reason.rawValue)")
        case .authorizationWithdrawn: Label("撤回授权", "authorization withdrawn")
        case .handedToHub(let event):
            Label("转交外地中心办理（\(event.hub)）", "handed to another hub: \(event.hub)")
        case .hubAnswered(let event):
            Label("外地中心答复（\(event.answer.rawValue)）", "the other hub answered: \(event.answer.rawValue)")
        case .hubAnswerSent(let event):
            Label("答复外地中心（\(event.answer.rawValue)）", "answer sent to the other hub: \(event.answer.rawValue)")
        case .fileSubmitted(let event):
            Label(
                "上报 \(event.department)（初审意见 \(event.opinion.rawValue)）",
                "file handed up to \(event.department): \(event.opinion.rawValue)")
        }
    }

    static func words(_ fact: ReliefEvent) -> Label {
        switch fact {
        case .emergencyReported(let event):
            Label("报告急难（\(event.kind.rawValue)）", "emergency reported: \(event.kind.rawValue)")
        case .emergencyContacted: Label("已联系当事人", "person contacted")
        case .emergencyConfirmed: Label("确认急难", "emergency confirmed")
        case .emergencyNotUrgent(let event):
            Label("认定非急难（\(event.reason.rawValue)）", "not urgent: \(event.reason.rawValue)")
        case .advanceGranted: Label("先行救助", "advance relief granted")
        case .aidDelivered: Label("救助送达", "aid delivered")
        case .advanceRegularized: Label("先行救助补办手续", "advance relief regularised")
        case .advanceRecovered(let event):
            Label("先行救助追回（\(event.reason.rawValue)）", "advance relief recovered: \(event.reason.rawValue)")
        }
    }

    static func words(_ fact: InquiryEvent) -> Label {
        switch fact {
        case .checkRequested: Label("发起家庭经济状况核对", "economic check requested")
        case .checkStarted: Label("核对开始", "economic check begun")
        case .checkReported: Label("核对结果已报告", "economic check reported")
        case .assessed(let event):
            Label("记录调查评估（\(event.kind.rawValue)）", "assessment recorded: \(event.kind.rawValue)")
        case .informationRequested(let event):
            Label(
                "商请 \(event.department) 提供信息（\(event.question.rawValue)）",
                "\(event.department) asked for information: \(event.question.rawValue)")
        case .informationAnswered(let event):
            Label(
                "\(event.department) 答复商请（\(event.answer.rawValue)）",
                "\(event.department) answered: \(event.answer.rawValue)")
        }
    }

    static func words(_ fact: VisitEvent) -> Label {
        switch fact {
        case .planned(let event):
            Label("安排走访（\(event.purpose.rawValue)）", "visit planned: \(event.purpose.rawValue)")
        case .attempted(let event):
            Label("走访未果（\(event.outcome.rawValue)）", "visit attempted: \(event.outcome.rawValue)")
        case .formRecorded: Label("记录走访表", "visit form recorded")
        }
    }

    static func words(_ fact: ReviewEvent) -> Label {
        switch fact {
        case .appealLodged(let event):
            Label("提出申诉（\(event.kind.rawValue)）", "appeal lodged: \(event.kind.rawValue)")
        case .appealResolved(let event):
            Label("申诉办结（\(event.result.rawValue)）", "appeal resolved: \(event.result.rawValue)")
        case .verified(let event):
            Label("回访核实结果（\(event.result.rawValue)）", "outcome verified: \(event.result.rawValue)")
        case .reopened(let event):
            Label("重新启动办理（\(event.reason.rawValue)）", "case reopened: \(event.reason.rawValue)")
        case .voided(let event):
            Label("案件作废（\(event.reason.rawValue)）", "case voided: \(event.reason.rawValue)")
        case .correctionRequested(let event):
            Label("申请更正（\(event.reason.rawValue)）", "correction requested: \(event.reason.rawValue)")
        case .correctionApproved: Label("同意更正", "correction approved")
        case .correctionRejected: Label("不予更正", "correction rejected")
        case .corrected(let corrected):
            Label(
                "记录更正：\(corrected.field)" + (corrected.value.map { " 应为 \($0)" } ?? ""),
                "record corrected: \(corrected.field)" + (corrected.value.map { " is \($0)" } ?? ""))
        }
    }
}
