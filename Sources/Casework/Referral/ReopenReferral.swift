package import Deadlines
package import EventSourcing
package import RuleBook

/// Takes a closed referral up again.
package struct ReopenReferral: HubCommand {
    package static let name = "ReopenReferral"
    package static let subjectKind = SubjectKind.referral
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.reopenReferral

    package var reason: ReopenReason
    /// The first limit of the referral when left out.
    package var limit: DeadlineLimit?

    package init(reason: ReopenReason, limit: DeadlineLimit? = nil) {
        self.reason = reason
        self.limit = limit
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    /// The registry's parts of the people its departments read of again.
    package func widening(_ boundary: Boundary, _ context: CommandContext) -> EventQuery? {
        guard case .referral(let id) = context.subject else { return nil }
        return boundary.registryOfGrants(in: id, context)
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.requireUndisturbedItems(context)
        return try boundary.decideReferral(
            .reopen(
                reason, limit: limit, isInWindow: try boundary.isReopenable(context), try boundary.releasable(context)),
            context)
    }
}
