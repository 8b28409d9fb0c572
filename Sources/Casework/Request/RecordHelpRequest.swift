package import EventSourcing
package import RuleBook

/// Records that somebody said a person needs help.
package struct RecordHelpRequest: HubCommand {
    package static let name = "RecordHelpRequest"
    package static let subjectKind = SubjectKind.none
    package static let sealedGroups: Set<FieldGroup> = .facts
    package static let action = Action.recordHelpRequest

    package var channel: RequestChannel
    package var reporter: ReporterKind
    package var reporterDepartment: DepartmentCode?
    package var town: TownCode
    /// The person in need, once registered.
    package var person: PersonReference?
    package var household: HouseholdID?
    package var attachments: [Attachment]?

    package init(
        channel: RequestChannel, reporter: ReporterKind, reporterDepartment: DepartmentCode? = nil, town: TownCode,
        person: PersonReference? = nil, household: HouseholdID? = nil, attachments: [Attachment]? = nil
    ) {
        self.channel = channel
        self.reporter = reporter
        self.reporterDepartment = reporterDepartment
        self.town = town
        self.person = person
        self.household = household
        self.attachments = attachments
    }

    package func boundary(_ context: CommandContext) -> EventQuery {
        let query = EventQuery.tagged(.number(context.proposedRequestNumber))
            .or(CommandContext.registrations(of: person.map { [$0] } ?? []))
        return person.map { query.or(.tagged(.person($0), types: SubmitApplication.otherCases)) } ?? query
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.requireFree(context.proposedRequestNumber)
        try context.requireTime(notBefore: nil)
        if let person, boundary.knownPeople.isMinor(person) == nil { throw CaseFileRefusal.unknownPerson.told }
        let candidates = person.map { boundary.openCases(of: $0) } ?? []
        // A body that reports for itself need not say who it is.
        let reporting = reporterDepartment ?? context.actor.department
        let recorded = HelpRequestEvent.Recorded(
            request: HelpRequestID(context.identifier(0)), number: context.proposedRequestNumber, channel: channel,
            reporter: reporter, reporterDepartment: reporting, town: town, subject: person, household: household,
            openCases: candidates.isEmpty ? nil : candidates, attachments: attachments ?? [])
        let command = HelpRequestCommand.record(
            recorded, reporter: reporting.flatMap { context.rules.department($0) }, sealed: context.sealed)
        return try telling { () throws(HelpRequestRefusal) in
            try HelpRequest().decide(command)
        }.map { $0.lifted(HubEvent.casework) }
    }
}
