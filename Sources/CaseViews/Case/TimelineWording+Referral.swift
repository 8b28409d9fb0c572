import Casework
import EventSourcing
import RuleBook

extension TimelineWording {
    static func words(_ fact: ReferralEvent, _ names: RuleNames) -> Label {
        switch fact {
        case .drafted(let drafted):
            Label("拟派 \(drafted.number)", "referral \(drafted.number) drafted")
        case .voided:
            Label("作废拟派单", "draft voided")
        case .dispatched(let sent):
            dispatched(sent, names)
        case .delivered(let delivered):
            by(delivered.department, "系统已收到", "arrived in its system", names)
        case .coHandlerInvited(let invited):
            by(invited.department, "协办", "asked to co-handle", names)
        case .disclosureGranted(let granted):
            by(granted.department, "获准知悉 \(granted.groups.count) 组信息", "granted \(granted.groups.count) groups", names)
        case .disclosureEnded(let ended):
            by(
                ended.department, ended.readableThrough.map { "可查阅至 \($0)" } ?? "不再可查阅",
                ended.readableThrough.map { "may read through \($0)" } ?? "may no longer read", names)
        case .received(let received):
            by(received.department, "签收", "received it", names)
        case .sliceReleased(let released):
            by(released.department, "取得 \(released.parts.count) 项信息", "got \(released.parts.count) parts", names)
        case .accepted(let accepted):
            by(
                accepted.department, "受理，承办岗位 \(accepted.handlingPost)", "accepted, post \(accepted.handlingPost)",
                names)
        case .declined(let declined):
            by(declined.department, "谢绝（\(declined.reason.rawValue)）", "declined: \(declined.reason.rawValue)", names)
        case .returnRequested(let asked):
            by(
                asked.department, "\(asked.newFact == nil ? "" : "受理后")申请退回（\(asked.reason.rawValue)）",
                "asked to return it\(asked.newFact == nil ? "" : " after accepting"): \(asked.reason.rawValue)", names)
        case .returnApproved(let ruling):
            by(ruling.department, "退回获准", "return approved", names)
        case .returnRefused(let ruling):
            by(ruling.department, "退回未获准，继续办理", "return refused, goes on", names)
        case .designated(let designated):
            by(designated.department, "被指定承办", "designated", names)
        case .handlingStarted, .progressReported, .coResultSubmitted, .completed, .failed, .completionAccepted:
            work(fact, names)
        case .handlerAssigned, .promiseMade, .promiseKept, .promiseBroken, .held, .resumed, .redirectRequested,
            .redirected, .superseded, .offerLapsed, .terminationRequested, .terminationApproved, .terminationRefused,
            .cancellationRequested, .cancellationConfirmed, .cancellationOvertaken, .cancellationWithdrawn,
            .returnedForRework, .reopened:
            turn(fact, names)
        }
    }

    private static func work(_ fact: ReferralEvent, _ names: RuleNames) -> Label {
        switch fact {
        case .handlingStarted(let started):
            by(started.department, "开始办理", "began handling", names)
        case .progressReported(let progress):
            by(
                progress.department, "报告进展（\(progress.stage.rawValue)）",
                "reported progress: \(progress.stage.rawValue)",
                names)
        case .coResultSubmitted(let result):
            by(
                result.department, "提交协办结果（\(result.outcome.rawValue)）",
                "submitted its co-handler result: \(result.outcome.rawValue)", names)
        case .completed(let completed):
            by(
                completed.department, "办结（\(completed.outcome.rawValue)）", "completed: \(completed.outcome.rawValue)",
                names)
        case .failed(let failed):
            by(
                failed.department, "未能办理（\(failed.code.rawValue)）", "could not handle it: \(failed.code.rawValue)",
                names)
        case .completionAccepted(let accepted):
            Label(
                "中心认可\(names.chinese(accepted.lead))的结果",
                "the centre accepted the result of \(names.english(accepted.lead))")
        case .drafted, .voided, .dispatched, .delivered, .coHandlerInvited, .disclosureGranted, .disclosureEnded,
            .received,
            .sliceReleased,
            .accepted, .declined, .returnRequested, .returnApproved, .returnRefused, .designated, .handlerAssigned,
            .promiseMade, .promiseKept, .promiseBroken, .held, .resumed, .redirectRequested, .redirected, .superseded,
            .offerLapsed, .terminationRequested, .terminationApproved, .terminationRefused, .cancellationRequested,
            .cancellationConfirmed, .cancellationOvertaken, .cancellationWithdrawn, .returnedForRework, .reopened:
            Label("转办事项变更", "referral changed")
        }
    }

    private static func dispatched(_ sent: ReferralEvent.Dispatched, _ names: RuleNames) -> Label {
        let asked = names.label(sent.task)
        return sent.kind == .offer
            ? Label(
                "向\(names.chinese(sent.lead))发出邀约 \(sent.number)：\(asked.chinese)",
                "offer \(sent.number) sent to \(names.english(sent.lead)): \(asked.english)")
            : Label(
                "转办 \(sent.number) 至\(names.chinese(sent.lead))：\(asked.chinese)，\(sent.limit)",
                "referral \(sent.number) dispatched to \(names.english(sent.lead)): \(asked.english)")
    }

    static func by(_ department: DepartmentCode, _ chinese: String, _ english: String, _ names: RuleNames)
        -> Label
    {
        Label(names.chinese(department) + chinese, "\(names.english(department)): \(english)")
    }
}
