package import EventSourcing
package import RuleBook

/// Opens a case for a person or an agent who applies; addressed to a case that an emergency opened, applies in it.
package struct SubmitApplication: HubCommand {
    package static let name = "SubmitApplication"
    package static let subjectKind = SubjectKind.none
    package static let subjects: Set<SubjectKind> = [.none, .caseFile]
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
    /// On one's own behalf, or by an agent where one is named, when left out.
    package var manner: ApplicationManner?
    /// What lets the agent act; needed exactly with an agent.
    package var mandate: Mandate?
    /// The hub that hands us the case, and its number there; needed with the channel `otherHub`.
    package var fromHub: HubCode?
    package var fromNumber: EntityNumber?
    package var attachments: [Attachment]?

    package init(
        applicant: PersonReference, agent: PersonReference? = nil, person: PersonReference? = nil,
        household: HouseholdID? = nil, channel: RequestChannel, town: TownCode, request: HelpRequestID? = nil,
        items: [RequestedItem]? = nil, locationProtected: Bool? = nil, manner: ApplicationManner? = nil,
        mandate: Mandate? = nil, fromHub: HubCode? = nil, fromNumber: EntityNumber? = nil,
        attachments: [Attachment]? = nil
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
        self.manner = manner
        self.mandate = mandate
        self.fromHub = fromHub
        self.fromNumber = fromNumber
        self.attachments = attachments
    }

    /// Reads who is registered, which other cases of the subject are open, the request, and whether the number is free.
    package func boundary(_ context: CommandContext) -> EventQuery {
        var query = EventQuery.tagged(.number(context.proposedCaseNumber))
        if let request { query = query.or(.tagged(.request(request))) }
        let subject = person ?? applicant
        query = query.or(.tagged(.person(subject), types: Self.otherCases))
        let people = [subject, applicant] + (agent.map { [$0] } ?? []) + (items ?? []).compactMap(\.person)
        query = query.or(CommandContext.registrations(of: people))
        return context.caseID == nil ? query : query.or(context.caseBoundary)
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        if context.caseID == nil { try boundary.requireFree(context.proposedCaseNumber) }
        let asked = request.flatMap { boundary.first(.request(.recorded), tagged: .request($0)) }
        try context.requireTime(notBefore: asked?.recorded.occurredAt)
        let act = CaseFileCommand.Act.submit(
            self, boundary.knownPeople, otherOpenCases: boundary.openCases(of: person ?? applicant),
            request: request.map { boundary.helpRequest($0) })
        if context.caseID != nil { return try boundary.decide(act, context) }
        return try CaseFile().decide(CaseFileCommand(act, context)).map { $0.lifted(HubEvent.casework) }
    }

    /// What says which cases of a person are open.
    static let otherCases: Set<String> = [
        CaseFileEvent.Kind.opened.rawValue, CaseFileEvent.Kind.exited.rawValue,
        CaseFileEvent.Kind.markedDuplicate.rawValue, ReviewEvent.Kind.reopened.rawValue,
        ReviewEvent.Kind.voided.rawValue,
    ]
}
