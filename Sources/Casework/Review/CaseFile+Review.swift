import EventSourcing
import RuleBook

extension CaseFile {
    func decide(_ act: ReviewAct, _ context: CommandContext) throws(CommandRefusal) -> [Decided<CaseworkEvent>] {
        switch act {
        case .lodgeAppeal(let body, let item): try lodgeAppeal(body, item, context)
        case .resolveAppeal(let body, let item, let decider): try resolveAppeal(body, item, decidedBy: decider, context)
        case .verify(let body, let handlers): try verify(body, handlers, context)
        case .reopen(let body): try reopen(body, context)
        case .void(let body): try void(body, context)
        case .requestCorrection(let body, let target): try requestCorrection(body, target, context)
        case .approveCorrection(let body, let requester): try approve(body, requestedBy: requester, context)
        case .rejectCorrection(let body, let requester): try reject(body, requestedBy: requester, context)
        }
    }

    // MARK: Appeals

    /// Contests a decision, in an open case and in one that has exited.
    private func lodgeAppeal(_ body: LodgeAppeal, _ addressed: ItemID?, _ context: CommandContext)
        throws(CommandRefusal) -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpenOrExited()
        guard let id = addressed ?? body.item, let item = items[id] else { throw CaseFileRefusal.noSuchItem.told }
        guard let decision = item.stage.decision else { throw ReviewRefusal.notDecided.told }
        if let appeal = review.appeals[id], appeal.resolved == nil {
            guard appeal.lodged.kind == body.kind else { throw ReviewRefusal.appealOpen.told }
            return []
        }
        let lodged = ReviewEvent.AppealLodged(
            caseFile: opened.caseFile, item: id, decision: decision.decision, kind: body.kind)
        return [recorded(.review(.appealLodged(lodged)), items: [id], opened, context)]
    }

    /// Records what became of an appeal; never by who made the decision (I-16).
    private func resolveAppeal(
        _ body: RecordAppealResult, _ addressed: ItemID?, decidedBy decider: AccountID?, _ context: CommandContext
    ) throws(CommandRefusal) -> [Decided<CaseworkEvent>] {
        let opened = try requireOpenOrExited()
        guard let id = addressed ?? body.item, items[id] != nil else { throw CaseFileRefusal.noSuchItem.told }
        guard let appeal = review.appeals[id] else { throw ReviewRefusal.noAppeal.told }
        let resolved = ReviewEvent.AppealResolved(
            caseFile: opened.caseFile, item: id, decision: appeal.lodged.decision, result: body.result,
            clause: body.clause)
        if let before = appeal.resolved {
            guard before == resolved else { throw ReviewRefusal.noAppeal.told }
            return []
        }
        guard decider != context.actor.account else { throw ReviewRefusal.ownDecision.told }
        switch body.result {
        case .upheld, .overturned:
            guard let clause = body.clause, Wording.isSentence(clause) else { throw CaseFileRefusal.clauseMissing.told }
        case .withdrawn:
            if let clause = body.clause, !Wording.isSentence(clause) { throw CaseFileRefusal.clauseEmpty.told }
        }
        return [recorded(.review(.appealResolved(resolved)), items: [id], opened, context)]
    }

    // MARK: After the exit

    /// Asks whether help arrived; by somebody who did not handle the case (I-16), after its exit.
    private func verify(_ body: VerifyOutcome, _ handlers: Set<AccountID>, _ context: CommandContext)
        throws(CommandRefusal) -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpenOrExited()
        guard stage == .exited else { throw ReviewRefusal.notExited.told }
        let verified = ReviewEvent.Verified(
            caseFile: opened.caseFile, cycle: cycle, result: body.result, means: body.means)
        if let before = review.verified {
            if before == verified { return [] }
            // Whoever could not be reached may be reached another day.
            guard before.result == .unreachable else { throw ReviewRefusal.verifiedBefore.told }
        }
        guard !handlers.contains(context.actor.account) else { throw ReviewRefusal.handledIt.told }
        return [recorded(.review(.verified(verified)), opened, context)]
    }

    /// Lets a case that has exited go on in a new cycle; the first one stays as it was (I-23).
    private func reopen(_ body: ReopenCase, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpenOrExited()
        let named = body.items ?? []
        let reopened = ReviewEvent.Reopened(
            caseFile: opened.caseFile, cycle: cycle + 1, reason: body.reason, items: named, clause: body.clause)
        guard stage == .exited else {
            if let before = review.lastReopening, before.cycle == cycle, before.reason == body.reason,
                before.items == named, before.clause == body.clause
            {
                return []
            }
            throw ReviewRefusal.openAlready.told
        }
        if let clause = body.clause, !Wording.isSentence(clause) { throw CaseFileRefusal.clauseEmpty.told }
        // Each has ended, as the case could not have exited otherwise (I-3).
        if !named.isEmpty { _ = try namedItems(named) }
        switch body.reason {
        case .verification:
            guard review.verified?.result == .notMet || review.verified?.result == .partly else {
                throw ReviewRefusal.outcomeNotBad.told
            }
        case .appeal:
            guard !named.isEmpty, named.allSatisfy({ isOverturned($0) }) else { throw ReviewRefusal.appealNotWon.told }
        case .newFact, .error: break
        }
        return [recorded(.review(.reopened(reopened)), items: named, opened, context)]
    }

    private func isOverturned(_ id: ItemID) -> Bool {
        guard let appeal = review.appeals[id], appeal.resolved?.result == .overturned else { return false }
        return appeal.lodged.decision == items[id]?.stage.decision?.decision
    }

    /// Ends a case that should never have been; one that gave something is corrected instead.
    private func void(_ body: VoidCase, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        if stage == .voided, review.voided?.reason == body.reason { return [] }
        let opened = try requireOpen()
        guard context.isSupervisor else { throw DeadlineRefusal.headOnly.told }
        let isGiven = items.values.contains { $0.stage.decision?.result.gives == true }
        guard !relief.hasGivenAid, !isGiven else { throw ReviewRefusal.benefitGiven.told }
        guard !hasOpenReferral else { throw CaseFileRefusal.referralsOpen.told }
        guard intake.withHub.isEmpty else { throw IntakeRefusal.hubAnswerMissing.told }
        return [
            recorded(.review(.voided(.init(caseFile: opened.caseFile, reason: body.reason))), opened, context)
        ]
    }

    /// The case while it is open or has exited: what was said of it can still be contested and corrected.
    func requireOpenOrExited() throws(CommandRefusal) -> CaseFileEvent.Opened {
        if case .exited = stage, let opened { return opened }
        return try requireOpen()
    }
}
