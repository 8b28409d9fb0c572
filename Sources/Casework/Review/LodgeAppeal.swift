package import EventSourcing
package import RuleBook

/// Records that a person contests the decision on an item.
package struct LodgeAppeal: HubCommand {
    package static let name = "LodgeAppeal"
    package static let subjectKind = SubjectKind.caseFile
    package static let subjects: Set<SubjectKind> = [.caseFile, .item]
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.submitApplication

    /// Left out when the command is addressed to the item.
    package var item: ItemID?
    package var kind: AppealKind

    package init(item: ItemID? = nil, kind: AppealKind) {
        self.item = item
        self.kind = kind
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.review(.lodgeAppeal(self, context.addressedItem)), context)
    }
}
