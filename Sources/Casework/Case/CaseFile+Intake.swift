import EventSourcing
import RuleBook
import WorkingCalendar

extension CaseFile {
    /// One door in: opens the case, records the application, adds its items.
    ///
    /// Another open case of the subject is recorded, never a reason to refuse (I-1).
    func submit(
        _ body: SubmitApplication, _ people: KnownPeople, _ others: [CaseID], _ request: HelpRequest?,
        _ context: CommandContext
    ) throws(CommandRefusal) -> [Decided<CaseworkEvent>] {
        // An emergency opened the case before anybody could apply.
        guard stage == .none || (isOpen && application == nil) else { throw CaseFileRefusal.alreadyOpen.told }
        let subject = opened?.subject ?? body.person ?? body.applicant
        for person in [body.applicant, subject] + (body.agent.map { [$0] } ?? []) {
            guard people.isMinor(person) != nil else { throw CaseFileRefusal.unknownPerson.told }
        }
        try checkManner(body)
        if body.request != nil {
            guard let request, request.recorded != nil else { throw CaseFileRefusal.unknownRequest.told }
            guard request.isOpen else { throw CaseFileRefusal.requestClosed.told }
        }
        guard (body.items ?? []).count <= 16 else { throw CaseFileRefusal.tooManyItems.told }
        let caseFile = self.opened?.caseFile ?? CaseID(context.identifier(0))
        let number = context.proposedCaseNumber
        let opened = CaseFileEvent.Opened(
            caseFile: caseFile, number: number, town: body.town, subject: subject, household: body.household,
            request: body.request, concernsMinor: people.isMinor(subject) == true,
            reporterDepartment: request?.recorded?.reporterDepartment, otherOpenCases: others.sorted())
        var tags: Set<EventTag> = [.caseFile(caseFile), .person(subject), .person(body.applicant), .town(body.town)]
        if let household = body.household { tags.insert(.household(household)) }
        if let request = body.request { tags.insert(.request(request)) }
        if let agent = body.agent { tags.insert(.person(agent)) }
        let submitted = CaseFileEvent.ApplicationSubmitted(
            caseFile: caseFile, channel: body.channel, town: body.town, applicant: body.applicant, agent: body.agent,
            locationProtected: body.locationProtected ?? false, request: body.request,
            manner: body.manner ?? (body.agent == nil ? .ownBehalf : .agent), mandate: body.mandate,
            fromHub: body.fromHub, fromNumber: body.fromNumber, receipt: ReceiptCode(of: context.identifier(63)),
            attachments: body.attachments ?? [])
        // An emergency has opened the case already; then only the application is new.
        let opening = Decided(CaseworkEvent.caseFile(.opened(opened)), tags: tags.union([.number(number)]))
        var decided: [Decided<CaseworkEvent>] = stage == .none ? [opening] : []
        decided.append(
            Decided(
                .caseFile(.applicationSubmitted(submitted)),
                tags: tags.union(context.sealed.map { .person($0.person) }), sealed: context.sealed))
        for (index, item) in (body.items ?? []).enumerated() {
            let person = item.person ?? subject
            decided.append(
                try added(
                    ItemID(context.identifier(index + 1)), item.policyItem, person, people, caseFile, context))
        }
        return decided
    }

    /// An agent needs a mandate, and only an agent; a case of another hub names that hub.
    private func checkManner(_ body: SubmitApplication) throws(CommandRefusal) {
        guard body.agent != body.applicant else { throw CaseFileRefusal.agentWithoutMandate.told }
        switch body.manner {
        case .agent: guard body.agent != nil else { throw IntakeRefusal.mannerDiffers.told }
        case .ownBehalf: guard body.agent == nil else { throw IntakeRefusal.mannerDiffers.told }
        case .assisted, nil: break
        }
        guard (body.agent == nil) == (body.mandate == nil) else {
            throw body.agent == nil ? IntakeRefusal.mannerDiffers.told : IntakeRefusal.mandateMissing.told
        }
        guard (body.channel == .otherHub) == (body.fromHub != nil) else { throw IntakeRefusal.hubMissing.told }
    }

    func addItem(_ body: AddItem, _ people: KnownPeople, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        let person = body.person ?? opened.subject
        let isAsked = items.values.contains { item in
            item.added.policyItem == body.policyItem && item.added.person == person && !item.stage.isTerminal
        }
        // The same thing for the same person is one item as long as it has no decision.
        if isAsked { return [] }
        return [
            try added(ItemID(context.identifier(0)), body.policyItem, person, people, opened.caseFile, context)
        ]
    }

    private func added(
        _ item: ItemID, _ code: PolicyItemCode, _ person: PersonReference, _ people: KnownPeople, _ caseFile: CaseID,
        _ context: CommandContext
    ) throws(CommandRefusal) -> Decided<CaseworkEvent> {
        guard let policy = context.rules.policyItem(code, on: context.day) else {
            let isKnown = context.rules.policyItem(code) != nil
            throw (isKnown ? CaseFileRefusal.policyItemNotInForce : .unknownPolicyItem).told
        }
        guard let isMinor = people.isMinor(person) ?? (person == opened?.subject ? opened?.concernsMinor : nil) else {
            throw CaseFileRefusal.unknownPerson.told
        }
        let added = CaseFileEvent.ItemAdded(
            caseFile: caseFile, item: item, policyItem: code, policyVersion: policy.version, person: person,
            concernsMinor: isMinor || policy.concernsMinor)
        return Decided(
            .caseFile(.itemAdded(added)), tags: [.caseFile(caseFile), .item(item), .person(person)])
    }

    func visit(_ body: CompleteVisit, _ context: CommandContext) throws(CommandRefusal) -> [Decided<CaseworkEvent>] {
        let opened = try requireOpen()
        guard application != nil else { throw VisitRefusal.notApplied.told }
        let visitors = body.visitors ?? 1
        try checkVisitors(visitors, for: body.purpose)
        if let planned = body.visit {
            // A visit is completed once; sent again it is the same one.
            if let before = visits.first(where: { $0.visit == planned }), before.visitors == visitors,
                before.purpose == body.purpose
            {
                return []
            }
            try checkPlanned(planned, purpose: body.purpose)
        }
        let visit = CaseFileEvent.VisitCompleted(
            caseFile: opened.caseFile, visit: body.visit ?? VisitID(context.identifier(0)), purpose: body.purpose,
            town: opened.town, visitors: visitors, attachments: body.attachments ?? [])
        return [
            Decided(
                .caseFile(.visitCompleted(visit)),
                tags: tags(opened).union([.visit(visit.visit), .town(opened.town)])
                    .union(context.sealed.map { .person($0.person) }),
                sealed: context.sealed)
        ]
    }

    /// Chooses a path for each item; an item that a department works on or that is decided keeps its path.
    func triage(_ body: CompleteTriage, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        guard !body.items.isEmpty else { throw CaseFileRefusal.noItems.told }
        guard Set(body.items.map(\.item)).count == body.items.count else { throw CaseFileRefusal.itemTwice.told }
        var decided: [Decided<CaseworkEvent>] = []
        for choice in body.items {
            guard let item = items[choice.item] else { throw CaseFileRefusal.noSuchItem.told }
            switch item.stage {
            case .triaged(choice.path): continue
            case .added: break
            case .triaged:
                guard activeReferral(of: choice.item) == nil else { throw CaseFileRefusal.itemWithDepartment.told }
            case .decided, .notified: throw CaseFileRefusal.itemDecided.told
            case .notAccepted: throw IntakeRefusal.itemNotAccepted.told
            case .withdrawn: throw IntakeRefusal.itemWithdrawn.told
            }
            let reason = try checkPath(choice, of: item, context)
            if let clause = choice.clause, !Wording.isSentence(clause) { throw CaseFileRefusal.clauseEmpty.told }
            let triaged = CaseFileEvent.Triaged(
                caseFile: opened.caseFile, item: choice.item, path: choice.path, reason: reason, clause: choice.clause,
                beyondPromise: choice.beyondPromise == true ? true : nil)
            decided.append(
                Decided(
                    .caseFile(.triaged(triaged)),
                    tags: tags(opened).union([.item(choice.item), .person(item.added.person)]),
                    sealed: decided.isEmpty ? context.sealed : []))
        }
        return decided
    }

    /// The reason of a path, where the path is open to the item at all.
    private func checkPath(_ choice: ItemPath, of item: Item, _ context: CommandContext) throws(CommandRefusal)
        -> TriageReason
    {
        let needsPublicity =
            context.rules.policyItem(item.added.policyItem, version: item.added.policyVersion)?.needsPublicity == true
        switch choice.path {
        case .reviewPanel: throw CaseFileRefusal.panelNotYet.told
        case .jointMeeting where needsPublicity:
            // Meeting, publicity and decision together are longer than the promise (`RULINGS.md` §1).
            guard choice.beyondPromise == true else { throw CaseFileRefusal.publicityBeyondPromise.told }
        case .handleHere, .refer, .jointMeeting, .exceptional, .advanceRelief, .informOnly: break
        }
        guard let reason = choice.reason ?? choice.path.usualReason else { throw CaseFileRefusal.reasonMissing.told }
        return reason
    }

    /// I-1: a person says that this case is the same as an older one.
    func link(to other: CaseFile, _ id: CaseID, isOlder: Bool, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        if stage == .duplicate, duplicateOf == id { return [] }
        let opened = try requireOpen()
        guard id != opened.caseFile else { throw CaseFileRefusal.sameCase.told }
        guard other.isOpen, let older = other.opened else { throw CaseFileRefusal.otherNotOpen.told }
        guard older.subject == opened.subject else { throw CaseFileRefusal.otherSubject.told }
        guard isOlder else { throw CaseFileRefusal.olderNumberLives.told }
        guard !hasOpenReferral else { throw CaseFileRefusal.referralsOpen.told }
        // What runs in it has no place in the other case: it ends here first.
        try requireReliefSettled()
        guard !items.values.contains(where: \.isUntold) else { throw CaseFileRefusal.decisionsNotNotified.told }
        try requireMeetingsOver()
        return [
            Decided(
                // Without the other case's tag: an event of one case is never folded into another.
                .caseFile(.markedDuplicate(.init(caseFile: opened.caseFile, of: id))), tags: tags(opened))
        ]
    }

    func justify(_ body: JustifySecondCase, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        if justified.contains(body.other) { return [] }
        guard opened.otherOpenCases.contains(body.other) else { throw CaseFileRefusal.noSecondCase.told }
        return [
            Decided(
                .caseFile(
                    .secondCaseJustified(.init(caseFile: opened.caseFile, other: body.other, reason: body.reason))),
                tags: tags(opened), sealed: context.sealed)
        ]
    }
}

// MARK: What every decision needs

extension CaseFile {
    /// Whether work may go on.
    package var isOpen: Bool {
        switch stage {
        case .open, .exitProposed: true
        case .none, .exited, .duplicate, .voided: false
        }
    }

    /// The case while work may go on (I-23).
    func requireOpen() throws(CommandRefusal) -> CaseFileEvent.Opened {
        guard let opened else { throw CaseFileRefusal.unknown.told }
        switch stage {
        case .open, .exitProposed: return opened
        case .none: throw CaseFileRefusal.unknown.told
        case .exited: throw CaseFileRefusal.hasExited.told
        case .duplicate: throw CaseFileRefusal.isDuplicate.told
        case .voided: throw ReviewRefusal.isVoided.told
        }
    }

    /// Tags of every event of the case: itself and the person it is about.
    func tags(_ opened: CaseFileEvent.Opened) -> Set<EventTag> {
        [.caseFile(opened.caseFile), .person(opened.subject)]
    }

    /// The referral that leads on an item now, drafts included (I-8).
    func activeReferral(of item: ItemID) -> ReferralID? {
        referralOrder.first { id in
            guard let referral = referrals[id], let order = referral.order else { return false }
            return order.items.contains(item) && !referral.stage.isTerminal
        }
    }

    var hasOpenReferral: Bool {
        referrals.values.contains { !$0.stage.isTerminal }
    }
}
