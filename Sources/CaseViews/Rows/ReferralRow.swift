package import Casework
package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// One referral or offer as lists show it; lead and co-handlers are departments, never persons.
package struct ReferralRow: Codable, Hashable, Sendable {
    /// The states of the referral machine that have an event (`reference/product.md` §4.6).
    package enum State: String, CaseIterable, Codable, Hashable, Sendable {
        case drafted, dispatched, received, accepted, inProgress, onHold
        case returnRequested, terminationRequested, cancellationRequested, completed, failed, closed
        case returned, redirected, declined, lapsed, cancelled, voided
        /// On the list of a department that a reform took it from; never of the referral itself.
        case superseded

        /// Whether the referral has ended.
        package var isTerminal: Bool {
            switch self {
            case .drafted, .dispatched, .received, .accepted, .inProgress, .onHold, .returnRequested,
                .terminationRequested, .cancellationRequested, .completed, .failed:
                false
            case .closed, .returned, .redirected, .declined, .lapsed, .cancelled, .voided, .superseded: true
            }
        }

        /// Whether the department, not the centre, has to act.
        package var isWithDepartment: Bool {
            switch self {
            case .dispatched, .received, .accepted, .inProgress, .onHold, .cancellationRequested: true
            case .drafted, .returnRequested, .terminationRequested, .completed, .failed, .closed, .returned,
                .redirected, .declined, .lapsed, .cancelled, .voided, .superseded:
                false
            }
        }

        package var label: Label {
            switch self {
            case .drafted: Label("拟派", "drafted")
            case .dispatched: Label("已派单", "dispatched")
            case .received: Label("已签收", "received")
            case .accepted: Label("已受理", "accepted")
            case .inProgress: Label("办理中", "in progress")
            case .onHold: Label("挂起", "on hold")
            case .returnRequested: Label("申请退回", "return requested")
            case .terminationRequested: Label("申请终止", "termination requested")
            case .cancellationRequested: Label("撤回待确认", "cancellation requested")
            case .completed: Label("已办结", "completed")
            case .failed: Label("未能办理", "failed")
            case .closed: Label("已归结", "closed")
            case .returned: Label("已退回", "returned")
            case .redirected: Label("已改派", "redirected")
            case .declined: Label("已谢绝", "declined")
            case .lapsed: Label("逾期未答复", "lapsed")
            case .cancelled: Label("已撤销", "cancelled")
            case .voided: Label("已作废", "voided")
            case .superseded: Label("已移交承接部门", "superseded")
            }
        }
    }

    /// A cycle that a rework or a reopening ended, as it ended; it stays visible.
    package struct EarlierCycle: Codable, Hashable, Sendable {
        package let outcome: ReferralOutcome?
        package let failure: FailureCode?

        package init(outcome: ReferralOutcome?, failure: FailureCode?) {
            self.outcome = outcome
            self.failure = failure
        }
    }

    /// When a cycle arrived in a department's own system, as its adapter said.
    package struct Delivery: Codable, Hashable, Sendable {
        package let department: DepartmentCode
        package let cycle: Int
        package let at: Instant

        package init(department: DepartmentCode, cycle: Int, at: Instant) {
            self.department = department
            self.cycle = cycle
            self.at = at
        }
    }

    /// From when on a department may no longer read what it was shown.
    package struct DisclosureEnd: Codable, Hashable, Sendable {
        package let department: DepartmentCode
        package let reason: DisclosureEndReason
        package let at: Instant

        package init(department: DepartmentCode, reason: DisclosureEndReason, at: Instant) {
            self.department = department
            self.reason = reason
            self.at = at
        }
    }

    package let id: ReferralID
    package let number: EntityNumber
    package var state: State
    /// An offer to a voluntary body, which may decline.
    package let isOffer: Bool
    package var lead: DepartmentCode
    package var coHandlers: [DepartmentCode]
    /// Co-handlers that have signed for it, and those whose result is in.
    package var coReceived: [DepartmentCode]
    package var coFinished: [DepartmentCode]
    /// What is asked for: an entry of the dispatch catalogue.
    package var task: TaskCode
    /// The policy item it serves first.
    package var item: PolicyItemCode?
    /// The items of the case it serves.
    package let items: [ItemID]
    package var town: TownCode
    package var resolution: ResolutionID?
    package var dispatchedAt: Instant?
    /// The newest delivery to each department that confirmed one; a flag, never a state (§4.6).
    package var deliveries: [Delivery]
    /// The end of each right to read that has one, until it is granted anew.
    package var disclosureEnds: [DisclosureEnd]
    package var handlingPost: PostCode?
    package var externalReference: String?
    /// The outcome reported.
    package var outcome: ReferralOutcome?
    package var failure: FailureCode?
    /// Where it goes back to if the return or the cancellation asked for does not come about.
    package var stateBefore: State?
    /// The request to stop that its lead has not answered yet.
    package var cancellationAsked: EventReference?
    /// What each department promised last.
    package var promises: [PromiseRow]
    /// How many promises were broken in all, by its departments together.
    package var brokenPromises: Int
    /// 1, then one more with each rework and reopening.
    package var cycle: Int
    package var earlierCycles: [EarlierCycle]
    package var isDesignated: Bool
    /// Whether it was asked to be returned after acceptance, which the board counts.
    package var isLateReturn: Bool
    /// Whether the lead at work has asked for another department.
    package var isRedirectAsked: Bool
    /// What a held referral waits for, and when it is looked at again.
    package var heldFor: HoldReason?
    package var reviewOn: CivilDay?
    /// The referral that stands in its place after a redirect.
    package var successor: ReferralID?
    /// Departments that a reform took it from.
    package var formerDepartments: [DepartmentCode]
    /// The referral it follows after a return or a refusal.
    package var predecessor: ReferralID?

    /// A referral as drafted or dispatched, before any department has answered.
    package init(
        id: ReferralID, number: EntityNumber, state: State, isOffer: Bool, lead: DepartmentCode, task: TaskCode,
        item: PolicyItemCode?, items: [ItemID], town: TownCode
    ) {
        self.id = id
        self.number = number
        self.state = state
        self.isOffer = isOffer
        self.lead = lead
        self.task = task
        self.item = item
        self.items = items
        self.town = town
        deliveries = []
        disclosureEnds = []
        coHandlers = []
        coReceived = []
        coFinished = []
        promises = []
        brokenPromises = 0
        cycle = 1
        earlierCycles = []
        isDesignated = false
        isLateReturn = false
        isRedirectAsked = false
        formerDepartments = []
    }
}

extension ReferralRow {
    /// The promise of a department that came to nothing by then; voluntary bodies are never held to theirs.
    package func brokenPromise(at instant: Instant, of department: DepartmentCode? = nil) -> PromiseRow? {
        guard !state.isTerminal, !isOffer else { return nil }
        return promises.first { promise in
            (department == nil || promise.department == department) && promise.isBroken(at: instant)
        }
    }
}

extension [ReferralRow] {
    /// The order of every list that shows referrals: those with a broken promise first (N-16), else as they came.
    package func brokenPromisesFirst(at instant: Instant) -> [ReferralRow] {
        filter { $0.brokenPromise(at: instant) != nil } + filter { $0.brokenPromise(at: instant) == nil }
    }
}
