import EventSourcing

extension Referral {
    /// The delivered flag of §4.6: the department's own system holds the referral; once a department and cycle.
    ///
    /// It signs for nothing: receipt stays an officer's act (T03). What has ended meanwhile needs no flag any more.
    func deliver(_ command: ReferralCommand) throws(ReferralRefusal) -> [Decided<ReferralEvent>] {
        let (order, department) = try participant(command)
        guard stage != .drafted, stage != .voided else { throw .notDispatched }
        guard !stage.isTerminal, deliveredCycles[department, default: 0] < cycle else { return [] }
        let delivered = ReferralEvent.Delivered(
            referral: order.referral, caseFile: order.caseFile, department: department, cycle: cycle)
        return [
            Decided(
                .delivered(delivered), tags: tags(order, department), disclosure: shown(.reference, to: department))
        ]
    }
}
