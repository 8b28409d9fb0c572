package import EventSourcing
package import RuleBook

/// Whose every working day of one case was (N-1), kept up event by event; asked after any of them.
///
/// It says what ``CaseReplay/days`` says at the same position, without folding the log anew for each.
package struct CaseDaysFold: Sendable {
    private var fold: CaseFold

    /// - Parameter request: The help request the case came from, whose events belong to it.
    package init(of caseID: CaseID, request: HelpRequestID? = nil) {
        fold = CaseFold(caseID: caseID, request: request)
    }

    /// The rules as of the last event taken in.
    package var rules: RuleBook { fold.history.current }

    /// Takes in one event; one that is about another case changes nothing.
    ///
    /// - Throws: `DecodingError` when the event cannot be read.
    package mutating func take(_ event: RecordedEvent) throws {
        try fold.take(event)
    }

    /// One account for each run of the promise begun so far, with the promise's row.
    ///
    /// - Parameter asOf: The last instant of the account while the promise runs.
    package func accounts(asOf: Instant) -> [(promise: DeadlineRow, days: CaseDays)] {
        fold.accounts(asOf: asOf)
    }
}
