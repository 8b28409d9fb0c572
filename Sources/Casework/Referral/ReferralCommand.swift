package import Deadlines
package import EventSourcing
package import WorkingCalendar

/// What may be asked of one referral, and by whom.
package struct ReferralCommand: Sendable {
    /// The act itself; facts from outside the referral come in with it.
    package enum Act: Hashable, Sendable {
        case draft(ReferralEvent.Drafted)
        case void(VoidReason)
        /// Sends the draft out.
        case dispatch(ReferralEvent.Dispatched, grants: [DepartmentCode: [DisclosedGroup]])
        /// The department's own system holds it.
        case deliver
        case receive(SealedIndex)
        case accept(handlingPost: PostCode, nextPromise: CivilDay?, SealedIndex)
        case decline(DeclineReason)
        /// `isOverdue`: the limit `offer.answer` has passed.
        case lapse(isOverdue: Bool)
        /// `isLapsed`: the limit `referral.remit` had passed when it was asked.
        case requestReturn(
            ReturnReason, clause: String, proposed: DepartmentCode?, newFact: LateReturnFact?, isLapsed: Bool,
            byHead: Bool)
        /// `isSecondOfCase`: another return of this case has been ruled on; then a supervisor rules.
        case approveReturn(clause: String, resolution: ResolutionID?, isSecondOfCase: Bool)
        case refuseReturn(
            clause: String, resolution: ResolutionID?, designation: DesignatingAuthority?, isSecondOfCase: Bool)
        case requestRedirect(RedirectReason, proposed: DepartmentCode?)
        /// `round`: which the successor would be; `isResolved`: a meeting's resolution sends it.
        case redirect(RedirectReason, clause: String, successor: ReferralID, round: Int, isResolved: Bool)
        /// `withheld`: groups the successor must not get beside what it holds in this case already.
        case supersede(
            DepartmentCode?, by: DepartmentCode, basis: String, SealedIndex, withheld: Set<FieldGroup>)
        case assign(PostCode, nextPromise: CivilDay?)
        case start
        case report(ProgressStage, nextPromise: CivilDay?, attachments: [Attachment])
        case submitCoResult(ReferralOutcome, attachments: [Attachment])
        case complete(ReferralOutcome, award: Award?, excused: [ExcusedCoHandler], attachments: [Attachment])
        case fail(FailureCode, attemptedOn: [CivilDay], attachments: [Attachment])
        case acceptCompletion
        case rework(ReworkReason, limit: DeadlineLimit)
        /// `isInWindow`: not too long after the closing.
        case reopen(ReopenReason, limit: DeadlineLimit?, isInWindow: Bool, SealedIndex)
        case hold(HoldReason, reviewOn: CivilDay, byHead: Bool)
        case resume(nextPromise: CivilDay?)
        case makePromise(PromisedAct, by: CivilDay)
        case keepPromise
        case breakPromise(of: DepartmentCode?, nextPromise: CivilDay?)
        case requestTermination(FailureCode)
        case approveTermination(clause: String, told: DeliveryMeans)
        case refuseTermination(clause: String)
        /// `ofMinor`: a minor's item is concerned.
        case cancel(CancellationReason, ofMinor: Bool)
        case requestCancellation(CancellationReason, ofMinor: Bool)
        /// `hasWaited`: two working days have passed since it was requested.
        case confirmCancellation(hasWaited: Bool, ofMinor: Bool)
        case withdrawCancellation
    }

    package let act: Act
    /// The acting department; nothing for the centre.
    package let department: DepartmentCode?
    package let isSupervisor: Bool
    /// The civil day on which it happened.
    package let day: CivilDay
    package let sealed: [SealedText]

    package init(
        _ act: Act, by department: DepartmentCode? = nil, isSupervisor: Bool = false, on day: CivilDay,
        sealed: [SealedText] = []
    ) {
        self.act = act
        self.department = department
        self.isSupervisor = isSupervisor
        self.day = day
        self.sealed = sealed
    }
}
