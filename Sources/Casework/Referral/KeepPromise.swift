package import EventSourcing
package import RuleBook

/// Says that what was promised is done.
package struct KeepPromise: HubCommand {
    package static let name = "KeepPromise"
    package static let subjectKind = SubjectKind.referral
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.handleReferral

    package init() {}

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideReferral(.keepPromise, context)
    }
}
