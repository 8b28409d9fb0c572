package import EventSourcing
package import RuleBook

/// Asks a body that owes the centre no answer for information, as a courtesy (`RULINGS.md` §1, `courtesy.answer`).
package struct RequestInformation: HubCommand {
    package static let name = "RequestInformation"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.requestInformation

    package var department: DepartmentCode
    package var question: InformationQuestion
    package var people: [PersonReference]
    package var items: [ItemID]
    package var basis: String

    package init(
        department: DepartmentCode, question: InformationQuestion, people: [PersonReference], items: [ItemID],
        basis: String
    ) {
        self.department = department
        self.question = question
        self.people = people
        self.items = items
        self.basis = basis
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.inquiry(.ask(self)), context)
    }
}
