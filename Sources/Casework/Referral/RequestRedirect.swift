package import EventSourcing
package import RuleBook

/// Asks, at work, that another department goes on.
package struct RequestRedirect: HubCommand {
    package static let name = "RequestRedirect"
    package static let subjectKind = SubjectKind.referral
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.handleReferral

    package var reason: RedirectReason
    package var proposed: DepartmentCode?

    package init(reason: RedirectReason, proposed: DepartmentCode? = nil) {
        self.reason = reason
        self.proposed = proposed
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        if let proposed, context.rules.department(proposed) == nil { throw ReferralRefusal.proposedUnknown.told }
        return try boundary.decideReferral(.requestRedirect(reason, proposed: proposed), context)
    }
}
