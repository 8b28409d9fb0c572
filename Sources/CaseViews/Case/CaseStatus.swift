import Casework
import EventSourcing
package import RuleBook
package import WorkingCalendar

/// How far a case is, for whoever shows its receipt or their card at any station (`RULINGS.md` §2).
///
/// Words and one day: no number, name, item, department or result is in it, so that it may be told anywhere.
package struct CaseStatus: Codable, Hashable, Sendable {
    /// What happens next.
    package enum Step: String, CaseIterable, Codable, Hashable, Sendable {
        case bringPapers, triage, meet, dispatch, ruleOnReturn, handle, checkResult, decide, notify, tell, exit
        case verify, nothing
    }

    /// Where on the way from door to door that is.
    package enum Stage: String, CaseIterable, Codable, Hashable, Sendable {
        case intake, triage, meeting, handling, decision, answer, ended
    }

    /// Whose move it is; which department is not told.
    package enum Mover: String, CaseIterable, Codable, Hashable, Sendable {
        case centre, department, applicant, thirdParty, nobody
    }

    package let state: CaseRow.State
    package let stateWords: Label
    package let stage: Stage
    package let stageWords: Label
    package let nextStep: Step
    package let nextStepWords: Label
    package let whoseMove: Mover
    package let whoseMoveWords: Label
    /// The last day for it; nothing while it is paused, and where no limit runs.
    package let by: CivilDay?

    /// - Parameters:
    ///   - row: The case as the views know it.
    ///   - deadlines: Its deadlines, open ones among them.
    package init(of row: CaseRow, deadlines: [DeadlineRow]) {
        let (step, mover) = Self.next(row)
        state = row.state
        stateWords = row.state.label
        stage = step.stage
        stageWords = step.stage.label
        nextStep = step
        nextStepWords = step.label
        whoseMove = mover
        whoseMoveWords = mover.label
        by = Self.due(step, deadlines)
    }

    /// What was promised for the step, else for the whole case.
    private static func due(_ step: Step, _ deadlines: [DeadlineRow]) -> CivilDay? {
        let open = deadlines.filter { $0.isOpen && $0.bound == .ceiling }
        let own = open.filter { step.rules.contains($0.id.rule.description) }
        if !own.isEmpty { return own.compactMap(\.dueDay).min() }
        guard step != .nothing else { return nil }
        return open.first { $0.id.rule.description == "case.exit" }?.dueDay
    }

    private static func next(_ row: CaseRow) -> (Step, Mover) {
        switch row.state {
        case .exited: return row.outcome == nil ? (.verify, .centre) : (.nothing, .nobody)
        case .duplicate, .voided: return (.nothing, .nobody)
        case .exitProposed: return (.exit, .centre)
        case .open: break
        }
        let waiting = row.items.filter { $0.state == .added || $0.state == .triaged }
        if waiting.contains(where: { $0.door == .supplementAsked }) { return (.bringPapers, .applicant) }
        if waiting.contains(where: { $0.state == .added }) { return (.triage, .centre) }
        if row.meetings.contains(where: { $0.state == .requested || $0.state == .convened }) { return (.meet, .centre) }
        return onReferrals(row) ?? onItems(row, waiting)
    }

    private static func onReferrals(_ row: CaseRow) -> (Step, Mover)? {
        let open = row.referrals.filter { !$0.state.isTerminal }
        if open.contains(where: { $0.state == .returnRequested }) { return (.ruleOnReturn, .centre) }
        let holders = open.compactMap { DayHolder(of: $0)?.kind }
        if holders.contains(.department) { return (.handle, .department) }
        if holders.contains(.applicant) { return (.handle, .applicant) }
        if holders.contains(.thirdParty) { return (.handle, .thirdParty) }
        return open.isEmpty ? nil : (.checkResult, .centre)
    }

    private static func onItems(_ row: CaseRow, _ waiting: [CaseRow.Item]) -> (Step, Mover) {
        if let item = waiting.first {
            let isOut = row.referrals.contains { $0.items.contains(item.id) }
            switch item.path {
            case .refer where !isOut, .jointMeeting where !isOut: return (.dispatch, .centre)
            case .refer, .jointMeeting, .handleHere, .reviewPanel, .exceptional, .advanceRelief, .informOnly, nil:
                return (.decide, .department)
            }
        }
        if row.items.contains(where: { $0.state == .decided }) { return (.notify, .centre) }
        return row.applicantToldAt == nil ? (.tell, .centre) : (.exit, .centre)
    }
}

extension CaseStatus.Step {
    var stage: CaseStatus.Stage {
        switch self {
        case .bringPapers: .intake
        case .triage: .triage
        case .meet: .meeting
        case .dispatch, .ruleOnReturn, .handle, .checkResult: .handling
        case .decide, .notify: .decision
        case .tell, .exit: .answer
        case .verify, .nothing: .ended
        }
    }

    /// The deadline rules that bound it.
    fileprivate var rules: Set<String> {
        switch self {
        case .bringPapers: ["supplement.applicant"]
        case .triage: ["triage"]
        case .meet: ["meeting.convene"]
        case .dispatch: ["dispatch"]
        case .ruleOnReturn: ["return.ruling"]
        case .handle: ["referral.handle"]
        case .checkResult: ["completion.check"]
        case .notify: ["decision.notice"]
        case .verify: ["outcome.verify"]
        case .decide, .tell, .exit, .nothing: []
        }
    }

    /// What is said at the counter.
    package var label: Label {
        switch self {
        case .bringPapers: Label("请补齐材料", "bring the missing papers")
        case .triage: Label("中心研判", "the centre judges the case")
        case .meet: Label("召开联席会议", "a joint meeting is held")
        case .dispatch: Label("派单给部门", "it is sent to a department")
        case .ruleOnReturn: Label("裁定由谁办理", "it is ruled who handles it")
        case .handle: Label("部门办理", "a department handles it")
        case .checkResult: Label("核对办理结果", "the result is checked")
        case .decide: Label("作出决定", "it is decided")
        case .notify: Label("送达决定", "the decision is delivered")
        case .tell: Label("统一答复", "you get one answer")
        case .exit: Label("一口出", "the case ends")
        case .verify: Label("回访", "somebody asks whether it helped")
        case .nothing: Label("无", "nothing more")
        }
    }
}

extension CaseStatus.Stage {
    /// What is said at the counter.
    package var label: Label {
        switch self {
        case .intake: Label("受理", "intake")
        case .triage: Label("研判", "triage")
        case .meeting: Label("联席会议", "joint meeting")
        case .handling: Label("办理", "handling")
        case .decision: Label("决定", "decision")
        case .answer: Label("答复", "answer")
        case .ended: Label("已结束", "ended")
        }
    }
}

extension CaseStatus.Mover {
    /// What is said at the counter.
    package var label: Label {
        switch self {
        case .centre: Label("中心", "the centre")
        case .department: Label("承办部门", "the department")
        case .applicant: Label("申请人", "the applicant")
        case .thirdParty: Label("第三方", "a third party")
        case .nobody: Label("无", "nobody")
        }
    }
}
