package import EventSourcing
package import RuleBook

/// Rests advance relief on the decision of an item, its papers complete.
package struct RegulariseAdvanceRelief: HubCommand {
    package static let name = "RegulariseAdvanceRelief"
    package static let subjectKind = SubjectKind.caseFile
    package static let subjects: Set<SubjectKind> = [.caseFile, .item]
    package static let action = Action.grantAdvanceRelief

    /// Left out when the command is addressed to the item.
    package var item: ItemID?

    package init(item: ItemID? = nil) {
        self.item = item
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.relief(.regularise(context.addressedItem ?? item)), context)
    }
}
