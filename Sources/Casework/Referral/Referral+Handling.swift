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
            case .none, .drafted, .voided, .dispatched, .received, .onHold, .returnRequested, .terminationRequested,
                .cancellationRequested, .closed, .returned, .redirected, .declined, .lapsed, .cancelled:
                throw obstacle
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
            guard stage == .inProgress else { throw obstacle }
        } else {
            try requireCoHandlerAtWork(department)
        }
        try requirePromise(nextPromise, of: department, on: command.day)
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
        ] + resumptionByResult(of: department, order)
    }

    /// T16: the lead finishes; every co-result is in or excused.
    ///
    /// T25: a cancellation comes too late for help that is there.
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
        let isOvertaking = if case .cancellationRequested = stage { true } else { false }
        guard stage == .inProgress || isOvertaking else { throw obstacle }
        guard excused.allSatisfy({ order.coHandlers.contains($0.department) }) else { throw .notACoHandlerToExcuse }
        let excusedDepartments = Set(excused.map(\.department))
        let missing = order.coHandlers.filter { department in
            coHandling[department]?.result == nil && !excusedDepartments.contains(department)
        }
        guard missing.isEmpty else { throw .coResultsMissing }
        if let amount = award?.amount, amount <= 0 { throw .amountNotPositive }
        var disclosure = ruled(order)
        if award != nil { disclosure.add([DisclosedGroup(.payment)], for: order.lead) }
        var decided: [Decided<ReferralEvent>] = []
        if isOvertaking {
            decided.append(
                Decided(
                    .cancellationOvertaken(
                        .init(referral: order.referral, caseFile: order.caseFile, lead: order.lead)),
                    tags: sharedTags(order), disclosure: ruled(order)))
        }
        return decided + [
            Decided(
                .completed(completed), tags: sharedTags(order).union(sealedTags(command)), disclosure: disclosure,
                sealed: command.sealed)
        ]
    }

    /// T17: the lead tried and could not.
    ///
    /// T18: what it waited for will not come.
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
        guard stage == .inProgress || stage == .onHold else { throw obstacle }
        guard code != .unreachable || Set(days).count >= 3 else { throw .tooFewAttempts }
        guard days.allSatisfy({ $0 <= command.day }) else { throw .attemptInTheFuture }
        return [
            Decided(
                .failed(failed), tags: sharedTags(order).union(sealedTags(command)), disclosure: ruled(order),
                sealed: command.sealed)
        ]
    }

    // MARK: Guards

    /// Whether a co-handler has signed for its part of a referral that is still under way.
    func requireCoHandlerAtWork(_ department: DepartmentCode) throws(ReferralRefusal) {
        switch stage {
        case .dispatched, .received, .accepted, .inProgress, .onHold, .returnRequested, .terminationRequested: break
        case .none, .drafted, .voided, .cancellationRequested, .completed, .failed, .closed, .returned, .redirected,
            .declined, .lapsed, .cancelled:
            throw obstacle
        }
        guard coHandling[department]?.isReceived == true else { throw .notReceived }
    }

    private func sealedTags(_ command: ReferralCommand) -> Set<EventTag> {
        Set(command.sealed.map { .person($0.person) })
    }
}
