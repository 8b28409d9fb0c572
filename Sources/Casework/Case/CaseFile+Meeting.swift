import EventSourcing
import RuleBook

extension CaseFile {
    func requestMeeting(_ body: RequestJointMeeting, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        let kind = body.kind ?? .jointMeeting
        // One meeting of a kind at a time: asked again before it is held, it is the same one.
        if meetings.values.contains(where: { $0.requested?.kind == kind && !$0.isHeld }) { return [] }
        let request = JointMeetingEvent.Requested(
            meeting: MeetingID(context.identifier(0)), caseFile: opened.caseFile, kind: kind,
            isUrgent: body.isUrgent ?? false)
        return try telling { () throws(JointMeetingRefusal) in
            try JointMeeting().decide(.request(request, sealed: context.sealed))
        }.map { $0.lifted(CaseworkEvent.meeting, tags: [.person(opened.subject)]) }
    }

    func convene(_ id: MeetingID, _ body: ConveneJointMeeting, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        guard let meeting = meetings[id] else { throw JointMeetingRefusal.unknown.told }
        let agenda = body.items ?? itemOrder.filter { awaitsMeeting($0) }
        guard agenda.allSatisfy({ items[$0] != nil }) else { throw CaseFileRefusal.noSuchItem.told }
        var members: [Department] = []
        for code in body.members {
            guard let department = context.rules.department(code) else {
                throw JointMeetingRefusal.unknownDepartment.told
            }
            if !members.contains(where: { $0.code == code }) { members.append(department) }
        }
        return try telling { () throws(JointMeetingRefusal) in
            try meeting.decide(
                .convene(number: context.proposedMeetingNumber, meetsAt: body.meetsAt, items: agenda, members: members))
        }.map { $0.lifted(CaseworkEvent.meeting, tags: [.person(opened.subject)]) }
    }

    /// Records a resolution; what each action is, who leads and who helps, comes from the catalogue.
    func adopt(_ id: MeetingID, _ body: AdoptResolution, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        guard let meeting = meetings[id] else { throw JointMeetingRefusal.unknown.told }
        if let referral = body.designates, referrals[referral] == nil { throw CaseFileRefusal.noSuchReferral.told }
        var actions: [ResolutionAction] = []
        for proposed in body.actions ?? [] { actions.append(try action(proposed, context.rules)) }
        let resolution = JointMeetingEvent.ResolutionAdopted(
            meeting: id, caseFile: opened.caseFile, resolution: ResolutionID(context.identifier(0)),
            condition: body.condition, actions: actions, designates: body.designates)
        return try telling { () throws(JointMeetingRefusal) in
            try meeting.decide(.adopt(resolution, judicial: context.rules.judicialBodies))
        }.map { $0.lifted(CaseworkEvent.meeting, tags: [.person(opened.subject)]) }
    }

    private func action(_ proposed: ProposedAction, _ rules: RuleBook) throws(CommandRefusal) -> ResolutionAction {
        let named = (proposed.lead.map { [$0] } ?? []) + (proposed.coHandlers ?? [])
        guard rules.judicialBodies.isDisjoint(with: named) else { throw JointMeetingRefusal.judicialBearsNothing.told }
        guard let task = rules.task(proposed.task), let lead = task.lead else {
            throw JointMeetingRefusal.unknownTask.told
        }
        let coHandlers = proposed.coHandlers ?? task.coHandlers
        guard proposed.lead == nil || proposed.lead == lead, coHandlers.allSatisfy(task.coHandlers.contains) else {
            throw JointMeetingRefusal.leadDiffers.told
        }
        return ResolutionAction(
            task: task.code, kind: ReferralKind(task.kind), items: proposed.items ?? [], lead: lead,
            coHandlers: coHandlers, limit: proposed.limit)
    }

    /// A condition is met by the result of a referral, where its words speak of one.
    func meetCondition(_ id: ResolutionID, _ body: MeetResolutionCondition, _ context: CommandContext)
        throws(CommandRefusal) -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        guard let (meetingID, resolution) = resolution(id), let meeting = meetings[meetingID] else {
            throw JointMeetingRefusal.noSuchResolution.told
        }
        if let condition = resolution.adopted.condition, !resolution.isConditionMet {
            try checkEvidence(body.evidence, for: condition)
        }
        return try telling { () throws(JointMeetingRefusal) in
            try meeting.decide(.meetCondition(id, evidence: body.evidence))
        }.map { $0.lifted(CaseworkEvent.meeting, tags: [.person(opened.subject)]) }
    }

    private func checkEvidence(_ evidence: ReferralID?, for condition: ResolutionCondition) throws(CommandRefusal) {
        if let evidence, referrals[evidence] == nil { throw CaseFileRefusal.noSuchReferral.told }
        let outcomes: Set<ReferralOutcome>
        switch condition {
        case .mediationFailed: outcomes = [.notReconciled]
        case .mediationSucceeded: outcomes = [.reconciled, .partlyReconciled]
        case .personFound: outcomes = [.contacted, .foundRefusesContact]
        case .personNotFound: outcomes = [.notFound]
        case .checkPassed, .documentsArrived, .consentGiven: return
        }
        guard let referral = evidence.flatMap({ referrals[$0] }) else { throw CaseFileRefusal.evidenceMissing.told }
        let failedToFind = condition == .personNotFound && referral.failure != nil
        guard failedToFind || referral.completion.map({ outcomes.contains($0.outcome) }) == true else {
            throw CaseFileRefusal.evidenceDiffers.told
        }
    }

    private func awaitsMeeting(_ item: ItemID) -> Bool {
        switch items[item]?.stage {
        case .triaged(.jointMeeting), .triaged(.reviewPanel), .triaged(.exceptional): true
        case .triaged(.handleHere), .triaged(.refer), .triaged(.advanceRelief), .triaged(.informOnly), .added,
            .decided, .notified, .notAccepted, .withdrawn, nil:
            false
        }
    }
}

extension ReferralKind {
    init(_ kind: DispatchTask.Kind) {
        switch kind {
        case .referral: self = .referral
        case .offer: self = .offer
        }
    }
}

extension RuleBook {
    /// The bodies that attend and get nothing.
    var judicialBodies: Set<DepartmentCode> {
        Set(departments.filter { !$0.kind.mayBearAction }.map(\.code))
    }
}
