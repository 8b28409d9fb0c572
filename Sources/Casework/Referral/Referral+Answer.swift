import EventSourcing
import WorkingCalendar

extension Referral {
    /// What an acceptance would say, checked against the department's posts and the day.
    func acceptance(_ command: ReferralCommand, handlingPost: PostCode, nextPromise: CivilDay?)
        throws(ReferralRefusal) -> ReferralEvent.Accepted
    {
        let order = try ledOrder(by: command)
        guard handlingPost.department == order.lead else { throw .postOfAnotherDepartment }
        return ReferralEvent.Accepted(
            referral: order.referral, caseFile: order.caseFile, department: order.lead, handlingPost: handlingPost,
            nextPromise: nextPromise)
    }

    /// T04: the lead takes the referral on after receiving it; a voluntary body takes an offer straight away.
    func accept(_ acceptance: ReferralEvent.Accepted, _ command: ReferralCommand, _ sealed: SealedIndex)
        throws(ReferralRefusal) -> [Decided<ReferralEvent>]
    {
        let order = try known()
        switch stage {
        case .received: break
        case .dispatched where isOffer: break
        case .dispatched: throw .notReceived
        case .accepted, .inProgress, .onHold, .completed, .failed:
            // A department that lost our answer asks again; one acceptance is enough.
            guard accepted == acceptance else { throw .alreadyAccepted }
            return []
        case .none, .drafted, .voided, .returnRequested, .terminationRequested, .cancellationRequested, .closed,
            .returned, .redirected, .declined, .lapsed, .cancelled:
            throw obstacle
        }
        if let promise = acceptance.nextPromise {
            guard promise >= command.day else { throw .promiseInThePast }
        } else if !isOffer {
            throw .promiseMissing
        }
        let decided = Decided<ReferralEvent>(
            .accepted(acceptance), tags: tags(order, order.lead), disclosure: shown(.reference, to: order.lead),
            sealed: command.sealed)
        return isOffer ? [decided, release(to: order.lead, order, sealed)] : [decided]
    }

    /// T06: only a voluntary body may say no (I-5).
    func decline(_ command: ReferralCommand, _ reason: DeclineReason) throws(ReferralRefusal)
        -> [Decided<ReferralEvent>]
    {
        let order = try ledOrder(by: command)
        let declining = ReferralEvent.Declined(
            referral: order.referral, caseFile: order.caseFile, department: order.lead, reason: reason)
        guard isOffer else { throw .statutoryCannotDecline }
        switch stage {
        case .dispatched: break
        case .declined where declined == declining: return []
        case .received, .accepted, .inProgress, .onHold, .completed, .failed: throw .alreadyAccepted
        case .none, .drafted, .voided, .returnRequested, .terminationRequested, .cancellationRequested, .closed,
            .returned, .redirected, .declined, .lapsed, .cancelled:
            throw obstacle
        }
        return [
            Decided(
                .declined(declining), tags: tags(order, order.lead), disclosure: shown(.reference, to: order.lead),
                sealed: command.sealed)
        ] + ends(.declined)
    }

    /// T05: a statutory department disputes its remit: once, in time, and never after a designation (I-6).
    ///
    /// T11: after accepting only for a fact learnt since; then no limit runs, but it counts as late.
    func requestReturn(_ command: ReferralCommand) throws(ReferralRefusal) -> [Decided<ReferralEvent>] {
        guard
            case .requestReturn(let reason, let clause, let proposed, let newFact, let isLapsed, let byHead) = command
                .act
        else { return [] }
        let order = try ledOrder(by: command)
        let request = ReferralEvent.ReturnRequested(
            referral: order.referral, caseFile: order.caseFile, department: order.lead, reason: reason,
            clause: clause, proposed: proposed, newFact: newFact)
        guard !isOffer else { throw .offerCannotBeReturned }
        switch stage {
        case .dispatched, .received: guard newFact == nil else { throw .factOnlyWhenLate }
        case .returnRequested where returnRequest == request: return []
        case .accepted: guard newFact != nil else { throw .alreadyAccepted }
        case .inProgress, .onHold, .completed, .failed: throw .alreadyAccepted
        case .none, .drafted, .voided, .returnRequested, .terminationRequested, .cancellationRequested, .closed,
            .returned, .redirected, .declined, .lapsed, .cancelled:
            throw obstacle
        }
        guard !isDesignated else { throw .returnAfterDesignation }
        guard !hasReturned else { throw .returnOnlyOnce }
        guard !isLapsed || newFact != nil else { throw .returnLapsed }
        guard byHead else { throw .headOnly }
        guard Wording.isSentence(clause) else { throw .clauseEmpty }
        return [
            Decided(
                .returnRequested(request), tags: tags(order, order.lead),
                disclosure: shown(.reference, .narrative, to: order.lead), sealed: command.sealed)
        ]
    }

    /// T07: the return was right; the successor comes by its own dispatch.
    func approveReturn(
        _ command: ReferralCommand, clause: String, resolution: ResolutionID?, isSecondOfCase: Bool
    ) throws(ReferralRefusal) -> [Decided<ReferralEvent>] {
        let order = try known()
        if stage == .returned { return [] }
        try checkRuling(command, clause: clause, resolution: resolution, isSecondOfCase: isSecondOfCase)
        let approved = ReferralEvent.ReturnApproved(
            referral: order.referral, caseFile: order.caseFile, department: order.lead, clause: clause,
            resolution: resolution)
        return [
            Decided(
                .returnApproved(approved), tags: tags(order, order.lead), disclosure: ruled(order),
                sealed: command.sealed)
        ] + ends(.returned)
    }

    /// T08: the return was wrong; a designation is told with it, where a meeting or a common superior made one.
    func refuseReturn(_ command: ReferralCommand) throws(ReferralRefusal) -> [Decided<ReferralEvent>] {
        guard case .refuseReturn(let clause, let resolution, let designation, let isSecond) = command.act else {
            return []
        }
        let order = try known()
        let refused = ReferralEvent.ReturnRefused(
            referral: order.referral, caseFile: order.caseFile, department: order.lead, clause: clause,
            resolution: resolution)
        if ruling == refused, stage.standing != nil { return [] }
        try checkRuling(command, clause: clause, resolution: resolution, isSecondOfCase: isSecond)
        var decided = [
            Decided<ReferralEvent>(
                .returnRefused(refused), tags: tags(order, order.lead), disclosure: ruled(order),
                sealed: command.sealed)
        ]
        if let designation {
            if case .instruction(let number) = designation, !Wording.isSentence(number) { throw .instructionEmpty }
            decided.append(
                Decided(
                    .designated(
                        .init(
                            referral: order.referral, caseFile: order.caseFile, department: order.lead,
                            authority: designation)),
                    tags: tags(order, order.lead), disclosure: shown(.reference, to: order.lead)))
        }
        return decided
    }

    private func checkRuling(
        _ command: ReferralCommand, clause: String, resolution: ResolutionID?, isSecondOfCase: Bool
    ) throws(ReferralRefusal) {
        switch stage {
        case .returnRequested(_, let reason):
            guard reason != .lawForbids || resolution != nil else { throw .meetingMustRule }
        case .voided, .closed, .returned, .redirected, .declined, .lapsed, .cancelled: throw .hasEnded
        case .none, .drafted, .dispatched, .received, .accepted, .inProgress, .onHold, .terminationRequested,
            .cancellationRequested, .completed, .failed:
            throw .noReturnAsked
        }
        guard !isSecondOfCase || command.isSupervisor else { throw .supervisorOnly }
        guard Wording.isSentence(clause) else { throw .clauseEmpty }
    }
}
