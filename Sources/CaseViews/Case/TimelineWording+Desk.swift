import Casework
import RuleBook

extension TimelineWording {
    static func words(_ fact: DeskEvent) -> Label {
        switch fact {
        case .caseAssigned(let assigned):
            Label(
                "分派给 \(assigned.post)，承诺 \(assigned.promise.due) 前\(chinese(assigned.promise.matter))",
                "assigned to \(assigned.post), which promised to \(english(assigned.promise.matter)) "
                    + "by \(assigned.promise.due)")
        case .caseHandedOver(let handedOver):
            Label(
                "由 \(handedOver.from) 移交 \(handedOver.post)，承诺 \(handedOver.promise.due) 前"
                    + chinese(handedOver.promise.matter),
                "handed over from \(handedOver.from) to \(handedOver.post), which promised to "
                    + "\(english(handedOver.promise.matter)) by \(handedOver.promise.due)")
        case .promiseKept(let kept):
            Label(
                "兑现承诺：\(chinese(kept.kept.matter))" + (kept.next.map { "，下一承诺 \($0.due)" } ?? ""),
                "promise kept: \(english(kept.kept.matter))" + (kept.next.map { ", next by \($0.due)" } ?? ""))
        case .leaveRecorded(let leave):
            Label("\(leave.post) 请假，\(leave.deputy) 代理", "\(leave.post) is away, \(leave.deputy) stands in")
        case .recordsRead(let read):
            Label(
                "查看 \(read.people.count) 人信息（\(read.purpose.rawValue)）",
                "data of \(read.people.count) people opened: \(read.purpose.rawValue)")
        case .attachmentStored(let stored):
            Label("存入附件（\(stored.mediaType.rawValue)）", "attachment stored: \(stored.mediaType.rawValue)")
        case .deliveryRecorded(let delivery):
            Label(
                "送达结果：\(delivery.outcome.rawValue)（\(delivery.evidence.rawValue)）",
                "delivery: \(delivery.outcome.rawValue), shown by \(delivery.evidence.rawValue)")
        case .conflictDeclared: Label("申报利害关系", "conflict of interest declared")
        case .conflictLifted(let lifted):
            Label("解除利害关系（\(lifted.reason.rawValue)）", "conflict of interest lifted: \(lifted.reason.rawValue)")
        case .conflictDetected(let detected):
            Label("发现应回避而办理 \(detected.acts) 次", "\(detected.acts) acts of somebody in conflict found")
        case .emergencyAccessUsed(let used):
            Label(
                "紧急查阅 \(used.hours) 小时（\(used.reason.rawValue)）",
                "emergency access for \(used.hours) hours: \(used.reason.rawValue)")
        case .emergencyAccessReviewed(let review):
            Label("紧急查阅复核（\(review.finding.rawValue)）", "emergency access reviewed: \(review.finding.rawValue)")
        }
    }

    private static func chinese(_ matter: CasePromise.Matter) -> String {
        switch matter {
        case .callApplicant: "联系申请人"
        case .visit: "入户"
        case .fetchPapers: "补齐材料"
        case .decide: "作出决定"
        case .report: "反馈进展"
        case .answer: "答复"
        }
    }

    private static func english(_ matter: CasePromise.Matter) -> String {
        switch matter {
        case .callApplicant: "call the applicant"
        case .visit: "visit"
        case .fetchPapers: "fetch papers"
        case .decide: "decide"
        case .report: "report"
        case .answer: "answer"
        }
    }
}
