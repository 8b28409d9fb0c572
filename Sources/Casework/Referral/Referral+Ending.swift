package import Deadlines
import EventSourcing

extension Referral {
    /// How long a department may say nothing to a request to stop before that counts as consent (T24).
    package static let cancellationSilence = DeadlineTerms(limit: .workingDays(2))

    /// An offer nobody answered in time is the centre's matter again; no blame attaches to a voluntary body.
    func lapse(isOverdue: Bool) throws(ReferralRefusal) -> [Decided<ReferralEvent>] {
        let order = try known()
        guard isOffer else { throw .onlyOffersLapse }
        if stage == .lapsed { return [] }
        guard stage == .dispatched else {
            throw [.accepted, .inProgress].contains(stage) ? .alreadyAccepted : obstacle
        }
        guard isOverdue else { throw .offerStillOpen }
        return [
            Decided(
                .offerLapsed(
                    .init(referral: order.referral, caseFile: order.caseFile, department: order.lead)),
                tags: tags(order, order.lead), disclosure: shown(.reference, to: order.lead))
        ] + ends(.lapsed)
    }

    /// T19: the lead finds that it cannot be done.
    func requestTermination(_ command: ReferralCommand, _ code: FailureCode) throws(ReferralRefusal)
        -> [Decided<ReferralEvent>]
    {
        let order = try ledOrder(by: command)
        let request = ReferralEvent.TerminationRequested(
            referral: order.referral, caseFile: order.caseFile, department: order.lead, code: code)
        if stage == .terminationRequested, termination == request { return [] }
        guard stage == .inProgress else { throw obstacle }
        // Not found at home is no reason to ask: three tries and T17 are.
        guard code != .unreachable else { throw .tooFewAttempts }
        return [ruling(.terminationRequested(request), order, command)]
    }

    /// T20: the centre agrees, and the person was told.
    func approveTermination(_ command: ReferralCommand, clause: String, told: DeliveryMeans)
        throws(ReferralRefusal) -> [Decided<ReferralEvent>]
    {
        let order = try known()
        if stage == .failed, termination != nil { return [] }
        guard stage == .terminationRequested, let termination else { throw noTermination }
        guard Wording.isSentence(clause) else { throw .clauseEmpty }
        let approved = ReferralEvent.TerminationApproved(
            referral: order.referral, caseFile: order.caseFile, department: order.lead, code: termination.code,
            clause: clause, told: told)
        return [ruling(.terminationApproved(approved), order, command)]
    }

    /// T21: the centre finds that it can be done.
    func refuseTermination(_ command: ReferralCommand, clause: String) throws(ReferralRefusal)
        -> [Decided<ReferralEvent>]
    {
        let order = try known()
        let refused = ReferralEvent.TerminationRefused(
            referral: order.referral, caseFile: order.caseFile, department: order.lead, clause: clause)
        if stage == .inProgress, terminationRefused == refused { return [] }
        guard stage == .terminationRequested else { throw noTermination }
        guard Wording.isSentence(clause) else { throw .clauseEmpty }
        return [ruling(.terminationRefused(refused), order, command)]
    }

    private var noTermination: ReferralRefusal {
        stage.isTerminal && stage != .voided || stage == .none ? obstacle : .noTerminationAsked
    }

    /// T22: before receipt the centre cancels at once.
    func cancel(_ command: ReferralCommand, _ reason: CancellationReason, ofMinor: Bool) throws(ReferralRefusal)
        -> [Decided<ReferralEvent>]
    {
        let order = try known()
        if stage == .cancelled { return [] }
        guard stage == .dispatched else { throw stage.standing == nil ? obstacle : .alreadyReceived }
        guard !ofMinor || !reason.isWithdrawal else { throw .minorsItem }
        return [ruling(confirmation(order, reason, automatic: false), order, command)] + ends(.cancelled)
    }

    /// T23: from receipt on the department has to confirm.
    func requestCancellation(_ command: ReferralCommand, _ reason: CancellationReason, ofMinor: Bool)
        throws(ReferralRefusal) -> [Decided<ReferralEvent>]
    {
        let order = try known()
        if case .cancellationRequested(_, let before) = stage, before == reason { return [] }
        switch stage {
        case .received, .accepted, .inProgress, .onHold: break
        case .dispatched: throw .notReceivedYet
        case .none, .drafted, .voided, .returnRequested, .terminationRequested, .cancellationRequested, .completed,
            .failed, .closed, .returned, .redirected, .declined, .lapsed, .cancelled:
            throw obstacle
        }
        guard !ofMinor || !reason.isWithdrawal else { throw .minorsItem }
        return [
            ruling(
                .cancellationRequested(
                    .init(referral: order.referral, caseFile: order.caseFile, lead: order.lead, reason: reason)),
                order, command)
        ]
    }

    /// T24: the department confirms, or the centre after two working days of silence; never so for a minor's item.
    func confirmCancellation(_ command: ReferralCommand, hasWaited: Bool, ofMinor: Bool) throws(ReferralRefusal)
        -> [Decided<ReferralEvent>]
    {
        let order = command.department == nil ? try known() : try ledOrder(by: command)
        if stage == .cancelled { return [] }
        guard case .cancellationRequested(_, let reason) = stage else { throw noCancellation }
        if command.department == nil {
            guard !ofMinor else { throw .minorsItem }
            guard hasWaited else { throw .departmentMayAnswer }
        }
        return [ruling(confirmation(order, reason, automatic: command.department == nil), order, command)]
            + ends(.cancelled)
    }

    /// T29: before confirmation the centre takes its request back, and the referral stands as before.
    func withdrawCancellation(_ command: ReferralCommand) throws(ReferralRefusal) -> [Decided<ReferralEvent>] {
        let order = try known()
        guard case .cancellationRequested = stage else {
            if hasWithdrawnCancellation, !stage.isTerminal { return [] }
            throw noCancellation
        }
        return [
            ruling(
                .cancellationWithdrawn(
                    .init(referral: order.referral, caseFile: order.caseFile, lead: order.lead)), order, command)
        ]
    }

    private var noCancellation: ReferralRefusal {
        stage.isTerminal && stage != .voided || stage == .none ? obstacle : .noCancellationAsked
    }

    private func confirmation(_ order: ReferralEvent.Drafted, _ reason: CancellationReason, automatic: Bool)
        -> ReferralEvent
    {
        .cancellationConfirmed(
            .init(
                referral: order.referral, caseFile: order.caseFile, lead: order.lead, reason: reason,
                automatic: automatic))
    }
}
