package import EventSourcing
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
                attachments: granted.attachments)
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
