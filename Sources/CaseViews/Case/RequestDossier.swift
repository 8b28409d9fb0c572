import Casework
import EventSourcing
package import RuleBook
import WorkingCalendar

/// What the views keep of one help request while it lives.
package struct RequestDossier: Codable, Hashable, Sendable {
    package private(set) var row: RequestRow
    package private(set) var sheet: DeadlineSheet

    /// A request begins with its `HelpRequestRecorded`, which has still to be taken in.
    ///
    /// - Returns: Nothing for any other event.
    package init?(recordedBy event: ReadEvent) {
        guard case .request(.recorded(let recorded)) = event.event else { return nil }
        row = RequestRow(recorded, recorded: event.reference)
        sheet = DeadlineSheet()
    }

    /// Takes in one event that names the request.
    ///
    /// - Returns: Deadlines that began, changed or ended.
    package mutating func take(_ event: ReadEvent, rules: RuleBook) -> [DeadlineRow] {
        switch event.event {
        case .request(.closed(let closed)):
            row.outcome = closed.outcome
            row.caseID = row.caseID ?? closed.caseFile
        case .caseFile(.opened(let opened)):
            row.caseID = row.caseID ?? opened.caseFile
        case .request, .caseFile, .intake, .relief, .inquiry, .visit, .review, .meeting, .referral, .followUp,
            .deadline, .desk, nil:
            break
        }
        return sheet.take(event, rules: rules, facts: DeadlineFacts(row))
    }

    /// Counts the open deadlines again with a newly published calendar.
    package mutating func recount(by rules: RuleBook) -> [DeadlineRow] {
        sheet.recount(by: rules)
    }
}
