import EventSourcing
import RuleBook

extension CaseFile {
    func decide(_ act: ReliefAct, _ context: CommandContext) throws(CommandRefusal) -> [Decided<CaseworkEvent>] {
        switch act {
        case .report(let body, let people, let others): try report(body, people, others, context)
        case .contact(let body): try contact(body, context)
        case .confirm: try confirmEmergency(context)
        case .ruleOut(let body): try ruleOut(body, context)
        case .grant(let body, let item): try grantAdvance(body, item, context)
        case .deliver(let body): try deliver(body, context)
        case .regularise(let item): try regularise(item, context)
        case .recover(let body): try recover(body, context)
        }
    }

    /// Takes in an emergency; where the person has no case yet, it opens one, and the application follows later.
    private func report(
        _ body: ReportEmergency, _ people: KnownPeople, _ others: [CaseID], _ context: CommandContext
    ) throws(CommandRefusal) -> [Decided<CaseworkEvent>] {
        guard context.rules.post(body.onDuty) != nil else { throw ReliefRefusal.unknownPost.told }
        if stage != .none {
            let opened = try requireOpen()
            switch relief.emergency {
            case .reported(body.kind), .confirmed(body.kind): return []
            case .reported, .confirmed: throw ReliefRefusal.otherEmergency.told
            case .none, .notUrgent, .relieved: break
            }
            return [recorded(.relief(.emergencyReported(emergency(body, opened.caseFile))), opened, context)]
        }
        guard let person = body.person, let town = body.town, body.channel != nil else {
            throw ReliefRefusal.personMissing.told
        }
        guard let isMinor = people.isMinor(person) else { throw CaseFileRefusal.unknownPerson.told }
        let opened = CaseFileEvent.Opened(
            caseFile: CaseID(context.identifier(0)), number: context.proposedCaseNumber, town: town, subject: person,
            concernsMinor: isMinor, otherOpenCases: others.sorted())
        return [
            Decided(
                .caseFile(.opened(opened)), tags: tags(opened).union([.number(opened.number), .town(opened.town)])),
            recorded(.relief(.emergencyReported(emergency(body, opened.caseFile))), opened, context),
        ]
    }

    private func emergency(_ body: ReportEmergency, _ id: CaseID) -> ReliefEvent.EmergencyReported {
        ReliefEvent.EmergencyReported(
            caseFile: id, kind: body.kind, channel: body.channel ?? application?.channel ?? .station,
            onDuty: body.onDuty)
    }

    private func contact(_ body: RecordEmergencyContact, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        if let contact = relief.contact {
            guard contact == body.means else { throw ReliefRefusal.contactedOtherwise.told }
            return []
        }
        guard relief.isEmergencyOpen else { throw ReliefRefusal.noEmergency.told }
        let contacted = ReliefEvent.EmergencyContacted(caseFile: opened.caseFile, means: body.means)
        return [recorded(.relief(.emergencyContacted(contacted)), opened, context)]
    }

    private func confirmEmergency(_ context: CommandContext) throws(CommandRefusal) -> [Decided<CaseworkEvent>] {
        let opened = try requireOpen()
        switch relief.emergency {
        case .confirmed: return []
        case .reported: break
        case .none, .notUrgent, .relieved: throw ReliefRefusal.noEmergency.told
        }
        return [recorded(.relief(.emergencyConfirmed(.init(caseFile: opened.caseFile))), opened, context)]
    }

    private func ruleOut(_ body: RuleOutEmergency, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        switch relief.emergency {
        case .notUrgent(body.reason): return []
        case .reported: break
        case .confirmed: throw ReliefRefusal.confirmedBefore.told
        case .none, .notUrgent, .relieved: throw ReliefRefusal.noEmergency.told
        }
        let ruledOut = ReliefEvent.EmergencyNotUrgent(caseFile: opened.caseFile, reason: body.reason)
        return [recorded(.relief(.emergencyNotUrgent(ruledOut)), opened, context)]
    }

    /// Grants relief before the papers, within the local cap and a station within its own; needs no triage.
    private func grantAdvance(_ body: GrantAdvanceRelief, _ addressed: ItemID?, _ context: CommandContext)
        throws(CommandRefusal) -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        let id = addressed ?? body.item
        if let id { _ = try openItem(id) }
        guard let code = body.policyItem ?? id.flatMap({ items[$0]?.added.policyItem }),
            let policy = context.rules.policyItem(code, on: context.day)
        else { throw CaseFileRefusal.unknownPolicyItem.told }
        switch relief.advance {
        case .granted(let before):
            guard before.item == id, before.policyItem == code, before.amount == body.amount, before.kind == body.kind
            else { throw ReliefRefusal.advanceUnsettled.told }
            return []
        case .delivered: throw ReliefRefusal.advanceUnsettled.told
        case .none, .settled: break
        }
        var isTriagedToIt = false
        if let id, case .triaged(.advanceRelief) = items[id]?.stage { isTriagedToIt = true }
        guard relief.isEmergencyOpen || isTriagedToIt else { throw ReliefRefusal.notUrgentEnough.told }
        guard body.amount > 0 else { throw CaseFileRefusal.amountNotPositive.told }
        guard let cap = policy.advanceReliefCap else { throw ReliefRefusal.noCap.told }
        guard body.amount <= cap else { throw ReliefRefusal.aboveCap.told }
        if context.actor.role == Role.station.rawValue, body.amount > policy.stationReliefCap ?? 0 {
            throw ReliefRefusal.aboveStationCap.told
        }
        let granted = ReliefEvent.AdvanceGranted(
            caseFile: opened.caseFile, item: id, policyItem: code, policyVersion: policy.version, kind: body.kind,
            amount: body.amount, department: context.actor.department)
        return [recorded(.relief(.advanceGranted(granted)), items: id.map { [$0] } ?? [], opened, context)]
    }

    private func deliver(_ body: DeliverAid, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        if let amount = body.amount, amount <= 0 { throw CaseFileRefusal.amountNotPositive.told }
        var isAdvance = false
        if case .granted(let granted) = relief.advance {
            guard body.kind == granted.kind, body.amount == granted.amount else {
                throw ReliefRefusal.amountDiffers.told
            }
            isAdvance = true
        }
        if !isAdvance, !relief.isEmergencyOpen {
            guard let last = relief.lastAid, last.kind == body.kind, last.amount == body.amount else {
                throw ReliefRefusal.nothingToDeliver.told
            }
            return []
        }
        let delivered = ReliefEvent.AidDelivered(
            caseFile: opened.caseFile, kind: body.kind, amount: body.amount, advance: isAdvance,
            emergency: relief.isEmergencyOpen, attachments: body.attachments ?? [])
        return [recorded(.relief(.aidDelivered(delivered)), opened, context)]
    }

    private func regularise(_ id: ItemID?, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        guard let id, let item = items[id] else { throw CaseFileRefusal.noSuchItem.told }
        guard case .delivered = relief.advance else {
            if case .advanceRegularized(let before) = relief.lastSettlement, before.item == id { return [] }
            throw ReliefRefusal.nothingToSettle.told
        }
        guard let decision = item.stage.decision, decision.result.gives else {
            throw ReliefRefusal.decisionMissing.told
        }
        let regularized = ReliefEvent.AdvanceRegularized(
            caseFile: opened.caseFile, item: id, decision: decision.decision)
        return [recorded(.relief(.advanceRegularized(regularized)), items: [id], opened, context)]
    }

    private func recover(_ body: RecoverAdvanceRelief, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        guard body.amount > 0 else { throw CaseFileRefusal.amountNotPositive.told }
        let recovered = ReliefEvent.AdvanceRecovered(
            caseFile: opened.caseFile, amount: body.amount, reason: body.reason)
        guard case .delivered(let granted) = relief.advance else {
            if case .advanceRecovered(let before) = relief.lastSettlement, before == recovered { return [] }
            throw ReliefRefusal.nothingToSettle.told
        }
        guard body.amount <= granted.amount else { throw ReliefRefusal.aboveGiven.told }
        return [recorded(.relief(.advanceRecovered(recovered)), opened, context)]
    }

    /// An item that has no end yet.
    func openItem(_ id: ItemID) throws(CommandRefusal) -> Item {
        guard let item = items[id] else { throw CaseFileRefusal.noSuchItem.told }
        switch item.stage {
        case .added, .triaged: return item
        case .decided, .notified: throw CaseFileRefusal.itemDecided.told
        case .notAccepted: throw IntakeRefusal.itemNotAccepted.told
        case .withdrawn: throw IntakeRefusal.itemWithdrawn.told
        }
    }
}

extension DecisionResult {
    /// Whether somebody gets something by it.
    var gives: Bool {
        switch self {
        case .granted, .partlyGranted: true
        case .refused, .alreadyCovered, .notApplicable, .noPolicyCovers: false
        }
    }
}
