package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// Accepts one item although papers are missing (容缺受理).
package struct AcceptProvisionally: HubCommand {
    package static let name = "AcceptProvisionally"
    package static let subjectKind = SubjectKind.caseFile
    package static let subjects: Set<SubjectKind> = [.caseFile, .item]
    package static let action = Action.acceptApplication

    /// Left out when the command is addressed to the item.
    package var item: ItemID?
    package var missing: [PaperCode]
    package var followUpBy: CivilDay

    package init(item: ItemID? = nil, missing: [PaperCode], followUpBy: CivilDay) {
        self.item = item
        self.missing = missing
        self.followUpBy = followUpBy
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.intake(.acceptProvisionally(self, context.addressedItem)), context)
    }
}
