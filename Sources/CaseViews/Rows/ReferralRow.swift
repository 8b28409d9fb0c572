package import Casework
package import EventSourcing
package import RuleBook

/// One referral or offer as lists show it; lead and co-handlers are departments, never persons.
package struct ReferralRow: Codable, Hashable, Sendable {
    /// The states of the referral machine that have an event (`reference/product.md` §4.6).
    package enum State: String, CaseIterable, Codable, Hashable, Sendable {
        case drafted, dispatched, received, accepted, inProgress, returnRequested, completed, failed, closed
        case returned, declined, lapsed, cancelled, voided

        /// Whether the referral has ended.
        package var isTerminal: Bool {
            switch self {
            case .drafted, .dispatched, .received, .accepted, .inProgress, .returnRequested, .completed, .failed: false
            case .closed, .returned, .declined, .lapsed, .cancelled, .voided: true
            }
        }

        /// Whether the department, not the centre, has to act.
        package var isWithDepartment: Bool {
            switch self {
            case .dispatched, .received, .accepted, .inProgress: true
            case .drafted, .returnRequested, .completed, .failed, .closed, .returned, .declined, .lapsed, .cancelled,
                .voided:
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
            case .returnRequested: Label("申请退回", "return requested")
            case .completed: Label("已办结", "completed")
            case .failed: Label("未能办理", "failed")
            case .closed: Label("已归结", "closed")
            case .returned: Label("已退回", "returned")
            case .declined: Label("已谢绝", "declined")
            case .lapsed: Label("逾期未答复", "lapsed")
            case .cancelled: Label("已撤销", "cancelled")
            case .voided: Label("已作废", "voided")
            }
        }
    }

    package let id: ReferralID
    package let number: EntityNumber
    package var state: State
    /// An offer to a voluntary body, which may decline.
    package let isOffer: Bool
    package let lead: DepartmentCode
    package var coHandlers: [DepartmentCode]
    /// Co-handlers that have signed for it, and those whose result is in.
    package var coReceived: [DepartmentCode]
    package var coFinished: [DepartmentCode]
    /// What is asked for: an entry of the dispatch catalogue.
    package let task: TaskCode
    /// The policy item it serves first.
    package let item: PolicyItemCode?
    /// The items of the case it serves.
    package let items: [ItemID]
    package let town: TownCode
    package var resolution: ResolutionID?
    package var dispatchedAt: Instant?
    package var handlingPost: PostCode?
    package var externalReference: String?
    /// The outcome reported.
    package var outcome: ReferralOutcome?
    package var failure: FailureCode?
    /// Where it goes back to if the return asked for is refused.
    package var stateBeforeReturn: State?
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
        coHandlers = []
        coReceived = []
        coFinished = []
    }
}
