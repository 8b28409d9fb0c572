import Casework
package import EventSourcing
package import RuleBook
import WorkingCalendar

/// One case as it was known at an instant, everything recorded by then and nothing later; or as it truly was then,
/// everything that happened by then, whenever it was recorded.
package struct CaseReplay: Sendable {
    /// What one department had been told of one event.
    package struct Told: Codable, Hashable, Sendable {
        package let position: Position
        package let recordedAt: Instant
        package let eventType: String
        package let subject: EventTag
        /// Sorted; with a person where the part is personal.
        package let groups: [DisclosedGroup]
        /// From when on the department may no longer read it; nothing where no end was known by the time asked about.
        package internal(set) var readableUntil: Instant?
    }

    /// One department's slice of the case, oldest first; empty for one that was told nothing.
    package struct Knowledge: Codable, Hashable, Sendable {
        package let department: DepartmentCode
        package let told: [Told]
    }

    /// Which of the two questions about the past it answers.
    package let view: PastMoment.View
    /// The instant asked about, inclusive, in the time of the question.
    package let asOf: Instant
    /// The last event taken in.
    package let position: Position
    package let row: CaseRow
    package let timeline: [TimelineRow]
    /// Open and ended, by start, then id; ask each for its state at ``asOf``.
    package let deadlines: [DeadlineRow]
    /// Whose every working day of the promise was (N-1), one account for each run of it.
    package let days: [CaseDays]
    /// One entry for every department registered by then, sorted by code.
    package let knowledge: [Knowledge]
    /// The rules in force at ``position``.
    package let rules: RuleBook

    /// The events a replay needs: the case's, its help request's and the rule book's.
    package static func query(for caseID: CaseID, request: HelpRequestID? = nil) -> EventQuery {
        let query = EventQuery.tagged(.caseFile(caseID)).or(RuleBook.boundary)
        return request.map { query.or(.tagged(.request($0))) } ?? query
    }

    /// Reads `--as-of`: an instant, or a bare date, which means before the end of that day.
    package static func instant(asOf text: String) -> Instant? {
        CivilDay(text).map { Instant(milliseconds: $0.endMilliseconds - 1) } ?? Instant(text)
    }

    /// Folds the events recorded by `asOf`, or those that happened by then.
    ///
    /// - Parameter events: What ``query(for:request:)`` matched, oldest first; anything else is ignored.
    /// - Returns: Nothing when the case had not been opened by then.
    /// - Throws: `DecodingError` when an event cannot be read.
    package init?(
        of caseID: CaseID, events: [RecordedEvent], asOf: Instant, view: PastMoment.View = .asKnownAt
    ) throws {
        var fold = CaseFold(caseID: caseID, request: try Self.request(of: caseID, in: events))
        let moment = PastMoment(view, asOf)
        for event in events where moment.includes(event) { try fold.take(event) }
        guard let dossier = fold.dossier else { return nil }
        self.view = view
        self.asOf = asOf
        position = fold.position
        row = dossier.row
        timeline = fold.timeline
        deadlines = fold.deadlines.values.sorted { left, right in
            left.started.position == right.started.position
                ? left.id < right.id : left.started.position < right.started.position
        }
        rules = fold.history.current
        days = fold.accounts(asOf: asOf).map(\.days)
        knowledge = rules.departments.map { department in
            Knowledge(department: department.code, told: fold.told(department.code))
        }
    }
}

extension CaseReplay {
    /// The help request a case came from; what was told of it belongs to the case's story.
    static func request(of caseID: CaseID, in events: [RecordedEvent]) throws -> HelpRequestID? {
        for event in events where event.type == CaseFileEvent.Kind.opened.rawValue {
            guard case .caseFile(.opened(let opened)) = try CaseworkEvent(event), opened.caseFile == caseID else {
                continue
            }
            return opened.request
        }
        return nil
    }
}
