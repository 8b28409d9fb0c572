import Casework
import EventSourcing
import RuleBook

extension TimelineWording {
    /// What turned a referral aside, back, or over to somebody else.
    static func turn(_ fact: ReferralEvent, _ names: RuleNames) -> Label {
        switch fact {
        case .handlerAssigned(let assigned):
            by(assigned.department, "改由 \(assigned.handlingPost) 承办", "went on to post \(assigned.handlingPost)", names)
        case .promiseMade(let made):
            by(
                made.department, "承诺 \(made.nextPromise) 前办理（\(made.what.rawValue)）",
                "promised \(made.what.rawValue) by \(made.nextPromise)", names)
        case .promiseKept(let kept):
            by(
                kept.department, "履行承诺（\(kept.what.rawValue)，\(kept.promised)）",
                "kept its promise: \(kept.what.rawValue) by \(kept.promised)", names)
        case .promiseBroken(let broken):
            by(
                broken.department, "未履行承诺（\(broken.what.rawValue)，\(broken.promised)）",
                "broke its promise: \(broken.what.rawValue) by \(broken.promised)", names)
        case .held(let held):
            by(
                held.department, "挂起（\(held.reason.rawValue)），\(held.reviewOn) 复查",
                "put it on hold: \(held.reason.rawValue), review on \(held.reviewOn)", names)
        case .resumed(let resumed):
            by(
                resumed.department, resumed.automatic ? "所待事项已到，恢复办理" : "恢复办理",
                resumed.automatic ? "goes on, what was awaited is there" : "goes on", names)
        case .redirectRequested(let request):
            by(
                request.department, "申请改派（\(request.reason.rawValue)）",
                "asked to redirect it: \(request.reason.rawValue)",
                names)
        case .redirected(let redirected):
            by(
                redirected.lead, "的转办单已改派（第 \(redirected.round) 轮）", "redirected, round \(redirected.round)", names)
        case .superseded(let superseded):
            Label(
                "机构改革：由\(names.chinese(superseded.successor))承接\(names.chinese(superseded.department))，时限连续计算",
                "\(names.english(superseded.successor)) takes the place of \(names.english(superseded.department)); "
                    + "limits go on")
        case .offerLapsed(let lapsed): by(lapsed.department, "逾期未答复，转回中心", "did not answer; back to the centre", names)
        case .terminationRequested(let request):
            by(
                request.department, "申请终止（\(request.code.rawValue)）",
                "asked to terminate it: \(request.code.rawValue)", names)
        case .terminationApproved(let approval):
            by(approval.department, "终止获准，已告知当事人", "termination approved, the person was told", names)
        case .terminationRefused(let refusal):
            by(refusal.department, "终止未获准，继续办理", "termination refused, goes on", names)
        case .cancellationRequested, .cancellationConfirmed, .cancellationOvertaken, .cancellationWithdrawn,
            .returnedForRework, .reopened:
            ended(fact, names)
        case .drafted, .voided, .dispatched, .delivered, .coHandlerInvited, .disclosureGranted, .disclosureEnded,
            .received,
            .sliceReleased,
            .accepted, .declined, .returnRequested, .returnApproved, .returnRefused, .designated, .handlingStarted,
            .progressReported, .coResultSubmitted, .completed, .failed, .completionAccepted:
            Label("转办事项变更", "referral changed")
        }
    }

    private static func ended(_ fact: ReferralEvent, _ names: RuleNames) -> Label {
        switch fact {
        case .cancellationRequested(let request):
            Label(
                "要求\(names.chinese(request.lead))撤销（\(request.reason.rawValue)）",
                "\(names.english(request.lead)) asked to stop: \(request.reason.rawValue)")
        case .cancellationConfirmed(let confirmed):
            Label(
                confirmed.automatic ? "逾期未答，自动确认撤销" : "确认撤销（\(confirmed.reason.rawValue)）",
                confirmed.automatic
                    ? "cancelled after two days of silence" : "cancelled: \(confirmed.reason.rawValue)")
        case .cancellationOvertaken(let overtaken):
            by(overtaken.lead, "在撤销前已办成", "had done it before the cancellation", names)
        case .cancellationWithdrawn: Label("收回撤销要求", "request to stop withdrawn")
        case .returnedForRework(let rework):
            by(
                rework.department, "的结果退回补办（\(rework.reason.rawValue)，第 \(rework.cycle) 轮，\(rework.limit)）",
                "to rework it: \(rework.reason.rawValue), cycle \(rework.cycle)", names)
        case .reopened(let reopening):
            by(
                reopening.department, "的转办单重启（\(reopening.reason.rawValue)，第 \(reopening.cycle) 轮）",
                "reopened: \(reopening.reason.rawValue), cycle \(reopening.cycle)", names)
        case .drafted, .voided, .dispatched, .delivered, .coHandlerInvited, .disclosureGranted, .disclosureEnded,
            .received,
            .sliceReleased,
            .accepted, .declined, .returnRequested, .returnApproved, .returnRefused, .designated, .handlingStarted,
            .progressReported, .coResultSubmitted, .completed, .failed, .completionAccepted, .handlerAssigned,
            .promiseMade, .promiseKept, .promiseBroken, .held, .resumed, .redirectRequested, .redirected, .superseded,
            .offerLapsed, .terminationRequested, .terminationApproved, .terminationRefused:
            Label("转办事项变更", "referral changed")
        }
    }
}
