package import EventSourcing
package import RuleBook

/// Disputes that the matter is the department's own.
package struct RequestReturn: HubCommand {
    package static let name = "RequestReturn"
    package static let subjectKind = SubjectKind.referral
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.requestReturn

    package var reason: ReturnReason
    package var clause: String
    package var proposed: DepartmentCode?
    /// What was learnt only after accepting; without it nothing is returned any more.
    package var newFact: LateReturnFact?

    package init(
        reason: ReturnReason, clause: String, proposed: DepartmentCode? = nil, newFact: LateReturnFact? = nil
    ) {
        self.reason = reason
        self.clause = clause
        self.proposed = proposed
        self.newFact = newFact
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        if let proposed, context.rules.department(proposed) == nil { throw ReferralRefusal.proposedUnknown.told }
        return try boundary.decideReferral(
            .requestReturn(
                reason, clause: clause, proposed: proposed, newFact: newFact,
                isLapsed: try boundary.isRemitLapsed(context), byHead: context.actsAsHead), context)
    }
}
