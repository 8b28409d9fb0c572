import EventSourcing

extension Referral {
    /// T15: the lead at work asks that another department goes on; it works on until the centre has decided.
    func requestRedirect(_ command: ReferralCommand, _ reason: RedirectReason, _ proposed: DepartmentCode?)
        throws(ReferralRefusal) -> [Decided<ReferralEvent>]
    {
        let order = try ledOrder(by: command)
        let request = ReferralEvent.RedirectRequested(
            referral: order.referral, caseFile: order.caseFile, department: order.lead, reason: reason,
            proposed: proposed)
        guard !isOffer else { throw .offerCannotBeReturned }
        guard stage == .inProgress else { throw obstacle }
        if redirectRequest == request { return [] }
        guard !isDesignated else { throw .returnAfterDesignation }
        guard redirectRequest == nil else { throw .redirectAsked }
        return [
            Decided(
                .redirectRequested(request), tags: tags(order, order.lead),
                disclosure: shown(.reference, .narrative, to: order.lead), sealed: command.sealed)
        ]
    }

    /// T09 and T15: the centre takes it back and sends a successor; before acceptance by itself, later when asked.
    ///
    /// The third round, and whatever was designated, is the joint meeting's (I-6).
    func redirect(_ command: ReferralCommand) throws(ReferralRefusal) -> [Decided<ReferralEvent>] {
        guard case .redirect(let reason, let clause, let successor, let round, let isResolved) = command.act else {
            return []
        }
        let order = try known()
        if stage == .redirected { return [] }
        guard !isOffer else { throw .offerCannotBeReturned }
        switch stage {
        case .dispatched, .received: break
        case .inProgress: guard redirectRequest != nil else { throw .redirectNotAsked }
        case .accepted: throw .alreadyAccepted
        case .none, .drafted, .voided, .onHold, .returnRequested, .terminationRequested, .cancellationRequested,
            .completed, .failed, .closed, .returned, .redirected, .declined, .lapsed, .cancelled:
            throw obstacle
        }
        guard !isDesignated || isResolved else { throw .returnAfterDesignation }
        guard round <= 2 || isResolved else { throw .meetingMustRedirect }
        guard Wording.isSentence(clause) else { throw .clauseEmpty }
        let redirected = ReferralEvent.Redirected(
            referral: order.referral, caseFile: order.caseFile, lead: order.lead, reason: reason, clause: clause,
            successor: successor, round: round)
        return [ruling(.redirected(redirected), order, command)] + ends(.redirected)
    }

    /// After a reform another department stands in the place of the lead or of a co-handler; no limit begins anew.
    func supersede(_ command: ReferralCommand) throws(ReferralRefusal) -> [Decided<ReferralEvent>] {
        guard case .supersede(let named, let successor, let basis, let sealed, let withheld) = command.act else {
            return []
        }
        let order = try known()
        let old = named ?? superseded.first { $0.value == successor }?.key ?? order.lead
        if superseded[old] == successor { return [] }
        guard stage.isWithDepartment || stage == .completed || stage == .failed, let state = stage.state else {
            throw obstacle
        }
        guard departments.contains(old), !departments.contains(successor) else { throw .successorWrong }
        guard Wording.isSentence(basis) else { throw .clauseEmpty }
        let isLead = old == order.lead
        let event = ReferralEvent.Superseded(
            referral: order.referral, caseFile: order.caseFile, number: order.number, department: old,
            successor: successor, role: isLead ? .lead : .coHandler, task: order.task, town: order.town, state: state,
            basis: basis)
        var disclosure = shown(.reference, to: old)
        disclosure.add([DisclosedGroup(.reference)], for: successor)
        var after = self
        after.evolve(with: .superseded(event))
        let groups = (grants[old] ?? []).filter { !withheld.contains($0.group) }
        let granted = ReferralEvent.DisclosureGranted(
            referral: order.referral, caseFile: order.caseFile, department: successor, groups: groups,
            basis: order.basis, purpose: order.purpose)
        after.evolve(with: .disclosureGranted(granted))
        var decided: [Decided<ReferralEvent>] = [
            Decided(
                .superseded(event), tags: tags(order, old, successor), disclosure: disclosure, sealed: command.sealed),
            Decided(.disclosureGranted(granted), tags: tags(order, successor).union(peopleTags(order))),
        ]
        // What the predecessor had signed for, the successor need not sign for again.
        let hasSlice = isLead ? stage != .dispatched || accepted != nil : coHandling[old]?.isReceived == true
        if hasSlice { decided.append(after.release(to: successor, order, sealed)) }
        if let end = end(of: old, .superseded) { decided.append(end) }
        return decided
    }
}
