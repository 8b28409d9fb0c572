import CaseDesk
import CaseViews
import EventSourcing
import Hummingbird
import RuleBook
import WorkingCalendar

extension HubAPI {
    /// Every calendar published, oldest first, and which is in force.
    func listCalendars() async throws(ProblemDetails) -> Response {
        let book = try await ruleBook()
        return try JSONAnswer.response(
            CalendarsAnswer(
                inForce: book.calendarDocument?.version, warning: book.calendar?.noticeWarning(on: today) ?? .urgent,
                calendars: book.calendarPublications.map(CalendarEntry.init)))
    }

    /// One calendar: its document, one of its years, or one of its days explained.
    func readCalendar(_ call: APICall) async throws(ProblemDetails) -> Response {
        let published = try await calendar(call)
        let day = try call.query.value("day", as: CivilDay.self, form: CivilDay.textForm)
        let year = try call.query.value("year", as: Int.self, form: "a year such as 2026")
        var explained: CalendarDay?
        var table: CalendarYear?
        do throws(CalendarError) {
            let calendar = try WorkingCalendar(published.document)
            if let day {
                explained = try calendar.explained(day)
            } else {
                table = try calendar.table(of: year ?? calendar.firmUntil.year)
            }
        } catch {
            throw ProblemDetails(APIRefusal.outsideCalendar)
        }
        return try JSONAnswer.response(
            CalendarAnswer(
                calendar: CalendarEntry(published), document: published.document, year: table, day: explained))
    }

    private func calendar(_ call: APICall) async throws(ProblemDetails) -> (
        document: CalendarDocument, publishedAt: Instant?, position: Position
    ) {
        let version = try call.parameter("version")
        guard let found = try await ruleBook().calendarPublications.last(where: { $0.document.version == version })
        else { throw .notFound }
        return found
    }

    /// The open due dates that one calendar moved, with whom to tell; only those the caller may see.
    func listMoves(_ call: APICall) async throws(ProblemDetails) -> Response {
        let version = try await calendar(call).document.version
        var filter = BoardFilter(
            isPromise: try call.query.value("promise", as: Bool.self, form: "true or false"))
        filter.sort = .due
        try await sight(of: call, for: .readCases).narrow(&filter)
        var after = try call.query.value("after", as: BoardCursor.self, form: "the next of the page before")?.key
        let limit = try call.query.limit()
        let (now, rules) = (desk.clock.now(), try await ruleBook())
        var rows: [MoveEntry] = []
        var position = Position.start
        // Where little moved several pages are read for one, a bounded number: an empty page may have a next one.
        for _ in 0..<Self.mostPagesRead {
            let page: BoardPage
            do { page = try await desk.views.board(filter, at: now, after: after, limit: limit) } catch {
                throw ProblemDetails(error)
            }
            for row in page.rows {
                if case .moved(let move) = row.effect(ofPublished: version, by: rules) { rows.append(MoveEntry(move)) }
            }
            (after, position) = (page.next, page.position)
            guard page.next != nil, rows.isEmpty else { break }
        }
        return try JSONAnswer.response(
            MovesAnswer(position: position, rows: rows, next: after.map { BoardCursor(key: $0).description }),
            at: position)
    }

    /// What a calendar would move, publishing nothing: sums, digest, and the first moves.
    func previewCalendar(_ call: APICall) async throws(ProblemDetails) -> Response {
        _ = try commandID(call.request)
        let (question, _) = try await body(of: call, as: CalendarQuestion.self)
        let reporter = CalendarReporter(views: desk.views, rules: try await ruleBook(), now: desk.clock.now())
        var first: [MoveEntry] = []
        let report: (impact: CalendarImpact, digest: String)
        do {
            report = try await reporter.report(question.calendar) { move in
                if first.count < Self.mostMovesShown { first.append(MoveEntry(move)) }
            }
        } catch let error as ViewStoreError {
            throw ProblemDetails(error)
        } catch {
            // Everything else it throws is a calendar that cannot be built.
            throw ProblemDetails(APIRefusal.calendarUnusable)
        }
        return try JSONAnswer.response(
            CalendarPreviewAnswer(impact: report.impact, digest: report.digest, first: first))
    }

    private static let mostPagesRead = 20
    private static let mostMovesShown = 500
}
