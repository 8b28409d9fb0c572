package import EventSourcing
package import RuleBook

/// Sends a completed referral back to its lead, which has five working days.
package struct ReturnForRework: HubCommand {
    package static let name = "ReturnForRework"
    package static let subjectKind = SubjectKind.referral
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.checkCompletion

    package var reason: ReworkReason

    package init(reason: ReworkReason) {
        self.reason = reason
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideReferral(.rework(reason, limit: Referral.reworkLimit), context)
    }
}
