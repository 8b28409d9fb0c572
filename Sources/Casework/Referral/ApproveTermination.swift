package import EventSourcing
package import RuleBook

/// Agrees that it cannot be done; the person has been told.
package struct ApproveTermination: HubCommand {
    package static let name = "ApproveTermination"
    package static let subjectKind = SubjectKind.referral
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.checkCompletion

    package var clause: String
    package var told: DeliveryMeans

    package init(clause: String, told: DeliveryMeans) {
        self.clause = clause
        self.told = told
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideReferral(.approveTermination(clause: clause, told: told), context)
    }
}
