import Deadlines
import EventSourcing

extension Referral {
    /// How long a rework may take (`RULINGS.md` §1).
    static let reworkLimit = DeadlineLimit.workingDays(5)

    /// T27: the centre accepts the result, which closes the referral.
    func acceptCompletion(_ command: ReferralCommand) throws(ReferralRefusal) -> [Decided<ReferralEvent>] {
        let order = try known()
        let result: CheckedResult
        switch stage {
        case .completed: result = .completed
        case .failed: result = .failed
        case .closed: return []
        case .voided, .returned, .redirected, .declined, .lapsed, .cancelled: throw .hasEnded
        case .none, .drafted, .dispatched, .received, .accepted, .inProgress, .onHold, .returnRequested,
            .terminationRequested, .cancellationRequested:
            throw .notFinished
        }
        var disclosure = Disclosure()
        for department in departments { disclosure.add([DisclosedGroup(.reference)], for: department) }
        let closed = ReferralEvent.CompletionAccepted(
            referral: order.referral, caseFile: order.caseFile, lead: order.lead, result: result)
        return [Decided(.completionAccepted(closed), tags: sharedTags(order), disclosure: disclosure)]
            + ends(.closed, through: Self.graceEnd(from: command.day))
    }

    /// T26: the result does not do; the lead works on under a limit of its own.
    func rework(_ command: ReferralCommand, _ reason: ReworkReason, limit: DeadlineLimit) throws(ReferralRefusal)
        -> [Decided<ReferralEvent>]
    {
        let order = try known()
        if stage == .inProgress, newestCycle == .rework(reason) { return [] }
        guard stage == .completed else { throw stage.isTerminal && stage != .voided ? .hasEnded : .notFinished }
        let rework = ReferralEvent.ReturnedForRework(
            referral: order.referral, caseFile: order.caseFile, department: order.lead, kind: order.kind,
            reason: reason, cycle: cycle + 1, limit: limit)
        return [ruling(.returnedForRework(rework), order, command)]
    }

    /// T28: a supervisor takes a closed referral up again: in the window after closing, or on appeal at any time.
    func reopen(
        _ command: ReferralCommand, _ reason: ReopenReason, limit: DeadlineLimit?, isInWindow: Bool,
        _ sealed: SealedIndex
    ) throws(ReferralRefusal) -> [Decided<ReferralEvent>] {
        let order = try known()
        guard command.isSupervisor else { throw .reopenBySupervisor }
        if stage == .inProgress, newestCycle == .reopening(reason) { return [] }
        guard stage == .closed else { throw stage.isTerminal ? .hasEnded : .notClosed }
        guard isInWindow || reason == .appeal else { throw .windowClosed }
        let reopening = ReferralEvent.Reopened(
            referral: order.referral, caseFile: order.caseFile, department: order.lead, kind: order.kind,
            reason: reason, cycle: cycle + 1, limit: limit ?? order.limit)
        return [ruling(.reopened(reopening), order, command)] + renewals(sealed)
    }
}
