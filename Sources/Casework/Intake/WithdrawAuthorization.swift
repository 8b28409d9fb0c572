package import EventSourcing
package import RuleBook

/// Takes back what a person had allowed.
package struct WithdrawAuthorization: HubCommand {
    package static let name = "WithdrawAuthorization"
    package static let subjectKind = SubjectKind.caseFile
    package static let action = Action.withdrawApplication

    /// The applicant when left out.
    package var person: PersonReference?
    package var scope: [AuthorizationScope]

    package init(person: PersonReference? = nil, scope: [AuthorizationScope]) {
        self.person = person
        self.scope = scope
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.intake(.withdrawAuthorization(self)), context)
    }
}
