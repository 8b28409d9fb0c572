import EventSourcing
import WorkingCalendar

extension Referral {
    /// T13: work waits for something, and is looked at again on a day that is named.
    ///
    /// A wait for an expert, a hearing or a court pauses the limit and is therefore the head's to say.
    func hold(_ command: ReferralCommand, _ reason: HoldReason, reviewOn day: CivilDay, byHead: Bool)
        throws(ReferralRefusal) -> [Decided<ReferralEvent>]
    {
        let order = try ledOrder(by: command)
        let holding = ReferralEvent.Held(
            referral: order.referral, caseFile: order.caseFile, department: order.lead, reason: reason, reviewOn: day)
        if stage == .onHold, held == holding { return [] }
        guard stage == .inProgress else { throw obstacle }
        guard day >= command.day else { throw .reviewInThePast }
        guard reason.pause == nil || isOffer || byHead else { throw .headOnly }
        if reason == .awaitingCoHandler, order.coHandlers.allSatisfy({ coHandling[$0]?.result != nil }) {
            throw .nothingToAwait
        }
        return [ruling(.held(holding), order, command)]
    }

    /// T14: what was awaited is there, or will not be waited for.
    func resume(_ command: ReferralCommand, nextPromise: CivilDay?) throws(ReferralRefusal)
        -> [Decided<ReferralEvent>]
    {
        let order = try ledOrder(by: command)
        if stage == .inProgress, hasResumed { return [] }
        guard stage == .onHold else { throw obstacle }
        try requirePromise(nextPromise, of: order.lead, on: command.day)
        return [ruling(resumption(order, nextPromise: nextPromise, automatic: false), order, command)]
    }

    /// T14 by itself: the last co-handler's result was what the lead waited for.
    func resumptionByResult(of department: DepartmentCode, _ order: ReferralEvent.Drafted)
        -> [Decided<ReferralEvent>]
    {
        guard stage == .onHold, held?.reason == .awaitingCoHandler else { return [] }
        let missing = order.coHandlers.filter { $0 != department && coHandling[$0]?.result == nil }
        guard missing.isEmpty else { return [] }
        return [
            Decided(
                resumption(order, nextPromise: nil, automatic: true), tags: sharedTags(order),
                disclosure: ruled(order))
        ]
    }

    private func resumption(_ order: ReferralEvent.Drafted, nextPromise: CivilDay?, automatic: Bool) -> ReferralEvent {
        .resumed(
            .init(
                referral: order.referral, caseFile: order.caseFile, department: order.lead, nextPromise: nextPromise,
                automatic: automatic))
    }
}
