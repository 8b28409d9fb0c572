package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// Records what a person allows the centre to do.
package struct GrantAuthorization: HubCommand {
    package static let name = "GrantAuthorization"
    package static let subjectKind = SubjectKind.caseFile
    package static let action = Action.assistApplication

    /// The applicant when left out.
    package var person: PersonReference?
    package var scope: [AuthorizationScope]
    package var validUntil: CivilDay?
    package var attachments: [Attachment]?

    package init(
        person: PersonReference? = nil, scope: [AuthorizationScope], validUntil: CivilDay? = nil,
        attachments: [Attachment]? = nil
    ) {
        self.person = person
        self.scope = scope
        self.validUntil = validUntil
        self.attachments = attachments
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.grant(self), context)
    }
}
