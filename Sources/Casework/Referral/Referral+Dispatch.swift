import EventSourcing

extension Referral {
    /// Prepares a referral; the case has checked task, items, people and grants.
    func draft(_ drafted: ReferralEvent.Drafted) throws(ReferralRefusal) -> [Decided<ReferralEvent>] {
        guard let order else {
            return [Decided(.drafted(drafted), tags: tags(drafted).union(peopleTags(drafted)))]
        }
        guard order == drafted, stage == .drafted else { throw .notDrafted }
        return []
    }

    /// T02: throws a draft away.
    func void(_ reason: VoidReason) throws(ReferralRefusal) -> [Decided<ReferralEvent>] {
        let order = try known()
        switch stage {
        case .drafted:
            return [
                Decided(
                    .voided(.init(referral: order.referral, caseFile: order.caseFile, reason: reason)),
                    tags: tags(order))
            ]
        case .voided: return []
        case .none, .dispatched, .received, .accepted, .inProgress, .onHold, .returnRequested,
            .terminationRequested, .cancellationRequested, .completed, .failed, .closed, .returned, .redirected,
            .declined, .lapsed, .cancelled:
            throw .notDrafted
        }
    }

    /// T01: sends the draft to the lead and invites its co-handlers, with what each may learn once it receives.
    func dispatch(
        _ dispatched: ReferralEvent.Dispatched, _ grants: [DepartmentCode: [DisclosedGroup]]
    ) throws(ReferralRefusal) -> [Decided<ReferralEvent>] {
        let order = try known()
        switch stage {
        case .drafted: break
        case .dispatched where self.dispatched == dispatched: return []
        case .none, .voided, .dispatched, .received, .accepted, .inProgress, .onHold, .returnRequested,
            .terminationRequested, .cancellationRequested, .completed, .failed, .closed, .returned, .redirected,
            .declined, .lapsed, .cancelled:
            throw .notDrafted
        }
        let people = peopleTags(order)
        var decided = [
            Decided<ReferralEvent>(
                .dispatched(dispatched),
                tags: tags(order, order.lead).union(people).union([.town(order.town)])
                    .union(order.resolution.map { [.resolution($0)] } ?? []),
                disclosure: shown(.reference, to: order.lead))
        ]
        for department in order.coHandlers {
            let invited = ReferralEvent.CoHandlerInvited(
                referral: order.referral, caseFile: order.caseFile, number: order.number, department: department,
                task: order.task, lead: order.lead, town: order.town, limit: order.limit)
            decided.append(
                Decided(
                    .coHandlerInvited(invited), tags: tags(order, department).union(people),
                    disclosure: shown(.reference, to: department)))
        }
        for department in departments {
            let granted = ReferralEvent.DisclosureGranted(
                referral: order.referral, caseFile: order.caseFile, department: department,
                groups: grants[department] ?? [], basis: order.basis, purpose: order.purpose)
            decided.append(
                Decided(.disclosureGranted(granted), tags: tags(order, department).union(people)))
        }
        return decided
    }

    /// T03: a department signs for its part and gets its slice; nobody gets a slice without signing.
    func receive(_ command: ReferralCommand, _ sealed: SealedIndex) throws(ReferralRefusal)
        -> [Decided<ReferralEvent>]
    {
        let order = try known()
        guard stage != .drafted, stage != .voided else { throw .notDispatched }
        guard let department = command.department, departments.contains(department) else { throw .addressedElsewhere }
        guard !isOffer else { throw .offerIsAnswered }
        if department == order.lead {
            switch stage {
            case .dispatched: break
            case .received, .accepted, .inProgress, .onHold, .terminationRequested, .cancellationRequested,
                .completed, .failed:
                return []
            case .none, .drafted, .voided, .returnRequested, .closed, .returned, .redirected, .declined, .lapsed,
                .cancelled:
                throw obstacle
            }
        } else {
            guard coHandling[department]?.isReceived == false else { return [] }
            guard !stage.isTerminal else { throw .hasEnded }
        }
        let received = ReferralEvent.Received(
            referral: order.referral, caseFile: order.caseFile, department: department)
        return [
            Decided(
                .received(received), tags: tags(order, department), disclosure: shown(.reference, to: department)),
            release(to: department, order, sealed),
        ]
    }

    /// The slice of one department: the newest recorded parts of its own grant.
    func release(to department: DepartmentCode, _ order: ReferralEvent.Drafted, _ sealed: SealedIndex)
        -> Decided<ReferralEvent>
    {
        release(sealed.parts(of: grants[department] ?? []), to: department, order)
    }

    /// Named parts of a department's grant.
    func release(_ parts: [ReleasedPart], to department: DepartmentCode, _ order: ReferralEvent.Drafted)
        -> Decided<ReferralEvent>
    {
        var disclosure = shown(.reference, to: department)
        disclosure.add(Set(parts.map { DisclosedGroup($0.group, of: $0.person) }), for: department)
        return Decided(
            .sliceReleased(
                .init(referral: order.referral, caseFile: order.caseFile, department: department, parts: parts)),
            tags: tags(order, department).union(parts.map { .person($0.person) }), disclosure: disclosure)
    }

    /// Who has its slice and works on, so that what is sealed later must reach it: not while the remit is disputed or the
    /// work is to stop.
    var departmentsAtWork: [DepartmentCode] {
        guard let order else { return [] }
        let isLeadAtWork: Bool
        switch stage {
        case .received, .accepted, .inProgress, .onHold: isLeadAtWork = true
        case .dispatched: isLeadAtWork = false
        case .none, .drafted, .voided, .returnRequested, .terminationRequested, .cancellationRequested, .completed,
            .failed, .closed, .returned, .redirected, .declined, .lapsed, .cancelled:
            return []
        }
        let helpers = order.coHandlers.filter { department in
            coHandling[department].map { $0.isReceived && $0.result == nil } ?? false
        }
        return (isLeadAtWork ? [order.lead] : []) + helpers
    }
}
