package import EventSourcing
package import RuleBook

/// Does not accept an item and says where to go instead.
package struct DeclineToAccept: HubCommand {
    package static let name = "DeclineToAccept"
    package static let subjectKind = SubjectKind.caseFile
    package static let subjects: Set<SubjectKind> = [.caseFile, .item]
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.acceptApplication

    /// Left out when the command is addressed to the item.
    package var item: ItemID?
    package var clause: String
    /// The office that can help instead, 1 to 200 characters.
    package var instead: String
    package var means: DeliveryMeans

    package init(item: ItemID? = nil, clause: String, instead: String, means: DeliveryMeans) {
        self.item = item
        self.clause = clause
        self.instead = instead
        self.means = means
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.intake(.decline(self, context.addressedItem)), context)
    }
}
