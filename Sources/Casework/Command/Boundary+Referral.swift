import Deadlines
import EventSourcing
import Registry
import RuleBook
import WorkingCalendar

extension Boundary {
    /// What the registry holds of the people in the acting department's grant; nothing when it has none.
    func registryOfGrant(_ context: CommandContext) -> EventQuery? {
        context.actor.department.flatMap { registryOfGrant(to: $0, context) }
    }

    /// What the registry holds of the people in a department's grant, the lead's when none is named.
    func registryOfGrant(to named: DepartmentCode?, _ context: CommandContext) -> EventQuery? {
        guard case .referral(let id) = context.subject, let caseID = context.caseID,
            let department = named ?? caseFile(caseID).referrals[id]?.order?.lead
        else { return nil }
        let grant = caseFile(caseID).referrals[id]?.grants[department] ?? []
        let people = Set(grant.compactMap(\.person)).sorted()
        let kinds = Set([RegistryEvent.Kind.personRegistered, .personDetailsRecorded].map(\.rawValue))
        let items = people.prefix(12).map { EventQuery.Item(types: kinds, tags: [.person($0)]) }
        return items.isEmpty ? nil : EventQuery(items)
    }

    /// What the registry holds of the people in all grants of one referral.
    func registryOfGrants(in id: ReferralID, _ context: CommandContext) -> EventQuery? {
        guard let caseID = context.caseID, let referral = caseFile(caseID).referrals[id] else { return nil }
        let people = Set(referral.grants.values.joined().compactMap(\.person)).sorted()
        let kinds = Set([RegistryEvent.Kind.personRegistered, .personDetailsRecorded].map(\.rawValue))
        let items = people.prefix(12).map { EventQuery.Item(types: kinds, tags: [.person($0)]) }
        return items.isEmpty ? nil : EventQuery(items)
    }

    /// What the referral's bodies may be given today of what was read (``CaseFile/releasable(_:by:on:)``).
    func releasable(_ context: CommandContext) throws(CommandRefusal) -> SealedIndex {
        let (_, referral) = try referral(context)
        guard let file = context.caseID.map(caseFile) else { return sealed }
        return file.releasable(sealed, by: referral, on: context.day)
    }

    /// The end of what a department may read of a closed referral, with the last of its follow-ups that grew out of it.
    func disclosureEnds(with context: CommandContext) -> [Decided<HubEvent>] {
        guard case .followUp(let id) = context.subject, let file = context.caseID.map(caseFile),
            let opened = file.followUps[id]?.opened, let referralID = opened.referral,
            let referral = file.referrals[referralID], referral.stage == .closed
        else { return [] }
        let others = file.followUps.contains { other in
            other.key != id && other.value.isOpen && other.value.opened?.referral == referralID
                && other.value.opened?.department == opened.department
        }
        let through = Referral.graceEnd(from: context.day)
        guard !others, let end = referral.end(of: opened.department, .followUpConcluded, through: through) else {
            return []
        }
        return [end.lifted { .casework(.referral($0)) }]
    }

    /// The lead of the referral the command is addressed to.
    func lead(_ context: CommandContext) -> DepartmentCode? {
        guard case .referral(let id) = context.subject, let caseID = context.caseID else { return nil }
        return caseFile(caseID).referrals[id]?.order?.lead
    }

    /// Whether the right to ask for a return had lapsed when it was asked.
    func isRemitLapsed(_ context: CommandContext) throws(CommandRefusal) -> Bool {
        let (id, _) = try referral(context)
        return try hasPassed("referral.remit", since: first(.referral(.dispatched), tagged: .referral(id)), context)
    }

    /// Whether the time to answer an offer has passed.
    func isAnswerOverdue(_ context: CommandContext) throws(CommandRefusal) -> Bool {
        let (id, _) = try referral(context)
        return try hasPassed("offer.answer", since: first(.referral(.dispatched), tagged: .referral(id)), context)
    }

    /// Whether the limit of a rule that an event started had passed when it was asked.
    private func hasPassed(_ rule: String, since start: Entry?, _ context: CommandContext) throws(CommandRefusal)
        -> Bool
    {
        guard let start, let name = DeadlineRuleID(rule),
            let rule = context.rules.deadlineRule(
                name, on: CivilDay(containing: start.recorded.occurredAt.milliseconds))
        else { return false }
        return try hasPassed(rule.terms, since: start, context)
    }

    private func hasPassed(_ terms: DeadlineTerms, since start: Entry, _ context: CommandContext)
        throws(CommandRefusal) -> Bool
    {
        do throws(CalendarError) {
            let due = try DeadlineEvaluation.evaluate(
                terms: terms, start: start.recorded.occurredAt, calendar: context.calendar)
            return due.dueAt.map { context.occurredAt >= $0 } ?? false
        } catch {
            throw .calendarLacksDays(error)
        }
    }

    /// Whether a department has said nothing for two working days to a request to stop (T24).
    func hasCancellationWaited(_ context: CommandContext) throws(CommandRefusal) -> Bool {
        let (id, _) = try referral(context)
        guard let asked = last(.referral(.cancellationRequested), tagged: .referral(id)) else { return false }
        return try hasPassed(Referral.cancellationSilence, since: asked, context)
    }

    /// Whether a closed referral may still be reopened without an appeal: 30 working days (T28).
    func isReopenable(_ context: CommandContext) throws(CommandRefusal) -> Bool {
        let (id, _) = try referral(context)
        guard let closed = last(.referral(.completionAccepted), tagged: .referral(id)) else { return false }
        return try !hasPassed(DeadlineTerms(limit: .workingDays(30)), since: closed, context)
    }

    /// Reopening must leave each item at most one lead (I-8), and the case open.
    func requireUndisturbedItems(_ context: CommandContext) throws(CommandRefusal) {
        let (id, referral) = try referral(context)
        guard let caseID = context.caseID else { return }
        let file = caseFile(caseID)
        _ = try file.requireOpen()
        for item in referral.order?.items ?? [] {
            guard let active = file.activeReferral(of: item), active != id else { continue }
            throw CaseFileRefusal.itemHasLead.told
        }
    }

    /// Whether a minor's item is concerned; work for no item counts as the whole case.
    func concernsMinor(_ context: CommandContext) throws(CommandRefusal) -> Bool {
        let (_, referral) = try referral(context)
        guard let file = context.caseID.map(caseFile) else { return false }
        let items = (referral.order?.items ?? []).compactMap { file.items[$0] }
        return items.isEmpty ? file.concernsMinor : items.contains(where: \.added.concernsMinor)
    }

    /// The civil day on which the referral was dispatched.
    func dispatchDay(_ context: CommandContext) -> CivilDay? {
        guard case .referral(let id) = context.subject else { return nil }
        return first(.referral(.dispatched), tagged: .referral(id)).map {
            CivilDay(containing: $0.recorded.occurredAt.milliseconds)
        }
    }

    /// Groups a successor must not inherit: where location is protected, contacts and traces never meet in one
    /// department, in one entry or several (`RULINGS.md` §2).
    func withheld(from successor: DepartmentCode, _ context: CommandContext) throws(CommandRefusal)
        -> Set<FieldGroup>
    {
        guard let file = context.caseID.map(caseFile) else { return [] }
        let kind = context.rules.department(successor)?.kind
        let holdsMore = file.referrals.values.contains { $0.dispatched != nil && $0.grants[successor] != nil }
        return (kind?.forbiddenGroups ?? []).union(
            file.isLocationProtected && holdsMore ? [.contact, .traceOutcome] : [])
    }

    /// The pause that a hold brings, where the limit runs and may be paused for that reason.
    func pausing(
        _ reason: DeadlineRule.PauseReason, until day: CivilDay, basis: String, _ context: CommandContext
    ) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let (id, referral) = try referral(context)
        guard let file = context.caseID.map(caseFile), !referral.isOffer,
            let rule = DeadlineRuleID("referral.handle"),
            context.rules.deadlineRule(rule, on: context.day)?.pausable.contains(reason) == true,
            file.pauses[.init(rule: rule, instance: .referral(id))] == nil
        else { return [] }
        var quiet = context
        quiet.sealed = []
        let pause = PauseDeadline(
            rule: rule, instance: .referral(id), reason: reason, expectedUntil: day, basis: basis)
        return try file.decide(CaseFileCommand(.pause(pause, .referral(id)), quiet))
            .map { $0.lifted(HubEvent.casework) }
    }

    /// The end of the pause that a hold had brought; anybody who goes on with the work ends it.
    func endingPause(_ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let (id, _) = try referral(context)
        guard let file = context.caseID.map(caseFile), let rule = DeadlineRuleID("referral.handle") else { return [] }
        return file.endingPause(.init(rule: rule, instance: .referral(id)), context)
            .map { $0.lifted(HubEvent.casework) }
    }

    /// Whether another return of this case came before this one; then a supervisor rules.
    func isSecondReturn(_ context: CommandContext) throws(CommandRefusal) -> Bool {
        let (id, _) = try referral(context)
        guard let caseID = context.caseID else { return false }
        return caseFile(caseID).referrals.contains { $0.key != id && $0.value.hasReturned }
    }

    /// The resolution a ruling rests on, which must be one about this referral and in force.
    ///
    /// - Parameter outcome: What the command is about to do; a meeting that ruled otherwise is not carried out.
    func ruling(_ resolution: ResolutionID?, _ context: CommandContext, as outcome: ReturnRuling)
        throws(CommandRefusal) -> ResolutionID?
    {
        guard let resolution else { return nil }
        let (id, _) = try referral(context)
        guard let (_, known) = context.caseID.flatMap({ caseFile($0).resolution(resolution) }) else {
            throw CaseFileRefusal.noSuchResolution.told
        }
        guard known.adopted.designates == id else { throw CaseFileRefusal.actionNotResolved.told }
        guard known.isInForce else { throw CaseFileRefusal.resolutionWaits.told }
        guard known.adopted.ruling == nil || known.adopted.ruling == outcome else {
            throw JointMeetingRefusal.rulingDiffers.told
        }
        return resolution
    }

    /// A designation rests on a meeting's resolution about this referral, or on a recorded instruction.
    func checked(_ designation: DesignatingAuthority?, _ context: CommandContext) throws(CommandRefusal)
        -> DesignatingAuthority?
    {
        if case .resolution(let resolution) = designation { _ = try ruling(resolution, context, as: .confirmed) }
        return designation
    }
}
