import EventSourcing
import RuleBook
import WorkingCalendar

extension CaseFile {
    /// Asks for a meeting; a department asks only where it has a referral, and learns no more than that.
    func requestMeeting(_ body: RequestJointMeeting, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        if let department = context.actor.department {
            guard referrals.values.contains(where: { $0.dispatched != nil && $0.departments.contains(department) })
            else { throw JointMeetingRefusal.notItsCase.told }
        }
        let kind = body.kind ?? .jointMeeting
        switch kind {
        case .jointMeeting: break
        case .reviewPanel, .onSitePanel: throw JointMeetingRefusal.panelsLater.told
        }
        for item in body.items ?? [] where items[item] == nil { throw CaseFileRefusal.noSuchItem.told }
        if let referral = body.disputes, referrals[referral] == nil { throw CaseFileRefusal.noSuchReferral.told }
        // Asked again before it is held, it is the same one, unless it is about more, or cannot wait as long.
        let wanted = body.items ?? itemOrder.filter { awaitsMeeting($0) }
        let isAsked = meetings.values.contains { meeting in
            guard meeting.isPending, let before = meeting.requested, before.kind == kind else { return false }
            guard body.disputes == nil || before.disputes == body.disputes else { return false }
            guard before.isUrgent || body.isUrgent != true else { return false }
            // One that names no items is about whatever triage has sent to a meeting by then.
            let covered = (before.items ?? itemOrder.filter { awaitsMeeting($0) }) + meeting.agenda.map(\.item)
            return wanted.allSatisfy(covered.contains)
        }
        if isAsked { return [] }
        let request = JointMeetingEvent.Requested(
            meeting: MeetingID(context.identifier(0)), caseFile: opened.caseFile, kind: kind,
            isUrgent: body.isUrgent ?? false, department: context.actor.department, items: body.items,
            disputes: body.disputes)
        return try telling { () throws(JointMeetingRefusal) in
            try JointMeeting().decide(.request(request, sealed: context.sealed))
        }.map { $0.lifted(CaseworkEvent.meeting, tags: [.person(opened.subject)]) }
    }

    func convene(_ meeting: JointMeeting, _ body: ConveneJointMeeting, _ context: CommandContext)
        throws(CommandRefusal) -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        let agenda = try agenda(body.items, of: meeting)
        let members = try context.rules.bodies(body.members)
        return try telling { () throws(JointMeetingRefusal) in
            try meeting.decide(
                .convene(number: context.proposedMeetingNumber, meetsAt: body.meetsAt, items: agenda, members: members))
        }.map { lifted($0, opened) }
    }

    /// Places the case's request on the agenda of another meeting.
    func place(_ request: JointMeeting, on meeting: JointMeeting, _ named: [ItemID]?, _ context: CommandContext)
        throws(CommandRefusal) -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        guard let requested = request.requested else { throw JointMeetingRefusal.onlyRequestsAreRefused.told }
        guard request.id != meeting.id else { throw JointMeetingRefusal.sameMeeting.told }
        if let target = meeting.id, request.stage == .placed(on: target) { return [] }
        switch request.stage {
        case .awaiting: break
        case .convened: throw JointMeetingRefusal.alreadyConvened.told
        case .none, .held, .closed, .refused, .cancelled, .placed:
            _ = try telling { () throws(JointMeetingRefusal) in try request.open() }
        }
        guard request.placedRequests.isEmpty else { throw JointMeetingRefusal.othersPlacedHere.told }
        let agenda = try agenda(named, of: request)
        return try telling { () throws(JointMeetingRefusal) in
            try meeting.decide(.place(requested, items: agenda))
        }.map { lifted($0, opened) }
    }

    /// Records a resolution; what each action is, who leads and who helps, comes from the catalogue.
    func adopt(_ meeting: JointMeeting, _ body: AdoptResolution, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        guard let id = meeting.id else { throw JointMeetingRefusal.unknown.told }
        guard meeting.cases.contains(opened.caseFile) else { throw JointMeetingRefusal.notOnAgenda.told }
        if let referral = body.designates, referrals[referral] == nil { throw CaseFileRefusal.noSuchReferral.told }
        var actions: [ResolutionAction] = []
        // What was resolved is explained by the catalogue of the meeting's day, however late it is written down.
        let day = min(meeting.meetsAt.map { CivilDay(containing: $0.milliseconds) } ?? context.day, context.day)
        for proposed in body.actions ?? [] { actions.append(try action(proposed, context.rules, on: day)) }
        for assignment in body.assignments ?? [] {
            _ = try context.rules.bodies([assignment.department] + (assignment.coHandlers ?? []))
        }
        let resolution = JointMeetingEvent.ResolutionAdopted(
            meeting: id, caseFile: opened.caseFile, resolution: ResolutionID(context.identifier(0)),
            condition: body.condition, actions: actions, designates: body.designates, ruling: body.ruling,
            assignments: body.assignments)
        return try telling { () throws(JointMeetingRefusal) in
            try meeting.decide(.adopt(resolution, judicial: context.rules.judicialBodies, sealed: context.sealed))
        }.map { lifted($0, opened) }
    }

    /// The items a request is about: as named, as asked for, else what triage sent to a meeting.
    private func agenda(_ named: [ItemID]?, of meeting: JointMeeting) throws(CommandRefusal) -> [ItemID] {
        let agenda = named ?? meeting.requested?.items ?? itemOrder.filter { awaitsMeeting($0) }
        guard agenda.allSatisfy({ items[$0] != nil }) else { throw CaseFileRefusal.noSuchItem.told }
        return agenda
    }

    /// The person's tag goes on what is about this case, and on nothing that is about others only.
    private func lifted(_ decided: Decided<JointMeetingEvent>, _ opened: CaseFileEvent.Opened)
        -> Decided<CaseworkEvent>
    {
        let isOurs = decided.tags.contains(.caseFile(opened.caseFile))
        return decided.lifted(CaseworkEvent.meeting, tags: isOurs ? [.person(opened.subject)] : [])
    }

    private func action(_ proposed: ProposedAction, _ rules: RuleBook, on day: CivilDay) throws(CommandRefusal)
        -> ResolutionAction
    {
        let named = (proposed.lead.map { [$0] } ?? []) + (proposed.coHandlers ?? [])
        guard rules.judicialBodies.isDisjoint(with: named) else { throw JointMeetingRefusal.judicialBearsNothing.told }
        guard let task = rules.task(proposed.task, on: day), let lead = task.lead else {
            throw JointMeetingRefusal.unknownTask.told
        }
        let coHandlers = proposed.coHandlers ?? task.coHandlers
        guard proposed.lead == nil || proposed.lead == lead, coHandlers.allSatisfy(task.coHandlers.contains) else {
            throw JointMeetingRefusal.leadDiffers.told
        }
        return ResolutionAction(
            task: task.code, kind: ReferralKind(task.kind), items: proposed.items ?? [], lead: lead,
            coHandlers: coHandlers, limit: proposed.limit, taskVersion: task.version)
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
    /// Registered departments by code, each once.
    func bodies(_ codes: [DepartmentCode]) throws(CommandRefusal) -> [Department] {
        var bodies: [Department] = []
        for code in codes {
            guard let department = department(code) else { throw JointMeetingRefusal.unknownDepartment.told }
            if !bodies.contains(where: { $0.code == code }) { bodies.append(department) }
        }
        return bodies
    }

    /// The bodies that attend and get nothing.
    var judicialBodies: Set<DepartmentCode> {
        Set(departments.filter { !$0.kind.mayBearAction }.map(\.code))
    }
}
