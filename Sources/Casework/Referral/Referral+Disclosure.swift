import EventSourcing
import WorkingCalendar

extension Referral {
    /// Calendar days for which a department may read on after its work was accepted (T27).
    ///
    /// They hold the window in which a referral is taken up again (T28), and the 60 days in which a decision can be brought
    /// to review with the days to answer (行政复议法 §20, §48). No source states a number; this one is the hub's own.
    package static let graceDays = 90

    /// The last day of grace, counted like every limit without the day itself.
    static func graceEnd(from day: CivilDay) -> CivilDay { day.advanced(by: graceDays) }

    /// The end of what all departments of this referral may read, in the order of the lead and its co-handlers.
    func ends(_ reason: DisclosureEndReason, through day: CivilDay? = nil) -> [Decided<ReferralEvent>] {
        departments.compactMap { end(of: $0, reason, through: day) }
    }

    /// The end of what one department may read; nothing where it was granted nothing, or that has ended before.
    func end(of department: DepartmentCode, _ reason: DisclosureEndReason, through day: CivilDay? = nil)
        -> Decided<ReferralEvent>?
    {
        guard let order, grants[department] != nil, endedDisclosures[department] == nil else { return nil }
        return Decided(
            .disclosureEnded(
                .init(
                    referral: order.referral, caseFile: order.caseFile, department: department, reason: reason,
                    readableThrough: day)),
            tags: tags(order, department), disclosure: shown(.reference, to: department))
    }

    /// A new grant of the same groups with the slice as it is now, for a department whose right had an end.
    func renewal(for department: DepartmentCode, _ sealed: SealedIndex) -> [Decided<ReferralEvent>] {
        guard let order, let groups = grants[department], hasEnd(of: department) else { return [] }
        let granted = ReferralEvent.DisclosureGranted(
            referral: order.referral, caseFile: order.caseFile, department: department, groups: groups,
            basis: order.basis, purpose: order.purpose)
        return [
            Decided(.disclosureGranted(granted), tags: tags(order, department).union(peopleTags(order))),
            release(to: department, order, sealed),
        ]
    }

    /// Whether a department's right had an end; in logs of before ends were said, closing was one.
    private func hasEnd(of department: DepartmentCode) -> Bool {
        endedDisclosures[department] != nil || stage == .closed && !renewedDisclosures.contains(department)
    }

    /// A grant of further groups, with their parts where the department has its slice already.
    func widened(
        by groups: [DisclosedGroup], for department: DepartmentCode, _ sealed: SealedIndex
    ) -> [Decided<ReferralEvent>] {
        guard let order, let held = grants[department], endedDisclosures[department] == nil else { return [] }
        let new = groups.filter { !held.contains($0) }
        guard !new.isEmpty else { return [] }
        let granted = ReferralEvent.DisclosureGranted(
            referral: order.referral, caseFile: order.caseFile, department: department, groups: (held + new).sorted(),
            basis: order.basis, purpose: order.purpose)
        let grant = Decided<ReferralEvent>(
            .disclosureGranted(granted), tags: tags(order, department).union(peopleTags(order)))
        let parts = sealed.parts(of: new)
        guard !parts.isEmpty, departmentsAtWork.contains(department) else { return [grant] }
        return [grant, release(parts, to: department, order)]
    }

    /// T28: the lead reads again, and each co-handler whose part is not done.
    func renewals(_ sealed: SealedIndex) -> [Decided<ReferralEvent>] {
        guard let order else { return [] }
        let helpers = order.coHandlers.filter { coHandling[$0]?.isReceived == true && coHandling[$0]?.result == nil }
        return ([order.lead] + helpers).flatMap { renewal(for: $0, sealed) }
    }
}
