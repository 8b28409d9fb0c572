package import EventSourcing
package import RuleBook

/// Chooses the path of items.
package struct CompleteTriage: HubCommand {
    package static let name = "CompleteTriage"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.triage

    package var items: [ItemPath]

    package init(items: [ItemPath]) {
        self.items = items
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.triage(self), context)
    }
}
