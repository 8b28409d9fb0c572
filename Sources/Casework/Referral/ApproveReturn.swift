package import EventSourcing
package import RuleBook

/// Finds a return right.
package struct ApproveReturn: HubCommand {
    package static let name = "ApproveReturn"
    package static let subjectKind = SubjectKind.referral
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.ruleOnReturn

    package var clause: String
    package var resolution: ResolutionID?

    package init(clause: String, resolution: ResolutionID? = nil) {
        self.clause = clause
        self.resolution = resolution
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideReferral(
            .approveReturn(
                clause: clause, resolution: try boundary.ruling(resolution, context, as: .released),
                isSecondOfCase: try boundary.isSecondReturn(context)), context)
    }
}
