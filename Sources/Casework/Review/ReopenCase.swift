package import EventSourcing
package import RuleBook

/// Lets a case that has ended go on in a new cycle.
package struct ReopenCase: HubCommand {
    package static let name = "ReopenCase"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.reopenCase

    package var reason: CaseReopenReason
    /// The items that are triaged and decided anew.
    package var items: [ItemID]?
    package var clause: String?

    package init(reason: CaseReopenReason, items: [ItemID]? = nil, clause: String? = nil) {
        self.reason = reason
        self.items = items
        self.clause = clause
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.review(.reopen(self)), context)
    }
}
