import CaseDesk
import CaseViews
import EventSourcing
import Hummingbird
import RuleBook
import WorkingCalendar

extension HubAPI {
    /// One page of cases, newest first.
    func listCases(_ call: APICall) async throws(ProblemDetails) -> Response {
        var filter = CaseFilter(
            states: try call.query.set("state", of: CaseRow.State.self),
            town: try call.query.value("town", as: TownCode.self, form: TownCode.textForm),
            department: try call.query.value("department", as: DepartmentCode.self, form: DepartmentCode.textForm))
        try await sight(of: call, for: .readCases).narrow(&filter)
        let after = try call.query.value("after", as: CaseCursor.self, form: "the next of the page before")
        let limit = try call.query.limit()
        let page = try await casesBrokenFirst(filter, after: after, limit: limit)
        return try JSONAnswer.response(
            CasesAnswer(position: page.position, rows: page.rows, next: page.next?.description), at: page.position)
    }

    /// One case with its deadlines.
    func readCase(_ call: APICall) async throws(ProblemDetails) -> Response {
        let row = try await findCase(
            try call.parameter("case"), for: try call.principal(), to: .openCase)
        let now = desk.clock.now()
        let deadlines: [DeadlineRow]
        let position: Position
        do {
            position = try await desk.views.position()
            deadlines = try await desk.views.deadlines(of: row.id)
        } catch {
            throw ProblemDetails(error)
        }
        let rules = try await ruleBook()
        return try JSONAnswer.response(
            CaseAnswer(
                now: now, position: position, caseFile: row,
                deadlines: deadlines.map { BoardEntry($0, at: now, rules: rules) }),
            at: position)
    }

    /// The events of one case in words, oldest first.
    func readTimeline(_ call: APICall) async throws(ProblemDetails) -> Response {
        let row = try await findCase(
            try call.parameter("case"), for: try call.principal(), to: .openCase)
        let after = try call.query.position("after")
        let limit = try call.query.limit(standard: 500)
        let rows: [TimelineRow]
        let position: Position
        do {
            position = try await desk.views.position()
            rows = try await desk.views.timeline(of: row.id, after: after ?? .start, limit: limit)
        } catch {
            throw ProblemDetails(error)
        }
        return try JSONAnswer.response(
            TimelineAnswer(
                position: position, rows: rows, next: rows.count == limit ? rows.last?.position.number : nil),
            at: position)
    }

    /// The case a text names, by number or by id; what the reader may not see is not found.
    func findCase(_ text: String, for principal: Principal, to action: Action) async throws(ProblemDetails) -> CaseRow {
        let found: CaseRow?
        do throws(ViewStoreError) {
            if let id = CaseID(text) {
                found = try await desk.views.caseRow(id)
            } else if let number = EntityNumber(text) {
                found = try await desk.views.caseRow(numbered: number)
            } else {
                found = nil
            }
        } catch {
            throw ProblemDetails(error)
        }
        guard let row = found else { throw .notFound }
        let isSeen: Bool
        do throws(DeskError) { isSeen = try await desk.maySee(row, principal, for: action) } catch {
            throw ProblemDetails(error)
        }
        guard isSeen else { throw .notFound }
        return row
    }
}

struct CasesAnswer: Codable {
    let position: Position
    let rows: [CaseRow]
    let next: String?
}

struct CaseAnswer: Codable {
    let now: Instant
    let position: Position
    let caseFile: CaseRow
    let deadlines: [BoardEntry]

    private enum CodingKeys: String, CodingKey {
        case now, position, deadlines
        case caseFile = "case"
    }
}

struct TimelineAnswer: Codable {
    let position: Position
    let rows: [TimelineRow]
    let next: UInt64?
}
