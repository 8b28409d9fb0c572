import Casework
import EventSourcing
package import RuleBook

/// Puts events into words, from codes alone: what a timeline says never names a person.
package enum TimelineWording {
    /// What an event is mainly about: the narrowest entity it names.
    static func subject(of event: ReadEvent, in row: CaseRow) -> EventTag {
        for kind in [EventTag.Kind.referral, .followup, .resolution, .meeting, .item, .visit] {
            if let subject = event.subjects(of: kind).first { return subject }
        }
        return .caseFile(row.id)
    }

    /// One sentence for one event of a case.
    package static func summary(of event: ReadEvent, in row: CaseRow, rules: RuleBook) -> Label {
        let names = RuleNames(rules: rules)
        return switch event.event {
        case .request(let fact): words(fact)
        case .caseFile(let fact): words(fact, row, names)
        case .intake(let fact): words(fact)
        case .relief(let fact): words(fact)
        case .inquiry(let fact): words(fact)
        case .visit(let fact): words(fact)
        case .review(let fact): words(fact)
        case .meeting(let fact): words(fact, row, names)
        case .referral(let fact): words(fact, names)
        case .followUp(let fact): words(fact, names)
        case .deadline(let fact): words(fact, names)
        case .desk(let fact): words(fact)
        case nil: Label("记录事件 \(event.recorded.type)", "\(event.recorded.type) recorded")
        }
    }

    private static func words(_ fact: HelpRequestEvent) -> Label {
        switch fact {
        case .recorded(let request):
            Label("登记求助 \(request.number)", "help request \(request.number) recorded")
        case .closed(let closed):
            Label("求助办结（\(closed.outcome.rawValue)）", "help request closed: \(closed.outcome.rawValue)")
        }
    }

    private static func words(_ fact: FollowUpEvent, _ names: RuleNames) -> Label {
        switch fact {
        case .opened(let opened):
            Label(
                "转入后续跟进 \(opened.number)：\(names.chinese(opened.department))（\(opened.kind.rawValue)）",
                "follow-up \(opened.number) opened with \(names.english(opened.department)): \(opened.kind.rawValue)")
        case .progressRecorded(let progress):
            Label(
                "\(names.chinese(progress.department))记录后续进展（\(progress.stage.rawValue)）",
                "\(names.english(progress.department)) recorded progress: \(progress.stage.rawValue)")
        case .reviewed(let review):
            Label("后续跟进复核（\(review.finding.rawValue)）", "follow-up reviewed: \(review.finding.rawValue)")
        case .concluded(let concluded):
            Label("后续跟进结束（\(concluded.outcome.rawValue)）", "follow-up concluded: \(concluded.outcome.rawValue)")
        }
    }

    private static func words(_ fact: DeadlineEvent, _ names: RuleNames) -> Label {
        switch fact {
        case .paused(let pause):
            Label(
                "时限暂停：\(names.chinese(pause.rule))（\(pause.reason.rawValue)）",
                "deadline paused: \(names.english(pause.rule)) (\(pause.reason.rawValue))")
        case .resumed(let resumption):
            Label("时限恢复：\(names.chinese(resumption.rule))", "deadline resumed: \(names.english(resumption.rule))")
        case .extended(let extended):
            Label("时限延长：\(names.chinese(extended.rule))", "deadline extended: \(names.english(extended.rule))")
        case .reminded(let reminded):
            Label(
                "催办（第 \(reminded.serial) 次）：\(names.chinese(reminded.rule))",
                "reminder \(reminded.serial): \(names.english(reminded.rule))")
        case .noticesRead: Label("通知已读", "notices read")
        case .crossed(let crossed):
            Label(
                "\(crossed.level.label.chinese)\(crossed.supervision.map { "（督办第 \($0) 号）" } ?? "")："
                    + names.chinese(crossed.rule),
                "\(crossed.level.label.english)\(crossed.supervision.map { ", supervision no. \($0)" } ?? ""): "
                    + names.english(crossed.rule))
        }
    }
}

/// Names of codes as the rule book has them; a code it does not know is shown as it is.
struct RuleNames {
    let rules: RuleBook

    func chinese(_ department: DepartmentCode) -> String {
        rules.department(department)?.name.chinese ?? department.description
    }

    func english(_ department: DepartmentCode) -> String {
        rules.department(department)?.name.english ?? department.description
    }

    func chinese(_ departments: [DepartmentCode]) -> String {
        departments.map { chinese($0) }.joined(separator: "、")
    }

    func english(_ departments: [DepartmentCode]) -> String {
        departments.map { english($0) }.joined(separator: ", ")
    }

    func chinese(_ rule: DeadlineRuleID) -> String {
        rules.deadlineRule(rule)?.name.chinese ?? rule.description
    }

    func english(_ rule: DeadlineRuleID) -> String {
        rules.deadlineRule(rule)?.name.english ?? rule.description
    }

    func label(_ item: PolicyItemCode) -> Label {
        rules.policyItem(item)?.name ?? Label(item.description, item.description)
    }

    /// What a referral asks for.
    func label(_ task: TaskCode) -> Label {
        rules.task(task)?.name ?? Label(task.description, task.description)
    }
}
