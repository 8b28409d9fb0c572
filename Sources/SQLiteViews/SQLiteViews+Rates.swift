package import CaseViews
import Deadlines
package import EventSourcing
import FoundationEssentials
import GRDB
package import RuleBook
package import WorkingCalendar

extension SQLiteViews {
    package func rates(
        _ question: RateQuestion, at now: Instant, rules: RuleBook
    ) async throws(ViewStoreError) -> BoardRates {
        let reading = RateReading(question, at: now, rules: rules)
        return try await read { db in try reading.rates(db, at: Self.position(db)) }
    }

    package func trend(
        of owner: BoardFilter.Owner?, in town: TownCode?, workingDays: Int, at now: Instant, calendar: WorkingCalendar
    ) async throws(ViewStoreError) -> BoardTrend {
        precondition((1...250).contains(workingDays), "a trend has 1 to 250 working days")
        let reading = TrendReading(owner, town, workingDays, at: now, calendar)
        return try await read { db in BoardTrend(days: try reading.days(db), position: try Self.position(db)) }
    }
}

/// Reads a rate from the cells of its cohort: closed ones by how they ended, open ones by their due instant.
private struct RateReading {
    private let question: RateQuestion
    private let now: Instant
    private let rules: RuleBook

    init(_ question: RateQuestion, at now: Instant, rules: RuleBook) {
        self.question = question
        self.now = now
        self.rules = rules
    }

    func rates(_ db: Database, at position: Position) throws -> BoardRates {
        var outcomes: [String: CohortOutcome] = [:]
        for table in ["open_cell", "closed_cell"] {
            let conditions = cohort
            let cells = try Row.fetchCursor(
                db,
                sql: """
                    SELECT owner, standing, due_key <= \(now.milliseconds), flags, SUM(n) FROM \(table)
                    INDEXED BY \(table)_rule \(conditions.clause) GROUP BY 1, 2, 3, 4
                    """, arguments: conditions.arguments)
            while let cell = try cells.next() {
                Self.add(
                    cell[4], DeadlineColumns.Standing(rawValue: cell[1]), isDue: cell[2], flags: cell[3],
                    to: &outcomes[cell[0], default: CohortOutcome()])
            }
        }
        let closed = try closedDays(db)
        let open = try openDays(db)
        return BoardRates(
            departments: outcomes.filter { $0.value != CohortOutcome() }.sorted { $0.key < $1.key }
                .map { BoardRates.Line(owner: DepartmentCode($0.key), outcome: $0.value) },
            closedDays: Percentiles(closed), allDays: Percentiles(closed.merging(open, uniquingKeysWith: +)),
            withoutDueDate: try withoutDueDate(db), way: try way(db), position: position)
    }

    private static func add(
        _ count: Int, _ standing: DeadlineColumns.Standing, isDue: Bool, flags: Int, to outcome: inout CohortOutcome
    ) {
        switch standing {
        case .met: outcome.met += count
        case .metLate: outcome.metLate += count
        // Withdrawn, returned or out of scope: no cohort has it. A floor is nobody's duty.
        case .cancelled, .floor: return
        default:
            if isDue { outcome.openOverdue += count } else { outcome.openInTime += count }
        }
        let flags = DeadlineColumns.Flags(rawValue: flags)
        if flags.contains(.wasPaused) { outcome.paused += count }
        if flags.contains(.wasExtended) { outcome.extended += count }
        if flags.contains(.lateRecord) { outcome.lateRecords += count }
    }

    /// The clock, the period and whose, in columns that cells, tallies and rows share.
    private var cohort: SQLConditions {
        var conditions = SQLConditions()
        conditions.addColumns(of: filter)
        return conditions
    }

    private var filter: BoardFilter {
        BoardFilter(
            owner: question.owner, rule: question.rule, town: question.town, dueFrom: question.from,
            dueThrough: question.through)
    }

    private func closedDays(_ db: Database) throws -> [Int: Int] {
        let conditions = cohort
        return try Self.histogram(
            db, "SELECT used, SUM(n) FROM deadline_used \(conditions.clause) GROUP BY used", conditions.arguments)
    }

    private static func histogram(
        _ db: Database, _ sql: String, _ arguments: StatementArguments
    ) throws -> [Int: Int] {
        var counts: [Int: Int] = [:]
        let rows = try Row.fetchCursor(db, sql: sql, arguments: arguments)
        while let row = try rows.next() { counts[row[0], default: 0] += row[1] }
        return counts
    }

    /// How old the open ones of the cohort are in working days; only those with pauses need more than their first day.
    private func openDays(_ db: Database) throws -> [Int: Int] {
        guard let calendar = rules.calendar else { return [:] }
        let today = CivilDay(containing: now.milliseconds)
        var conditions = cohort
        conditions.add("standing = 0")
        let cells = "SELECT cell FROM open_cell INDEXED BY open_cell_rule \(conditions.clause)"
        var counts: [Int: Int] = [:]
        let plain = try Row.fetchCursor(
            db,
            sql: """
                SELECT started_day, COUNT(*) FROM deadline INDEXED BY deadline_cell
                WHERE cell IN (\(cells) AND flags & 16 = 0) GROUP BY started_day
                """, arguments: conditions.arguments)
        while let row = try plain.next() {
            let used = calendar.workingDays(after: CivilDay(number: row[0]), through: today)
            counts[used, default: 0] += row[1]
        }
        let paused = try Data.fetchCursor(
            db,
            sql: """
                SELECT body FROM deadline INDEXED BY deadline_cell WHERE cell IN (\(cells) AND flags & 16 <> 0)
                """, arguments: conditions.arguments)
        while let body = try paused.next() {
            let row = try EventJSON.decode(DeadlineRow.self, from: body)
            guard let due = try? row.evaluate(by: rules) else { continue }
            counts[due.workingDaysUsed(through: today), default: 0] += 1
        }
        return counts
    }

    private func withoutDueDate(_ db: Database) throws -> Int {
        var conditions = SQLConditions()
        conditions.addColumns(of: BoardFilter(owner: question.owner, rule: question.rule, town: question.town))
        conditions.add("due_key >= ?", BoardKey.firstPaused.milliseconds)
        conditions.add("standing <> 1")
        return try Int.fetchOne(
            db, sql: "SELECT TOTAL(n) FROM open_cell INDEXED BY open_cell_rule \(conditions.clause)",
            arguments: conditions.arguments) ?? 0
    }

    /// The cases that exited in the period, from their application on.
    private func way(_ db: Database) throws -> BoardRates.Way {
        var conditions = SQLConditions()
        conditions.add(
            "exited_day >= ? AND exited_day <= ? AND submitted_day IS NOT NULL", question.from.number,
            question.through.number)
        if let town = question.town { conditions.add("town = ?", town.description) }
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT submitted_day, exited_day, helped_day FROM case_file INDEXED BY case_by_exit \(conditions.clause)
                """, arguments: conditions.arguments)
        var exits = 0
        var toExit: [Int: Int] = [:]
        var toHelp: [Int: Int] = [:]
        while let row = try rows.next() {
            let submitted: Int = row[0]
            exits += 1
            toExit[(row[1] as Int) - submitted, default: 0] += 1
            if let helped: Int = row[2] { toHelp[max(0, helped - submitted), default: 0] += 1 }
        }
        return BoardRates.Way(exits: exits, toExit: Percentiles(toExit), toHelp: Percentiles(toHelp))
    }
}

/// Reads the trend backwards from today: every late one that has ended came and went, so nothing before matters.
private struct TrendReading {
    private let owner: BoardFilter.Owner?
    private let town: TownCode?
    private let now: Instant
    private let calendar: WorkingCalendar
    private let first: CivilDay

    init(
        _ owner: BoardFilter.Owner?, _ town: TownCode?, _ workingDays: Int, at now: Instant,
        _ calendar: WorkingCalendar
    ) {
        self.owner = owner
        self.town = town
        self.now = now
        self.calendar = calendar
        var day = CivilDay(containing: now.milliseconds)
        var left = workingDays - (calendar.isWorkingDay(day) ? 1 : 0)
        // Four calendar days to a working day are more than any holiday takes; outside the calendar none works.
        for _ in 0..<(workingDays * 4) where left > 0 {
            day = day.previous
            if calendar.isWorkingDay(day) { left -= 1 }
        }
        first = day
    }

    func days(_ db: Database) throws -> [TrendDay] {
        let today = CivilDay(containing: now.milliseconds)
        let counts = try counts(db)
        let due = try openByDueDay(db)
        var ended = 0
        var openOverdue = due.reduce(0) { $0 + $1.value }
        var days: [TrendDay] = []
        for number in (first.number...today.number).reversed() {
            let day = CivilDay(number: number)
            let count = counts[number] ?? (0, 0, 0)
            days.append(
                TrendDay(
                    day: day, isWorkingDay: calendar.isWorkingDay(day), opened: count.opened, closed: count.closed,
                    overdueAtEnd: openOverdue + ended))
            // The day before had those neither that became overdue on this one nor those this one's end let go.
            openOverdue -= due[number] ?? 0
            ended -= count.late
        }
        return days.reversed()
    }

    private func counts(_ db: Database) throws -> [Int: (opened: Int, closed: Int, late: Int)] {
        var conditions = SQLConditions()
        conditions.addColumns(of: BoardFilter(owner: owner, town: town))
        conditions.add("day >= ?", first.number)
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT day, SUM(opened), SUM(closed), SUM(late) FROM deadline_day INDEXED BY deadline_by_day
                \(conditions.clause) GROUP BY day
                """, arguments: conditions.arguments)
        var counts: [Int: (opened: Int, closed: Int, late: Int)] = [:]
        while let row = try rows.next() { counts[row[0]] = (row[1], row[2], row[3]) }
        return counts
    }

    /// What is open and due by the end of today, by the civil day that ends with the due instant.
    private func openByDueDay(_ db: Database) throws -> [Int: Int] {
        var conditions = SQLConditions()
        conditions.add("due_key <= ?", CivilDay(containing: now.milliseconds).endMilliseconds)
        let source: String
        if owner != nil, town != nil {
            conditions.addColumns(of: BoardFilter(owner: owner, town: town))
            source = "open_cell INDEXED BY open_cell_town"
        } else {
            source = "deadline_tally"
            conditions.add("side = \(town == nil ? 0 : 1)")
            switch owner {
            case .centre: conditions.add("code = ''")
            case .department(let code): conditions.add("code = ?", code.description)
            case nil: if let town { conditions.add("code = ?", town.description) }
            }
        }
        let rows = try Row.fetchCursor(
            db, sql: "SELECT due_key, SUM(n) FROM \(source) \(conditions.clause) GROUP BY due_key",
            arguments: conditions.arguments)
        var counts: [Int: Int] = [:]
        while let row = try rows.next() {
            counts[CivilDay(containing: (row[0] as Int64) - 1).number, default: 0] += row[1]
        }
        return counts
    }
}
