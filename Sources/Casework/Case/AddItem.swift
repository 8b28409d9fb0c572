package import EventSourcing
package import RuleBook

/// Asks for one more thing in an open case.
package struct AddItem: HubCommand {
    package static let name = "AddItem"
    package static let subjectKind = SubjectKind.caseFile
    package static let action = Action.assistApplication

    package var policyItem: PolicyItemCode
    /// Whom it is for; the subject of the case when left out.
    package var person: PersonReference?

    package init(policyItem: PolicyItemCode, person: PersonReference? = nil) {
        self.policyItem = policyItem
        self.person = person
    }

    package func boundary(_ context: CommandContext) -> EventQuery {
        context.caseBoundary.or(CommandContext.registrations(of: person.map { [$0] } ?? []))
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.addItem(self, boundary.knownPeople), context)
    }
}
