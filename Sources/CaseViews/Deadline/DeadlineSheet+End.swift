import Casework
import EventSourcing
import RuleBook

extension DeadlineSheet {
    /// Ends what the event stops or cancels.
    mutating func end(by event: ReadEvent, rules: RuleBook, facts: DeadlineFacts) -> [DeadlineRow] {
        var ended: [DeadlineRow] = []
        for row in open {
            guard let rule = rules.deadlineRule(row.id.rule, version: row.ruleVersion) else { continue }
            if stops(row, rule, event, facts) {
                close(row.id, .stopped(event.reference), rules: rules).map { ended.append($0) }
            } else if cancels(row, rule, event, facts) {
                close(row.id, .cancelled(event.reference), rules: rules).map { ended.append($0) }
            }
        }
        return ended
    }

    private func stops(_ row: DeadlineRow, _ rule: DeadlineRule, _ event: ReadEvent, _ facts: DeadlineFacts) -> Bool {
        let scope = row.id.scope
        switch SpecialRule(rule.id) {
        case .dispatch:
            guard case .referral(.dispatched(let dispatched)) = event.event else { return false }
            if let resolution = facts.resolution(scope) {
                return dispatched.resolution == resolution.id && facts.isFullyDispatched(resolution)
            }
            return dispatched.items.contains { EventTag.item($0) == scope }
        case .returnRuling:
            // An approval is complete only with the successor on its way.
            if case .referral(.dispatched(let dispatched)) = event.event {
                return dispatched.predecessor.map(EventTag.referral) == scope
            }
            if case .referral(.returnApproved) = event.event { return false }
        case .meetingConvene:
            // Begun by triage it is about the case, and any meeting of the case ends it.
            guard case .meeting(.held(let held)) = event.event else { break }
            if scope.kind == .caseFile { return true }
            // A request placed on another agenda is met when that meeting is held.
            if facts.meeting(scope)?.placedOn == held.meeting { return true }
        case .meetingMinutes:
            guard case .meeting(.minutesCirculated) = event.event, let meeting = facts.meeting(scope) else {
                return false
            }
            return concerns(event, scope) && Set(meeting.invited).isSubset(of: meeting.circulated)
        case .secondCase:
            // Every other case has to be justified, or this one linked.
            guard case .caseFile(.secondCaseJustified) = event.event else { break }
            return facts.row?.unresolvedCases.isEmpty == true
        case .voluntaryHandle, .surveyStart, .opinionFirst, nil:
            break
        }
        return rule.stop.contains { $0.matches(type: event.recorded.type, data: event.data) }
            && concerns(event, scope) && isActOfOwner(event, row)
    }

    private func cancels(_ row: DeadlineRow, _ rule: DeadlineRule, _ event: ReadEvent, _ facts: DeadlineFacts) -> Bool {
        let scope = row.id.scope
        let triggers = rule.cancel ?? []
        if triggers.contains(where: { $0.matches(type: event.recorded.type, data: event.data) }),
            concerns(event, scope) || scope.kind == .caseFile
        {
            return true
        }
        if case .caseFile(let fact) = event.event {
            switch fact {
            case .exited:
                // Follow-ups and minutes outlive the case; everything else has nothing left to ask for.
                return scope.kind != .followup && scope.kind != .meeting
            case .markedDuplicate:
                return true
            case .opened, .applicationSubmitted, .itemAdded, .authorizationGranted, .visitCompleted, .triaged,
                .itemDecided, .decisionNotified, .applicantTold, .exitProposed, .secondCaseJustified:
                break
            }
        }
        switch event.event {
        case .review(.voided): return true
        case .intake(.notAccepted(let refused)): return scope == .item(refused.item)
        case .intake(.itemWithdrawn(let withdrawn)): return scope == .item(withdrawn.item)
        case .request, .caseFile, .intake, .relief, .inquiry, .visit, .review, .meeting, .referral, .followUp,
            .deadline, .desk, nil:
            break
        }
        // A referral that has ended asks nothing more of its department; the ruling on its return still runs.
        guard let referral = facts.referral(scope), SpecialRule(rule.id) != .returnRuling else { return false }
        return referral.state.isTerminal
    }

    /// Whether the event is about this subject; within a case's sheet every event is about the case.
    private func concerns(_ event: ReadEvent, _ scope: EventTag) -> Bool {
        scope.kind == .caseFile || event.subjects(of: scope.kind ?? .caseFile).contains(scope)
    }

    /// Where a department has to act, only its own act counts: a co-handler's receipt is not the lead's.
    private func isActOfOwner(_ event: ReadEvent, _ row: DeadlineRow) -> Bool {
        guard let owner = row.owner, let acting = event.data["department"]?.text else { return true }
        return owner.description == acting
    }
}

/// Rules whose stop or start no trigger can say in full (`RULINGS.md` §1).
enum SpecialRule: String {
    case dispatch
    case returnRuling = "return.ruling"
    case meetingConvene = "meeting.convene"
    case meetingMinutes = "meeting.minutes"
    case secondCase = "case.second"
    case voluntaryHandle = "voluntary.handle"
    case surveyStart = "survey.start"
    case opinionFirst = "opinion.first"

    init?(_ id: DeadlineRuleID) {
        self.init(rawValue: id.description)
    }
}
