import CaseDesk
import CaseViews
import Deadlines
import EventSourcing
import Hummingbird
import RuleBook
import WorkingCalendar

extension HubAPI {
    /// One page of the deadline board, what needs somebody first; of now, or of a past time.
    func board(_ call: APICall) async throws(ProblemDetails) -> Response {
        let shown = try await shownBoard(call)
        let after = try call.query.value("after", as: BoardCursor.self, form: "the next of the page before")
        // A walk over pages is told for the time of its first: what midnight turns red skips nothing and comes once.
        let told = after?.key.toldAt ?? shown.at
        let filter = try await boardFilter(call, of: shown, at: told)
        guard after.map({ $0.key.fits(filter.sort, at: shown.at) }) ?? true else {
            throw .contradictoryParameters("after", mustBe: "the next of a page in the same order")
        }
        let limit = try call.query.limit()
        let page: BoardPage
        do { page = try await shown.views.board(filter, at: told, after: after?.key, limit: limit) } catch {
            throw ProblemDetails(error)
        }
        let rows = page.rows.map { BoardEntry($0, at: shown.at, rules: shown.rules) }
        // Promises are told of the present: a board of the past is one of deadlines.
        let isHead = after == nil && shown.moment == nil
        return try JSONAnswer.response(
            BoardAnswer(
                now: shown.at, position: page.position, view: shown.moment?.view,
                brokenPromises: isHead ? try await brokenPromises(call, limit: limit) : [],
                brokenReferralPromises: isHead ? try await brokenReferralPromises(call, limit: limit) : [],
                rows: rows,
                next: page.next.map { BoardCursor(key: $0).description }),
            at: page.position)
    }

    /// Open deadlines by department and state, and by town and state.
    func boardCounts(_ call: APICall) async throws(ProblemDetails) -> Response {
        let shown = try await shownBoard(call)
        let filter = try await boardFilter(call, of: shown, at: shown.at)
        let counts: BoardCounts
        do { counts = try await shown.views.counts(filter, at: shown.at) } catch { throw ProblemDetails(error) }
        return try JSONAnswer.response(
            CountsAnswer(counts, at: shown.at, view: shown.moment?.view), at: counts.position)
    }

    // MARK: Which board

    /// The views a board is read from, and the time its lights are told for.
    private struct ShownBoard {
        let views: any ViewStore
        let rules: RuleBook
        let at: Instant
        /// Nothing for the present.
        let moment: PastMoment?
    }

    private func shownBoard(_ call: APICall) async throws(ProblemDetails) -> ShownBoard {
        let now = desk.clock.now()
        var moment: PastMoment?
        for view in PastMoment.View.allCases {
            guard let text = call.query.text(view.rawValue) else { continue }
            guard let instant = CaseReplay.instant(asOf: text) else {
                throw .invalidParameter(
                    view.rawValue, mustBe: "a date that exists such as 2023-10-24, or \(Instant.textForm)")
            }
            guard instant <= now else { throw ProblemDetails(APIRefusal.notPast, field: view.rawValue) }
            guard moment == nil else {
                throw .contradictoryParameters(
                    view.rawValue, mustBe: "left out where asKnownAt is given: these are two questions")
            }
            moment = PastMoment(view, instant)
        }
        guard let moment else {
            return ShownBoard(views: desk.views, rules: try await ruleBook(), at: now, moment: nil)
        }
        // Whoever may not replay a case may not replay all of them.
        _ = try await sight(of: call, for: .replayCases)
        guard let past else { throw ProblemDetails(APIRefusal.viewsStorage) }
        do throws(ViewStoreError) {
            let board = try await past.board(of: moment)
            return ShownBoard(views: board.views, rules: board.rules, at: moment.instant, moment: moment)
        } catch {
            throw ProblemDetails(error)
        }
    }

    /// What the parameters ask for, narrowed to what the reader may see.
    private func boardFilter(
        _ call: APICall, of shown: ShownBoard, at told: Instant
    ) async throws(ProblemDetails) -> BoardFilter {
        let principal = try call.principal()
        var filter: BoardFilter
        do throws(BoardParameterError) {
            filter = try BoardFilter(for: principal, at: told) { call.query.text($0.rawValue) }
        } catch {
            throw error.isContradiction
                ? .contradictoryParameters(error.parameter.rawValue, mustBe: error.parameter.form)
                : .invalidParameter(error.parameter.rawValue, mustBe: error.parameter.form)
        }
        filter.look(up: shown.rules, at: told)
        if let text = call.query.text("case") {
            filter.caseID = try await findCase(text, for: principal, to: .readCases).id
        }
        try await sight(of: call, for: shown.moment == nil ? .readCases : .replayCases).narrow(&filter)
        return filter
    }

    func ruleBook() async throws(ProblemDetails) -> RuleBook {
        do { return try await desk.ruleBook.current().history.current } catch {
            throw ProblemDetails(DeskError(error))
        }
    }
}

/// The key after a row as text: milliseconds, a tilde, the deadline's id; before them what the board is sorted by and
/// a bar, and before that the time the first page was told for and an at sign.
struct BoardCursor: LosslessStringConvertible {
    let key: BoardKey

    init(key: BoardKey) {
        self.key = key
    }

    static let pattern =
        "^((0|[1-9][0-9]{0,14})@[0-8][|]|[a-zA-Z0-9./-]{0,64}[|])?(0|-?[1-9][0-9]{0,17}|\(Int64.max))~\(DeadlineID.textShape.pattern?.dropFirst() ?? "")"

    init?(_ text: String) {
        guard let key = BoardKey(text) else { return nil }
        self.key = key
    }

    var description: String { key.description }
}

struct BoardAnswer: Codable {
    /// The time the lights are told for: of asking, or the past one asked about.
    let now: Instant
    let position: Position
    /// Which question about the past it answers; nothing for the present.
    let view: PastMoment.View?
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
    let view: PastMoment.View?
    let total: LightsEntry
    let departments: [DepartmentLights]
    let towns: [TownLights]

    init(_ counts: BoardCounts, at now: Instant, view: PastMoment.View?) {
        self.now = now
        self.view = view
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
