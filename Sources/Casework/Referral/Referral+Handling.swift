import EventSourcing
import WorkingCalendar

extension Referral {
    /// T10: work begins; a co-handler begins its own after signing for it.
    func start(_ command: ReferralCommand) throws(ReferralRefusal) -> [Decided<ReferralEvent>] {
        let (order, department) = try participant(command)
        if department == order.lead {
            switch stage {
            case .accepted: break
            case .inProgress, .completed, .failed: return []
            case .none, .drafted, .voided: throw .notDispatched
            case .dispatched, .received: throw .notAccepted
            case .returnRequested: throw .returnPending
            case .closed, .returned, .declined: throw .hasEnded
            }
        } else {
            guard coHandling[department]?.isStarted == false else { return [] }
            try requireCoHandlerAtWork(department)
        }
        let started = ReferralEvent.HandlingStarted(
            referral: order.referral, caseFile: order.caseFile, department: department)
        return [
            Decided(
                .handlingStarted(started), tags: tags(order, department),
                disclosure: shown(.reference, to: department), sealed: command.sealed)
        ]
    }

    /// T12: a department says how far it is.
    func report(
        _ command: ReferralCommand, _ progressStage: ProgressStage, nextPromise: CivilDay?,
        _ attachments: [Attachment]
    ) throws(ReferralRefusal) -> [Decided<ReferralEvent>] {
        let (order, department) = try participant(command)
        let progress = ReferralEvent.ProgressReported(
            referral: order.referral, caseFile: order.caseFile, department: department, stage: progressStage,
            nextPromise: nextPromise, attachments: attachments)
        // The same words twice are one report; sealed words are never the same twice.
        if lastProgress[department] == progress, command.sealed.isEmpty { return [] }
        if department == order.lead {
            try requireInProgress()
        } else {
            try requireCoHandlerAtWork(department)
        }
        if let nextPromise, nextPromise < command.day { throw .promiseInThePast }
        return [
            Decided(
                .progressReported(progress), tags: tags(order, department),
                disclosure: shown(.reference, to: department), sealed: command.sealed)
        ]
    }

    /// T12: a co-handler hands in its result; the lead sees that it is in.
    func submitCoResult(_ command: ReferralCommand, _ outcome: ReferralOutcome, _ attachments: [Attachment])
        throws(ReferralRefusal) -> [Decided<ReferralEvent>]
    {
        let (order, department) = try participant(command)
        guard department != order.lead else { throw .notACoHandler }
        let result = ReferralEvent.CoResultSubmitted(
            referral: order.referral, caseFile: order.caseFile, department: department, outcome: outcome,
            attachments: attachments)
        if let before = coHandling[department]?.result {
            guard before == result else { throw .alreadyFinished }
            return []
        }
        try requireCoHandlerAtWork(department)
        var disclosure = shown(.reference, .narrative, to: department)
        disclosure.add([DisclosedGroup(.reference)], for: order.lead)
        return [
            Decided(
                .coResultSubmitted(result), tags: tags(order, department, order.lead).union(sealedTags(command)),
                disclosure: disclosure, sealed: command.sealed)
        ]
    }

    /// T16: the lead finishes; every co-result is in or excused.
    func complete(_ command: ReferralCommand) throws(ReferralRefusal) -> [Decided<ReferralEvent>] {
        guard case .complete(let outcome, let award, let excused, let attachments) = command.act else { return [] }
        let order = try ledOrder(by: command)
        let completed = ReferralEvent.Completed(
            referral: order.referral, caseFile: order.caseFile, department: order.lead, outcome: outcome,
            award: award, excused: excused, attachments: attachments)
        if stage == .completed {
            guard completion == completed else { throw .alreadyFinished }
            return []
        }
        try requireInProgress()
        guard excused.allSatisfy({ order.coHandlers.contains($0.department) }) else { throw .notACoHandlerToExcuse }
        let excusedDepartments = Set(excused.map(\.department))
        let missing = order.coHandlers.filter { department in
            coHandling[department]?.result == nil && !excusedDepartments.contains(department)
        }
        guard missing.isEmpty else { throw .coResultsMissing }
        if let amount = award?.amount, amount <= 0 { throw .amountNotPositive }
        var disclosure = finished(order)
        if award != nil { disclosure.add([DisclosedGroup(.payment)], for: order.lead) }
        return [
            Decided(
                .completed(completed), tags: finishedTags(order).union(sealedTags(command)), disclosure: disclosure,
                sealed: command.sealed)
        ]
    }

    /// T17: the lead tried and could not.
    func fail(
        _ command: ReferralCommand, _ code: FailureCode, attemptedOn days: [CivilDay], _ attachments: [Attachment]
    ) throws(ReferralRefusal) -> [Decided<ReferralEvent>] {
        let order = try ledOrder(by: command)
        let failed = ReferralEvent.Failed(
            referral: order.referral, caseFile: order.caseFile, department: order.lead, code: code,
            attemptedOn: days, attachments: attachments)
        if stage == .failed {
            guard failure == failed else { throw .alreadyFinished }
            return []
        }
        try requireInProgress()
        guard code != .unreachable || Set(days).count >= 3 else { throw .tooFewAttempts }
        guard days.allSatisfy({ $0 <= command.day }) else { throw .attemptInTheFuture }
        return [
            Decided(
                .failed(failed), tags: finishedTags(order).union(sealedTags(command)), disclosure: finished(order),
                sealed: command.sealed)
        ]
    }

    /// T27: the centre accepts the result, which closes the referral for good.
    func acceptCompletion() throws(ReferralRefusal) -> [Decided<ReferralEvent>] {
        let order = try known()
        let result: CheckedResult
        switch stage {
        case .completed: result = .completed
        case .failed: result = .failed
        case .closed: return []
        case .voided, .returned, .declined: throw .hasEnded
        case .none, .drafted, .dispatched, .received, .accepted, .inProgress, .returnRequested: throw .notFinished
        }
        var disclosure = Disclosure()
        for department in departments { disclosure.add([DisclosedGroup(.reference)], for: department) }
        let closed = ReferralEvent.CompletionAccepted(
            referral: order.referral, caseFile: order.caseFile, lead: order.lead, result: result)
        return [Decided(.completionAccepted(closed), tags: finishedTags(order), disclosure: disclosure)]
    }

    // MARK: Guards

    private func participant(_ command: ReferralCommand) throws(ReferralRefusal)
        -> (order: ReferralEvent.Drafted, department: DepartmentCode)
    {
        let order = try known()
        guard let department = command.department, departments.contains(department) else { throw .addressedElsewhere }
        return (order, department)
    }

    private func requireInProgress() throws(ReferralRefusal) {
        switch stage {
        case .inProgress: break
        case .none, .drafted: throw .notDispatched
        case .dispatched, .received: throw .notAccepted
        case .accepted: throw .notStarted
        case .returnRequested: throw .returnPending
        case .completed, .failed: throw .alreadyFinished
        case .voided, .closed, .returned, .declined: throw .hasEnded
        }
    }

    private func requireCoHandlerAtWork(_ department: DepartmentCode) throws(ReferralRefusal) {
        switch stage {
        case .dispatched, .received, .accepted, .inProgress, .returnRequested: break
        case .none, .drafted: throw .notDispatched
        case .completed, .failed: throw .alreadyFinished
        case .voided, .closed, .returned, .declined: throw .hasEnded
        }
        guard coHandling[department]?.isReceived == true else { throw .notReceived }
    }

    private func sealedTags(_ command: ReferralCommand) -> Set<EventTag> {
        Set(command.sealed.map { .person($0.person) })
    }

    private func finishedTags(_ order: ReferralEvent.Drafted) -> Set<EventTag> {
        tags(order, order.lead).union(order.coHandlers.map(EventTag.department))
    }

    /// The lead reads its own result; its co-handlers see the state only.
    private func finished(_ order: ReferralEvent.Drafted) -> Disclosure {
        var disclosure = shown(.reference, .narrative, to: order.lead)
        for department in order.coHandlers { disclosure.add([DisclosedGroup(.reference)], for: department) }
        return disclosure
    }
}
