import CaseDesk
import CaseViews
import EventSourcing
import Hummingbird
import RuleBook
import WorkingCalendar

extension HubAPI {
    /// The on-time rate of one clock and period by due date, and what stands beside it.
    func boardRates(_ call: APICall) async throws(ProblemDetails) -> Response {
        let own = try await statisticsScope(call)
        guard
            let rule = try call.query.value("rule", as: DeadlineRuleID.self, form: DeadlineRuleID.textForm)
        else { throw .invalidParameter("rule", mustBe: DeadlineRuleID.textForm) }
        let through = try day("through", call) ?? today
        let from = try day("from", call) ?? through.advanced(by: -29)
        guard from <= through, through.number - from.number <= 366 else {
            throw .contradictoryParameters("from", mustBe: "a day on or before through, at most 366 days earlier")
        }
        let now = desk.clock.now()
        let question = RateQuestion(rule: rule, from: from, through: through, owner: own.owner, town: own.town)
        let rules = try await ruleBook()
        let rates: BoardRates
        do { rates = try await desk.views.rates(question, at: now, rules: rules) } catch {
            throw ProblemDetails(error)
        }
        return try JSONAnswer.response(RatesAnswer(rates, question, at: now), at: rates.position)
    }

    /// Opened, closed and overdue at the end of each day.
    func boardTrend(_ call: APICall) async throws(ProblemDetails) -> Response {
        let own = try await statisticsScope(call)
        let days = try call.query.value("days", as: Int.self, form: "1 through 250") ?? 60
        guard (1...250).contains(days) else { throw .invalidParameter("days", mustBe: "1 through 250") }
        guard let calendar = try await ruleBook().calendar else { throw ProblemDetails(APIRefusal.notCountable) }
        let now = desk.clock.now()
        let trend: BoardTrend
        do {
            trend = try await desk.views.trend(
                of: own.owner, in: own.town, workingDays: days, at: now, calendar: calendar)
        } catch { throw ProblemDetails(error) }
        return try JSONAnswer.response(
            TrendAnswer(now: now, position: trend.position, days: trend.days), at: trend.position)
    }

    /// Whose numbers: a town's reader gets those of the town.
    ///
    /// They tell nothing of any person, so that whoever may read cases at all may read them.
    private func statisticsScope(
        _ call: APICall
    ) async throws(ProblemDetails) -> (owner: BoardFilter.Owner?, town: TownCode?) {
        let sight = try await sight(of: call, for: .readCases)
        var filter: BoardFilter
        let principal = try call.principal()
        do throws(BoardParameterError) {
            filter = try BoardFilter(for: principal, at: desk.clock.now()) { name in
                name == .department || name == .town ? call.query.text(name.rawValue) : nil
            }
        } catch {
            throw .invalidParameter(error.parameter.rawValue, mustBe: error.parameter.form)
        }
        guard !filter.isWithoutTown else { throw .invalidParameter("town", mustBe: TownCode.textForm) }
        if let town = sight.town { filter.town = town }
        return (filter.owner, filter.town)
    }

    private func day(_ name: String, _ call: APICall) throws(ProblemDetails) -> CivilDay? {
        try call.query.value(name, as: CivilDay.self, form: "a date that exists such as 2026-11-20")
    }
}

struct RatesAnswer: Codable {
    let now: Instant
    let position: Position
    let rule: DeadlineRuleID
    let from: CivilDay
    let through: CivilDay
    let total: OutcomeEntry
    let departments: [DepartmentOutcome]
    /// Working days used by those closed.
    let closedDays: Percentiles
    /// The same with those still open at their present age, a lower bound.
    let closedAndOpenDays: Percentiles
    /// Standing still without a due date: outside every period until resumed.
    let withoutDueDate: Int
    /// Calendar days from application on, of the cases that exited in the period.
    let exits: Int
    let applicationToExit: Percentiles
    /// To the first payment or service.
    let applicationToFirstHelp: Percentiles
    let exitsWithoutHelp: Int

    init(_ rates: BoardRates, _ question: RateQuestion, at now: Instant) {
        self.now = now
        position = rates.position
        rule = question.rule
        from = question.from
        through = question.through
        total = OutcomeEntry(rates.total)
        departments = rates.departments.map {
            DepartmentOutcome(department: $0.owner, outcome: OutcomeEntry($0.outcome))
        }
        closedDays = rates.closedDays
        closedAndOpenDays = rates.allDays
        withoutDueDate = rates.withoutDueDate
        exits = rates.way.exits
        applicationToExit = rates.way.toExit
        applicationToFirstHelp = rates.way.toHelp
        exitsWithoutHelp = rates.way.withoutHelp
    }
}

/// One department of a cohort; without one the centre's.
struct DepartmentOutcome: Codable {
    let department: DepartmentCode?
    let outcome: OutcomeEntry
}

/// How a cohort came out; the rate in thousandths, since JSON here has whole numbers only.
struct OutcomeEntry: Codable {
    let met: Int
    let metLate: Int
    let openOverdue: Int
    let openInTime: Int
    let paused: Int
    let extended: Int
    /// Met by what was entered more than two working days after it happened.
    let lateRecords: Int
    /// Nothing while nothing is judged.
    let onTimePerMille: Int?
    /// Whether it may be ranked: above ten closed in the period.
    let ranked: Bool

    init(_ outcome: CohortOutcome) {
        met = outcome.met
        metLate = outcome.metLate
        openOverdue = outcome.openOverdue
        openInTime = outcome.openInTime
        paused = outcome.paused
        extended = outcome.extended
        lateRecords = outcome.lateRecords
        onTimePerMille = outcome.rate.map { Int(($0 * 1000).rounded()) }
        ranked = outcome.isRanked
    }
}

struct TrendAnswer: Codable {
    let now: Instant
    let position: Position
    let days: [TrendDay]
}
