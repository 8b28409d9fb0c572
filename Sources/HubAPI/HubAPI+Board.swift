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

    /// Open deadlines by owner, town and light.
    func boardCounts(_ call: APICall) async throws(ProblemDetails) -> Response {
        let filter = try await boardFilter(call)
        let now = desk.clock.now()
        let counts: [BoardCount]
        let position: Position
        do {
            position = try await desk.views.position()
            counts = try await desk.views.counts(filter, at: now)
        } catch {
            throw ProblemDetails(error)
        }
        return try JSONAnswer.response(
            CountsAnswer(now: now, position: position, counts: counts.map(CountEntry.init)), at: position)
    }

    private func boardFilter(_ call: APICall) async throws(ProblemDetails) -> BoardFilter {
        var filter = BoardFilter(
            states: try call.query.set("state", of: DeadlineState.self),
            rule: try call.query.value("rule", as: DeadlineRuleID.self, form: DeadlineRuleID.textForm))
        if let owner = call.query.text("department") {
            if owner == "centre" {
                filter.owner = .centre
            } else if let department = DepartmentCode(owner) {
                filter.owner = .department(department)
            } else {
                throw .invalidParameter("department", mustBe: "centre, or \(DepartmentCode.textForm)")
            }
        }
        filter.town = try call.query.value("town", as: TownCode.self, form: TownCode.textForm)
        if let text = call.query.text("case") {
            filter.caseID = try await findCase(text, for: try call.principal(), to: .readCases).id
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
    let counts: [CountEntry]
}

struct CountEntry: Codable {
    let department: DepartmentCode?
    let town: TownCode?
    let open: Int
    let overdue: Int
    let dueSoon: Int
    let onTime: Int
    let paused: Int
    let provisional: Int

    init(_ count: BoardCount) {
        department = count.owner
        town = count.town
        open = count.open
        overdue = count.overdue
        dueSoon = count.dueSoon
        onTime = count.onTime
        paused = count.paused
        provisional = count.provisional
    }
}
