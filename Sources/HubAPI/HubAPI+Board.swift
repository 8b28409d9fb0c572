import CaseDesk
import CaseViews
import Deadlines
import EventSourcing
import Hummingbird
import RuleBook
import WorkingCalendar

extension HubAPI {
    /// One page of the deadline board, the nearest due first.
    func board(_ call: APICall) async throws(ProblemDetails) -> Response {
        let filter = try await boardFilter(call)
        let after = try call.query.value("after", as: BoardCursor.self, form: "the next of the page before")
        let limit = try call.query.limit()
        let now = desk.clock.now()
        let page: BoardPage
        do { page = try await desk.views.board(filter, at: now, after: after?.key, limit: limit) } catch {
            throw ProblemDetails(error)
        }
        let rules = try await ruleBook()
        let rows = page.rows.map { BoardEntry($0, at: now, rules: rules) }
        return try JSONAnswer.response(
            BoardAnswer(
                now: now, position: page.position,
                brokenPromises: after == nil ? try await brokenPromises(call, limit: limit) : [],
                brokenReferralPromises: after == nil ? try await brokenReferralPromises(call, limit: limit) : [],
                rows: rows,
                next: page.next.map { BoardCursor(key: $0).description }),
            at: page.position)
    }

    /// Open deadlines by department and state, and by town and state.
    func boardCounts(_ call: APICall) async throws(ProblemDetails) -> Response {
        let filter = try await boardFilter(call)
        let now = desk.clock.now()
        let counts: BoardCounts
        do { counts = try await desk.views.counts(filter, at: now) } catch { throw ProblemDetails(error) }
        return try JSONAnswer.response(CountsAnswer(counts, at: now), at: counts.position)
    }

    /// What the parameters ask for, narrowed to what the reader may see.
    func boardFilter(_ call: APICall) async throws(ProblemDetails) -> BoardFilter {
        let principal = try call.principal()
        var filter: BoardFilter
        do throws(BoardParameterError) {
            filter = try BoardFilter(for: principal) { call.query.text($0.rawValue) }
        } catch {
            throw .invalidParameter(error.parameter.rawValue, mustBe: error.parameter.form)
        }
        if let text = call.query.text("case") {
            filter.caseID = try await findCase(text, for: principal, to: .readCases).id
        }
        try await sight(of: call, for: .readCases).narrow(&filter)
        return filter
    }

    func ruleBook() async throws(ProblemDetails) -> RuleBook {
        do { return try await desk.ruleBook.current().history.current } catch {
            throw ProblemDetails(DeskError(error))
        }
    }
}

/// The key after a row as text: milliseconds, a tilde, the deadline's id.
struct BoardCursor: LosslessStringConvertible {
    let key: BoardKey

    init(key: BoardKey) {
        self.key = key
    }

    static let pattern =
        "^(0|-?[1-9][0-9]{0,17}|\(Int64.max))~\(DeadlineID.textShape.pattern?.dropFirst() ?? "")"

    init?(_ text: String) {
        guard let tilde = text.firstIndex(of: "~"), let milliseconds = Int64(text[..<tilde]),
            let id = DeadlineID(String(text[text.index(after: tilde)...]))
        else { return nil }
        key = BoardKey(dueAt: Instant(milliseconds: milliseconds), id: id)
    }

    var description: String { "\(key.dueAt.milliseconds)~\(key.id)" }
}

struct BoardAnswer: Codable {
    let now: Instant
    let position: Position
    /// Cases whose promise is broken come before what is merely overdue (N-16); on the first page only.
    let brokenPromises: [BrokenPromise]
    /// And referrals whose department's promise is, each with what it promised.
    let brokenReferralPromises: [WorklistRow]
    let rows: [BoardEntry]
    let next: String?
}

struct CountsAnswer: Codable {
    let now: Instant
    let position: Position
    let total: LightsEntry
    let departments: [DepartmentLights]
    let towns: [TownLights]

    init(_ counts: BoardCounts, at now: Instant) {
        self.now = now
        position = counts.position
        total = LightsEntry(counts.total)
        departments = counts.departments.map { DepartmentLights(department: $0.code, lights: LightsEntry($0.lights)) }
        towns = counts.towns.map { TownLights(town: $0.code, lights: LightsEntry($0.lights)) }
    }
}

/// Numbers by light, each the length of the list with that state.
struct LightsEntry: Codable {
    let open: Int
    let overdue: Int
    let dueSoon: Int
    let onTime: Int
    let paused: Int
    let waiting: Int
    let free: Int
    let provisional: Int

    init(_ lights: BoardLights) {
        open = lights.open
        overdue = lights.overdue
        dueSoon = lights.dueSoon
        onTime = lights.onTime
        paused = lights.paused
        waiting = lights.waiting
        free = lights.free
        provisional = lights.provisional
    }
}

/// One line of department × state; without a department the centre's.
struct DepartmentLights: Codable {
    let department: DepartmentCode?
    let lights: LightsEntry
}

/// One line of town × state; without a town what has none.
struct TownLights: Codable {
    let town: TownCode?
    let lights: LightsEntry
}
