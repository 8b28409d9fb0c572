package import EventSourcing
package import RuleBook

/// Finds a return wrong; may tell of a designation by a meeting or a common superior.
package struct RefuseReturn: HubCommand {
    package static let name = "RefuseReturn"
    package static let subjectKind = SubjectKind.referral
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.ruleOnReturn

    package var clause: String
    package var resolution: ResolutionID?
    package var designation: DesignatingAuthority?

    package init(clause: String, resolution: ResolutionID? = nil, designation: DesignatingAuthority? = nil) {
        self.clause = clause
        self.resolution = resolution
        self.designation = designation
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideReferral(
            .refuseReturn(
                clause: clause, resolution: try boundary.ruling(resolution, context, as: .confirmed),
                designation: try boundary.checked(designation, context),
                isSecondOfCase: try boundary.isSecondReturn(context)), context)
    }
}
