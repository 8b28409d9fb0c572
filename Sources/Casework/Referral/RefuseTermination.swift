package import EventSourcing
package import RuleBook

/// Finds that it can be done.
package struct RefuseTermination: HubCommand {
    package static let name = "RefuseTermination"
    package static let subjectKind = SubjectKind.referral
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.checkCompletion

    package var clause: String

    package init(clause: String) {
        self.clause = clause
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideReferral(.refuseTermination(clause: clause), context)
    }
}
