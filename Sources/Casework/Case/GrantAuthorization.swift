package import EventSourcing
package import Registry
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
    /// Who signed: the person when left out, for a minor the applicant, who must be a guardian who may act.
    package var by: PersonReference?
    package var attachments: [Attachment]?

    package init(
        person: PersonReference? = nil, scope: [AuthorizationScope], validUntil: CivilDay? = nil,
        by signer: PersonReference? = nil, attachments: [Attachment]? = nil
    ) {
        by = signer
        self.person = person
        self.scope = scope
        self.validUntil = validUntil
        self.attachments = attachments
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    /// Who is a minor, who may act for one, and what the registry holds that a consent lets somebody see.
    package func widening(_ boundary: Boundary, _ context: CommandContext) -> EventQuery? {
        whose(boundary, context).map { .tagged(.person($0), types: Set(RegistryEvent.Kind.allCases.map(\.rawValue))) }
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let person = whose(boundary, context)
        let registered = Registered(
            isMinor: person.flatMap { boundary.registration(of: $0)?.minor } ?? false,
            guardians: person.map(boundary.guardians(of:)) ?? [])
        return try boundary.decide(.grant(self, registered, boundary.sealed), context)
    }

    private func whose(_ boundary: Boundary, _ context: CommandContext) -> PersonReference? {
        guard let file = context.caseID.map(boundary.caseFile) else { return nil }
        return person ?? file.application?.applicant ?? file.opened?.subject
    }
}

extension GrantAuthorization {
    /// What the registry says of the person who is to allow something.
    package struct Registered: Hashable, Sendable {
        package let isMinor: Bool
        /// Who may act for them, as stated last.
        package let guardians: [Guardian]
    }
}
