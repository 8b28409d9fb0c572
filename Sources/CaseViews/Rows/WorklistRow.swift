package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// One referral on one department's desk.
package struct WorklistRow: Codable, Hashable, Sendable {
    /// In which part the department has it.
    package enum Role: String, CaseIterable, Codable, Hashable, Sendable {
        case lead, coHandler, offer

        package var label: Label {
            switch self {
            case .lead: Label("主办", "lead")
            case .coHandler: Label("协办", "co-handler")
            case .offer: Label("邀约", "offer")
            }
        }
    }

    package let department: DepartmentCode
    package let referral: ReferralID
    package let number: EntityNumber?
    package let caseNumber: EntityNumber
    package let task: TaskCode
    package let policyItem: PolicyItemCode?
    package let town: TownCode?
    package let role: Role
    /// Its own state: a co-handler's is received or completed by itself.
    package let state: ReferralRow.State
    package let dispatchedAt: Instant?
    /// When it arrived in the department's own system, as that said; a flag, never a state (§4.6).
    package let deliveredAt: Instant?
    /// The nearest open deadline the department owns on this referral.
    package let nextDeadline: DeadlineID?
    package let dueDay: CivilDay?
    package let dueAt: Instant?
    package let isProvisional: Bool
    /// What the department promised last; nothing for voluntary bodies, which are not held to it.
    package let promise: PromiseRow?

    /// Whether what it promised came to nothing by then; such rows come first (N-16).
    package func isPromiseBroken(at instant: Instant) -> Bool { isOpen && promise?.isBroken(at: instant) == true }

    /// Since when it waits to arrive: neither its system nor anybody in the department has said that it is there.
    package var undeliveredSince: Instant? {
        guard state == .dispatched, deliveredAt == nil else { return nil }
        return dispatchedAt
    }

    /// Whether the department still has to act.
    package var isOpen: Bool { state.isWithDepartment }
}
