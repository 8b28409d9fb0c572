package import EventSourcing
package import RuleBook

/// Grants relief before the papers, within the local cap (先行救助).
package struct GrantAdvanceRelief: HubCommand {
    package static let name = "GrantAdvanceRelief"
    package static let subjectKind = SubjectKind.caseFile
    package static let subjects: Set<SubjectKind> = [.caseFile, .item]
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.grantAdvanceRelief

    /// Left out when the command is addressed to the item.
    package var item: ItemID?
    /// The kind of relief; the item's own when left out.
    package var policyItem: PolicyItemCode?
    package var kind: Award.Kind
    /// In fen, more than 0.
    package var amount: Int64

    package init(item: ItemID? = nil, policyItem: PolicyItemCode? = nil, kind: Award.Kind, amount: Int64) {
        self.item = item
        self.policyItem = policyItem
        self.kind = kind
        self.amount = amount
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.relief(.grant(self, context.addressedItem)), context)
    }
}
