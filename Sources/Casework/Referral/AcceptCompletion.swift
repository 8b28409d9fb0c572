package import EventSourcing
package import RuleBook

/// Accepts a result, which closes the referral.
package struct AcceptCompletion: HubCommand {
    package static let name = "AcceptCompletion"
    package static let subjectKind = SubjectKind.referral
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.checkCompletion

    package init() {}

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideReferral(.acceptCompletion, context)
    }
}
