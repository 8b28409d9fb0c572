package import EventSourcing
package import RuleBook

/// Takes in an emergency: on a case, or as the first thing known of a person, which opens one.
package struct ReportEmergency: HubCommand {
    package static let name = "ReportEmergency"
    package static let subjectKind = SubjectKind.none
    package static let subjects: Set<SubjectKind> = [.none, .caseFile]
    package static let sealedGroups: Set<FieldGroup> = .facts
    package static let action = Action.relieveEmergency

    package var kind: EmergencyKind
    /// The post on duty, which acts at once.
    package var onDuty: PostCode
    /// Who is in need; with town and channel where no case exists yet.
    package var person: PersonReference?
    package var town: TownCode?
    package var channel: RequestChannel?

    package init(
        kind: EmergencyKind, onDuty: PostCode, person: PersonReference? = nil, town: TownCode? = nil,
        channel: RequestChannel? = nil
    ) {
        self.kind = kind
        self.onDuty = onDuty
        self.person = person
        self.town = town
        self.channel = channel
    }

    package func boundary(_ context: CommandContext) -> EventQuery {
        guard context.caseID == nil else { return context.caseBoundary }
        var query = EventQuery.tagged(.number(context.proposedCaseNumber))
        if let person { query = query.or(.tagged(.person(person), types: SubmitApplication.otherCases)) }
        return query.or(CommandContext.registrations(of: person.map { [$0] } ?? []))
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let act = CaseFileCommand.Act.relief(
            .report(self, boundary.knownPeople, otherOpenCases: person.map { boundary.openCases(of: $0) } ?? []))
        guard context.caseID == nil else { return try boundary.decide(act, context) }
        try boundary.requireFree(context.proposedCaseNumber)
        try context.requireTime(notBefore: nil)
        return try CaseFile().decide(CaseFileCommand(act, context)).map { $0.lifted(HubEvent.casework) }
    }
}
