package import EventSourcing
package import RuleBook

/// Opens a case for a person or an agent who applies; without items the case is triaged first.
package struct SubmitApplication: HubCommand {
    package static let name = "SubmitApplication"
    package static let subjectKind = SubjectKind.none
    package static let sealedGroups: Set<FieldGroup> = .facts
    package static let action = Action.submitApplication

    package var applicant: PersonReference
    package var agent: PersonReference?
    /// Whom the case is about; the applicant when left out.
    package var person: PersonReference?
    package var household: HouseholdID?
    package var channel: RequestChannel
    package var town: TownCode
    package var request: HelpRequestID?
    package var items: [RequestedItem]?
    package var locationProtected: Bool?
    package var attachments: [Attachment]?

    package init(
        applicant: PersonReference, agent: PersonReference? = nil, person: PersonReference? = nil,
        household: HouseholdID? = nil, channel: RequestChannel, town: TownCode, request: HelpRequestID? = nil,
        items: [RequestedItem]? = nil, locationProtected: Bool? = nil, attachments: [Attachment]? = nil
    ) {
        self.applicant = applicant
        self.agent = agent
        self.person = person
        self.household = household
        self.channel = channel
        self.town = town
        self.request = request
        self.items = items
        self.locationProtected = locationProtected
        self.attachments = attachments
    }

    /// Reads who is registered, which other cases of the subject are open, the request, and whether the number is free.
    package func boundary(_ context: CommandContext) -> EventQuery {
        var query = EventQuery.tagged(.number(context.proposedCaseNumber))
        if let request { query = query.or(.tagged(.request(request))) }
        let subject = person ?? applicant
        query = query.or(.tagged(.person(subject), types: Self.otherCases))
        let people = [subject, applicant] + (agent.map { [$0] } ?? []) + (items ?? []).compactMap(\.person)
        return query.or(CommandContext.registrations(of: people))
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.requireFree(context.proposedCaseNumber)
        let asked = request.flatMap { boundary.first(.request(.recorded), tagged: .request($0)) }
        try context.requireTime(notBefore: asked?.recorded.occurredAt)
        let act = CaseFileCommand.Act.submit(
            self, boundary.knownPeople, otherOpenCases: boundary.openCases(of: person ?? applicant),
            request: request.map { boundary.helpRequest($0) })
        return try CaseFile().decide(CaseFileCommand(act, context)).map { $0.lifted(HubEvent.casework) }
    }

    private static let otherCases: Set<String> = [
        CaseFileEvent.Kind.opened.rawValue, CaseFileEvent.Kind.exited.rawValue,
        CaseFileEvent.Kind.markedDuplicate.rawValue,
    ]
}
