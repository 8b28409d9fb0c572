package import EventSourcing

extension HelpRequestEvent {
    /// Somebody said that a person needs help; nothing has been applied for yet.
    package struct Recorded: GroupedPayload {
        package let request: HelpRequestID
        package let number: EntityNumber
        package let channel: RequestChannel
        /// Who told us, as a kind; only the person in need saying so themself starts no contact limit.
        package let reporter: ReporterKind
        /// The body that told us; it learns that its report was received and that it ended, nothing else.
        package let reporterDepartment: DepartmentCode?
        package let town: TownCode
        /// The person in need, once registered.
        package let subject: PersonReference?
        package let household: HouseholdID?
        /// Open cases of the person (I-1): candidates that a human looks at, never a reason to refuse.
        package let openCases: [CaseID]?
        package let attachments: [Attachment]

        package init(
            request: HelpRequestID, number: EntityNumber, channel: RequestChannel, reporter: ReporterKind,
            reporterDepartment: DepartmentCode? = nil, town: TownCode, subject: PersonReference? = nil,
            household: HouseholdID? = nil, openCases: [CaseID]? = nil,
            attachments: [Attachment] = []
        ) {
            self.request = request
            self.number = number
            self.channel = channel
            self.reporter = reporter
            self.reporterDepartment = reporterDepartment
            self.town = town
            self.subject = subject
            self.household = household
            self.openCases = openCases
            self.attachments = attachments
        }

        package static let fieldGroups = properties([
            .reference: ["request", "number", "channel", "reporter", "reporterDepartment", "town", "attachments"],
            .identity: ["subject"], .household: ["household"], .otherReferrals: ["openCases"],
        ])
    }

    /// A help request ended, with or without an application.
    package struct Closed: GroupedPayload {
        package let request: HelpRequestID
        package let outcome: RequestOutcome
        /// The case it became or joined.
        package let caseFile: CaseID?

        package init(request: HelpRequestID, outcome: RequestOutcome, caseFile: CaseID? = nil) {
            self.request = request
            self.outcome = outcome
            self.caseFile = caseFile
        }

        package static let fieldGroups = properties([
            .reference: ["request"], .otherReferrals: ["outcome", "caseFile"],
        ])
    }
}
