package import EventSourcing
import Registry
import RuleBook
package import WorkingCalendar

extension CaseFile {
    /// Ends an item by the wish of whom it is for; no parent's withdrawal ends a child's item (`RULINGS.md` §3).
    ///
    /// A child's is ended by a guardian alone who is no parent, is there and not in conflict; what merely concerns a
    /// minor (`PolicyItem.concernsMinor`) by nobody.
    func withdraw(
        _ body: WithdrawItem, _ addressed: ItemID?, _ voice: WithdrawItem.Voice, _ context: CommandContext
    ) throws(CommandRefusal) -> [Decided<CaseworkEvent>] {
        let opened = try requireOpen()
        guard let id = addressed ?? body.item, let item = items[id] else { throw CaseFileRefusal.noSuchItem.told }
        switch item.stage {
        case .added, .triaged: break
        case .withdrawn: return []
        case .decided, .notified, .notAccepted: throw IntakeRefusal.itemClosed.told
        }
        guard !item.added.concernsMinor || (voice.isForChild && voice.speaks) else {
            throw IntakeRefusal.minorsItemStays.told
        }
        let isRepresented = isAuthorized(.representation, by: item.added.person, on: context.day)
        guard voice.speaks || (body.by == application?.agent && isRepresented) else {
            throw IntakeRefusal.notTheirsToWithdraw.told
        }
        guard activeReferral(of: id) == nil else { throw CaseFileRefusal.itemWithDepartment.told }
        guard intake.withHub[id] == nil else { throw IntakeRefusal.withOtherHub.told }
        let withdrawn = IntakeEvent.ItemWithdrawn(
            caseFile: opened.caseFile, item: id, by: body.by, reason: body.reason)
        return [recorded(.intake(.itemWithdrawn(withdrawn)), items: [id], people: [body.by], opened, context)]
    }

    /// Records what a person allows; for a minor a guardian does who can and is in no conflict (`RULINGS.md` §3).
    ///
    /// A voluntary body that was offered the case learns more by it, from its acceptance on.
    func grant(
        _ body: GrantAuthorization, _ registered: GrantAuthorization.Registered, _ sealed: SealedIndex,
        _ context: CommandContext
    ) throws(CommandRefusal) -> [Decided<CaseworkEvent>] {
        let opened = try requireOpen()
        guard !body.scope.isEmpty else { throw CaseFileRefusal.scopeEmpty.told }
        if let until = body.validUntil, until < context.day { throw CaseFileRefusal.authorizationOver.told }
        let person = body.person ?? application?.applicant ?? opened.subject
        let signer = try signer(of: body, for: person, registered)
        let granted = CaseFileEvent.AuthorizationGranted(
            caseFile: opened.caseFile, person: person, scope: Set(body.scope).sorted { $0.rawValue < $1.rawValue },
            validUntil: body.validUntil, by: signer == person ? nil : signer, attachments: body.attachments ?? [])
        if authorizations.contains(granted) { return [] }
        let decided = Decided<CaseworkEvent>(
            .caseFile(.authorizationGranted(granted)), tags: tags(opened).union([.person(person), .person(signer)]))
        var after = self
        after.evolve(with: decided.event)
        return [decided] + after.widenedOffers(by: person, sealed, context)
    }

    /// Who allows it: the person or their agent; of a minor a guardian, the applicant where nobody is named.
    private func signer(
        of body: GrantAuthorization, for person: PersonReference, _ registered: GrantAuthorization.Registered
    ) throws(CommandRefusal) -> PersonReference {
        guard registered.isMinor else {
            let signer = body.by ?? person
            // Nobody makes themselves somebody's representative.
            let isAgent = signer == application?.agent && !body.scope.contains(.representation)
            guard signer == person || isAgent else { throw IntakeRefusal.notTheirsToAllow.told }
            return signer
        }
        guard let signer = body.by ?? application?.applicant,
            registered.guardians.contains(where: { $0.person == signer && $0.mayAct })
        else { throw IntakeRefusal.guardianMustAllow.told }
        return signer
    }

    /// What open offers are granted beyond what they had, now that a person agreed to give a contact.
    private func widenedOffers(by person: PersonReference, _ sealed: SealedIndex, _ context: CommandContext)
        -> [Decided<CaseworkEvent>]
    {
        guard contactConsents(on: context.day).contains(person) else { return [] }
        let contact = DisclosedGroup(.contact, of: person)
        return referralOrder.compactMap { referrals[$0] }.flatMap { referral -> [Decided<CaseworkEvent>] in
            guard let order = referral.order, referral.isOffer, referral.dispatched != nil, !referral.stage.isTerminal
            else { return [] }
            return referral.departments.flatMap { department -> [Decided<CaseworkEvent>] in
                // A body that may get nothing any more gets nothing by consent either.
                guard let groups = try? grant(to: department, order, context), groups.contains(contact) else {
                    return []
                }
                return referral.widened(by: [contact], for: department, sealed)
                    .map { $0.lifted(CaseworkEvent.referral) }
            }
        }
    }

    /// Who agreed that a voluntary body gets their contact, and still does.
    func contactConsents(on day: CivilDay) -> Set<PersonReference> {
        Set(authorizations.map(\.person).filter { isAuthorized(.disclosureToVoluntary, by: $0, on: day) })
    }

    /// The sealed parts a referral's bodies may be given on a day: a voluntary body no contact of anybody whose consent
    /// is not in force then, whatever it was granted when the offer went out.
    func releasable(_ sealed: SealedIndex, by referral: Referral, on day: CivilDay) -> SealedIndex {
        guard referral.isOffer else { return sealed }
        let consenting = contactConsents(on: day)
        return sealed.keeping { $0.group != .contact || $0.person.map(consenting.contains) == true }
    }

    /// Takes back what was allowed: from now on only, for what was told cannot be untold.
    func withdraw(_ body: WithdrawAuthorization, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        let person = body.person ?? application?.applicant ?? opened.subject
        let granted = authorizations.filter { $0.person == person }
        guard !body.scope.isEmpty else { throw CaseFileRefusal.scopeEmpty.told }
        let inForce = body.scope.filter { scope in granted.contains { $0.scope.contains(scope) } }
        if inForce.isEmpty, withdrawnScopes[person, default: []].isSuperset(of: body.scope) { return [] }
        guard inForce.count == body.scope.count else { throw IntakeRefusal.notAuthorized.told }
        let withdrawn = IntakeEvent.AuthorizationWithdrawn(
            caseFile: opened.caseFile, person: person, scope: Set(body.scope).sorted { $0.rawValue < $1.rawValue })
        return [recorded(.intake(.authorizationWithdrawn(withdrawn)), people: [person], opened, context)]
    }

    /// Whether a person allowed something that is in force on a day; every item of the case may rest on it.
    package func isAuthorized(_ scope: AuthorizationScope, by person: PersonReference, on day: CivilDay) -> Bool {
        authorizations.contains { authorization in
            authorization.person == person && authorization.scope.contains(scope)
                && authorization.validUntil.map { $0 >= day } != false
        }
    }

    /// Takes what was withdrawn out of the authorizations that had allowed it.
    mutating func takeBack(_ withdrawn: IntakeEvent.AuthorizationWithdrawn) {
        withdrawnScopes[withdrawn.person, default: []].formUnion(withdrawn.scope)
        authorizations = authorizations.compactMap { granted in
            guard granted.person == withdrawn.person else { return granted }
            let left = granted.scope.filter { !withdrawn.scope.contains($0) }
            guard !left.isEmpty else { return nil }
            return CaseFileEvent.AuthorizationGranted(
                caseFile: granted.caseFile, person: granted.person, scope: left, validUntil: granted.validUntil,
                by: granted.by, attachments: granted.attachments)
        }
    }

    // MARK: Other hubs

    /// Hands items to the hub of another place, with the person's leave (跨省通办).
    func handToHub(_ body: HandToOtherHub, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        guard body.hub.description != context.numbers.hubCode else { throw IntakeRefusal.ownHub.told }
        let named = try namedItems(body.items)
        if named.allSatisfy({ intake.withHub[$0.0] == body.hub }) { return [] }
        for (id, item) in named {
            switch item.stage {
            case .added, .triaged: break
            case .decided, .notified, .notAccepted, .withdrawn: throw IntakeRefusal.itemClosed.told
            }
            guard intake.withHub[id] == nil else { throw IntakeRefusal.withOtherHub.told }
            guard activeReferral(of: id) == nil else { throw CaseFileRefusal.itemWithDepartment.told }
            let people = [item.added.person, application?.applicant ?? opened.subject]
            guard people.contains(where: { isAuthorized(.disclosureToHub, by: $0, on: context.day) }) else {
                throw IntakeRefusal.notAuthorized.told
            }
        }
        let handed = IntakeEvent.HandedToHub(caseFile: opened.caseFile, items: body.items, hub: body.hub)
        return [recorded(.intake(.handedToHub(handed)), items: body.items, opened, context)]
    }

    func recordHubAnswer(_ body: RecordHubAnswer, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        let waiting = itemOrder.filter { intake.withHub[$0] == body.hub }
        if waiting.isEmpty, let last = intake.answers.last(where: { $0.hub == body.hub }), last.answer == body.answer {
            return []
        }
        guard !waiting.isEmpty else { throw IntakeRefusal.notWithThatHub.told }
        let answered = IntakeEvent.HubAnswered(
            caseFile: opened.caseFile, items: waiting, hub: body.hub, answer: body.answer, number: body.number)
        return [recorded(.intake(.hubAnswered(answered)), items: waiting, opened, context)]
    }

    func answerHub(_ body: AnswerOtherHub, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        guard let hub = application?.fromHub else { throw IntakeRefusal.notFromAHub.told }
        if let sent = intake.answerSent {
            guard sent == body.answer else { throw IntakeRefusal.answeredBefore.told }
            return []
        }
        let answer = IntakeEvent.HubAnswerSent(caseFile: opened.caseFile, hub: hub, answer: body.answer)
        return [recorded(.intake(.hubAnswerSent(answer)), opened, context)]
    }
}
