package import EventSourcing
package import RuleBook

/// Accepts one item: the centre what it handles, the receiving department what is its own.
package struct AcceptApplication: HubCommand {
    package static let name = "AcceptApplication"
    package static let subjectKind = SubjectKind.caseFile
    package static let subjects: Set<SubjectKind> = [.caseFile, .item]
    package static let action = Action.acceptApplication

    /// Left out when the command is addressed to the item.
    package var item: ItemID?
    /// Whether somebody went to the applicant; false when left out.
    package var atHome: Bool?

    package init(item: ItemID? = nil, atHome: Bool? = nil) {
        self.item = item
        self.atHome = atHome
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.intake(.accept(self, context.addressedItem)), context)
    }
}
