package import EventSourcing
package import RuleBook

/// Asks for an economic check, once for all items that need it.
package struct RequestEconomicCheck: HubCommand {
    package static let name = "RequestEconomicCheck"
    package static let subjectKind = SubjectKind.caseFile
    package static let action = Action.investigate

    package var people: [PersonReference]
    package var items: [ItemID]
    package var office: DepartmentCode?

    package init(people: [PersonReference], items: [ItemID], office: DepartmentCode? = nil) {
        self.people = people
        self.items = items
        self.office = office
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.inquiry(.requestCheck(self)), context)
    }
}
