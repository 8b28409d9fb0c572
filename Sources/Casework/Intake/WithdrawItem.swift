package import EventSourcing
package import RuleBook

/// Ends an item because the person no longer asks for it.
package struct WithdrawItem: HubCommand {
    package static let name = "WithdrawItem"
    package static let subjectKind = SubjectKind.caseFile
    package static let subjects: Set<SubjectKind> = [.caseFile, .item]
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.withdrawApplication

    /// Left out when the command is addressed to the item.
    package var item: ItemID?
    /// Who withdraws it.
    package var by: PersonReference
    package var reason: WithdrawalReason

    package init(item: ItemID? = nil, by: PersonReference, reason: WithdrawalReason) {
        self.item = item
        self.by = by
        self.reason = reason
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.intake(.withdrawItem(self, context.addressedItem)), context)
    }
}
