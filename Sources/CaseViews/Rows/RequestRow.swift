package import Casework
package import EventSourcing

/// One help request as lists show it: references and codes only.
package struct RequestRow: Codable, Hashable, Sendable {
    package let id: HelpRequestID
    package let number: EntityNumber
    package let channel: RequestChannel
    package let reporter: ReporterKind
    package let reporterDepartment: DepartmentCode?
    package let town: TownCode
    /// The person in need, once registered.
    package let subject: PersonReference?
    package let recorded: EventReference
    /// How it ended; nothing while it is open.
    package var outcome: RequestOutcome?
    /// The case it became or joined.
    package var caseID: CaseID?

    package var isOpen: Bool { outcome == nil && caseID == nil }

    init(_ payload: HelpRequestEvent.Recorded, recorded: EventReference) {
        id = payload.request
        number = payload.number
        channel = payload.channel
        reporter = payload.reporter
        reporterDepartment = payload.reporterDepartment
        town = payload.town
        subject = payload.subject
        self.recorded = recorded
    }
}
