import EventSourcing
import RuleBook

extension CaseFile {
    /// Accepts one item; for a cross-department item the receiving department does (`RULINGS.md` §2).
    func accept(_ body: AcceptApplication, _ addressed: ItemID?, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        let (id, item) = try itemAtTheDoor(addressed ?? body.item)
        try requireReceiver(of: item, context)
        switch intake.acceptances[id] {
        case .accepted(let by) where by == context.actor.department: return []
        case .accepted where context.isCentre: throw IntakeRefusal.acceptedBefore.told
        case .supplementAsked, .provisional, .accepted, nil: break
        }
        if intake.missing[id] != nil { throw IntakeRefusal.supplementOpen.told }
        let accepted = IntakeEvent.Accepted(
            caseFile: opened.caseFile, item: id, department: context.actor.department, atHome: body.atHome ?? false)
        return [recorded(.intake(.accepted(accepted)), items: [id], opened, context)]
    }

    /// Accepts although papers are missing: what is missing is named completely, with a day (容缺受理).
    func acceptProvisionally(_ body: AcceptProvisionally, _ addressed: ItemID?, _ context: CommandContext)
        throws(CommandRefusal) -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        let (id, item) = try itemAtTheDoor(addressed ?? body.item)
        try requireReceiver(of: item, context)
        try checkPapers(body.missing, of: [item], context)
        switch intake.acceptances[id] {
        case .provisional where intake.missing[id] == body.missing: return []
        case .provisional, .accepted: throw IntakeRefusal.acceptedBefore.told
        case .supplementAsked, nil: break
        }
        guard body.followUpBy >= context.day else { throw IntakeRefusal.followUpInThePast.told }
        let accepted = IntakeEvent.ProvisionallyAccepted(
            caseFile: opened.caseFile, item: id, department: context.actor.department, missing: body.missing,
            followUpBy: body.followUpBy)
        return [recorded(.intake(.provisionallyAccepted(accepted)), items: [id], opened, context)]
    }

    /// Sends somebody elsewhere: never without the clause and never without the place.
    func declineToAccept(_ body: DeclineToAccept, _ addressed: ItemID?, _ context: CommandContext)
        throws(CommandRefusal) -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        guard let id = addressed ?? body.item, let item = items[id] else { throw CaseFileRefusal.noSuchItem.told }
        if case .notAccepted = item.stage { return [] }
        _ = try itemAtTheDoor(id)
        try requireReceiver(of: item, context)
        guard Wording.isSentence(body.clause) else { throw CaseFileRefusal.clauseMissing.told }
        guard Wording.isSentence(body.instead) else { throw IntakeRefusal.insteadEmpty.told }
        guard activeReferral(of: id) == nil || !context.isCentre else { throw CaseFileRefusal.itemWithDepartment.told }
        let refused = IntakeEvent.NotAccepted(
            caseFile: opened.caseFile, item: id, department: context.actor.department, clause: body.clause,
            instead: body.instead, means: body.means)
        return [recorded(.intake(.notAccepted(refused)), items: [id], opened, context)]
    }

    /// Says everything that is missing at once; a second request in the cycle needs a supervisor's reason.
    func requestSupplement(_ body: RequestSupplement, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        let named = try namedItems(body.items)
        for (id, item) in named {
            _ = try itemAtTheDoor(id)
            try requireReceiver(of: item, context)
        }
        // The same list for the same items again is one request, however often it is sent.
        if let before = intake.lastRequested, before.items == body.items, before.papers == body.papers,
            before.department == context.actor.department, before.again == body.reason
        {
            return []
        }
        guard !relief.isEmergencyOpen else { throw IntakeRefusal.reliefFirst.told }
        try checkPapers(body.papers, of: named.map(\.1), context)
        for (id, _) in named {
            if case .accepted = intake.acceptances[id] { throw IntakeRefusal.acceptedBefore.told }
        }
        if intake.asked.contains(context.actor.department) {
            let mayAsk = context.isSupervisor || context.actor.role == Role.departmentHead.rawValue
            guard mayAsk, body.reason != nil else { throw IntakeRefusal.supplementOnce.told }
        }
        let request = IntakeEvent.SupplementRequested(
            caseFile: opened.caseFile, items: body.items, department: context.actor.department, papers: body.papers,
            means: body.means, again: body.reason)
        return [recorded(.intake(.supplementRequested(request)), items: body.items, opened, context)]
    }

    func receiveSupplement(_ body: ReceiveSupplement, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        let named = try namedItems(body.items)
        try checkPapers(body.papers, of: [], context)
        let brought = Set(body.papers)
        if let before = intake.lastReceived, before.items == body.items, before.papers == body.papers { return [] }
        let isMissing = body.items.contains { id in
            intake.missing[id]?.contains(where: brought.contains) == true
        }
        guard isMissing else { throw IntakeRefusal.nothingMissing.told }
        let isComplete = named.allSatisfy { id, _ in intake.missing[id]?.allSatisfy(brought.contains) ?? true }
        let received = IntakeEvent.SupplementReceived(
            caseFile: opened.caseFile, items: body.items, papers: body.papers, complete: isComplete,
            attachments: body.attachments ?? [])
        return [recorded(.intake(.supplementReceived(received)), items: body.items, opened, context)]
    }

    // MARK: What they need

    /// The item while it may still be taken in.
    private func itemAtTheDoor(_ id: ItemID?) throws(CommandRefusal) -> (ItemID, Item) {
        guard let id, let item = items[id] else { throw CaseFileRefusal.noSuchItem.told }
        switch item.stage {
        case .added, .triaged: return (id, item)
        case .decided, .notified: throw IntakeRefusal.itemClosed.told
        case .notAccepted: throw IntakeRefusal.itemNotAccepted.told
        case .withdrawn: throw IntakeRefusal.itemWithdrawn.told
        }
    }

    /// Who takes an item in: its own department, a department that leads on it, or the centre for what it handles.
    private func requireReceiver(of item: Item, _ context: CommandContext) throws(CommandRefusal) {
        let added = item.added
        guard let acting = context.actor.department else {
            switch item.stage {
            case .triaged(.refer), .triaged(.jointMeeting), .triaged(.reviewPanel):
                throw IntakeRefusal.receivingDepartmentAccepts.told
            case .triaged(.handleHere), .triaged(.exceptional), .triaged(.advanceRelief), .triaged(.informOnly), .added,
                .decided, .notified, .notAccepted, .withdrawn:
                return
            }
        }
        let decides = context.rules.policyItem(added.policyItem, version: added.policyVersion)?.department
        let leads = activeReferral(of: added.item).flatMap { referrals[$0] }
        guard decides == acting || (leads?.stage.isWithDepartment == true && leads?.order?.lead == acting) else {
            throw IntakeRefusal.notTheirItem.told
        }
    }

    /// 1 to 16 different papers; a policy item that lists its papers asks for no others.
    private func checkPapers(_ papers: [PaperCode], of asked: [Item], _ context: CommandContext)
        throws(CommandRefusal)
    {
        guard (1...16).contains(papers.count), Set(papers).count == papers.count else {
            throw IntakeRefusal.papersEmpty.told
        }
        var known: Set<String> = []
        for item in asked {
            let policy = context.rules.policyItem(item.added.policyItem, version: item.added.policyVersion)
            guard let listed = policy?.papers, !listed.isEmpty else { return }
            known.formUnion(listed)
        }
        guard asked.isEmpty || papers.allSatisfy({ known.contains($0.description) }) else {
            throw IntakeRefusal.paperNotAsked.told
        }
    }
}
