import CaseViews
import Casework
import Deadlines
import EventSourcing
import FoundationEssentials
import GRDB
import RuleBook
import WorkingCalendar

/// Writes deadlines and, with them, how many there are of each kind per instant: pages follow the cells, and counts add
/// up a few thousand of them at any instant, with no job at midnight and no scan of the rows.
///
/// What changes in the cells is added up here and written once, when the page of events is complete.
struct DeadlineCells {
    private let db: Database
    private let rules: RuleBook
    private var cells: [DeadlineColumns: Int] = [:]
    private var tallies: [Tally: Int] = [:]
    private var days: [DayOfBody: DayCount] = [:]
    private var used: [UsedDays: Int] = [:]

    /// Open deadlines of one department, or of one town, alike in what a light is computed from.
    private struct Tally: Hashable {
        let side: Int
        let code: String
        let due: Int64
        let warn: Int64
        let standing: Int
        let isProvisional: Bool
    }

    private struct DayOfBody: Hashable {
        let owner: String
        let town: String
        let day: Int
    }

    /// What one day brought: `late` is how many more ended ones were overdue at its end than at the end before.
    private struct DayCount {
        var opened = 0
        var closed = 0
        var late = 0
    }

    /// Closed deadlines that took equally long.
    private struct UsedDays: Hashable {
        let rule: String
        let due: Int64
        let owner: String
        let town: String
        let days: Int
    }

    init(_ db: Database, _ rules: RuleBook) {
        self.db = db
        self.rules = rules
    }

    // MARK: Rows

    /// What a deadline adds to cells and days.
    private struct Share {
        let columns: DeadlineColumns
        let startedDay: Int
        /// Nothing while it is open.
        let endedDay: Int?
        let used: Int?
    }

    /// Writes one deadline and moves it from its old cell to its new one.
    mutating func put(_ row: DeadlineRow, holder: EventTag) throws {
        let old = try Row.fetchOne(
            db.cachedStatement(
                sql: "SELECT \(DeadlineColumns.names), started_day, ended_day, used FROM deadline WHERE id = ?"),
            arguments: [row.id.description])
        if let old {
            count(Share(columns: DeadlineColumns(old), startedDay: old[8], endedDay: old[9], used: old[10]), by: -1)
        }
        let columns = DeadlineColumns(row)
        let new = Share(
            columns: columns, startedDay: CivilDay(containing: row.started.occurredAt.milliseconds).number,
            endedDay: row.endedDay?.number, used: usedDays(of: row))
        count(new, by: 1)
        try db.cachedStatement(sql: Self.statement).execute(
            arguments: StatementArguments(columns.values)
                + [
                    columns.cell, row.id.description, holder.description, row.caseID?.blob,
                    row.started.position.column, columns.isOpen, row.policyItem?.description,
                    row.handler?.description, row.channel?.rawValue, row.crossed.last?.level.rawValue, new.startedDay,
                    new.endedDay, new.used,
                    try EventJSON.encode(row),
                ])
    }

    private static let statement = """
        INSERT INTO deadline(\(DeadlineColumns.names), cell, id, holder, case_id, started, is_open, item, handler,
          channel, level, started_day, ended_day, used, body)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT(id) DO UPDATE SET due_key = excluded.due_key, warn_key = excluded.warn_key, owner = excluded.owner,
          town = excluded.town, standing = excluded.standing, flags = excluded.flags, cell = excluded.cell,
          case_id = excluded.case_id, is_open = excluded.is_open, item = excluded.item, handler = excluded.handler,
          channel = excluded.channel, level = excluded.level, ended_day = excluded.ended_day, used = excluded.used,
          body = excluded.body
        """

    /// Working days a closed deadline took, pauses taken out; what was cancelled took none of anybody's.
    private func usedDays(of row: DeadlineRow) -> Int? {
        guard case .stopped = row.ending, let end = row.endedDay else { return nil }
        return (try? row.evaluate(by: rules))?.workingDaysUsed(through: end)
    }

    // MARK: Counts

    private mutating func count(_ share: Share, by difference: Int) {
        let columns = share.columns
        cells[columns, default: 0] += difference
        if columns.isOpen {
            for (side, code) in [columns.owner, columns.town].enumerated() {
                let tally = Tally(
                    side: side, code: code, due: columns.due, warn: columns.warn, standing: columns.standing.rawValue,
                    isProvisional: columns.flags.contains(.provisional))
                tallies[tally, default: 0] += difference
            }
        }
        func change(_ day: Int, _ change: (inout DayCount) -> Void) {
            change(&days[DayOfBody(owner: columns.owner, town: columns.town, day: day), default: DayCount()])
        }
        change(share.startedDay) { $0.opened += difference }
        guard let ended = share.endedDay else { return }
        change(ended) { $0.closed += difference }
        // Due instants are the first too late: midnight belongs to the day that ends with it.
        let due = columns.due == ViewSchema.never ? Int.max : CivilDay(containing: columns.due - 1).number
        if due < ended {
            change(due) { $0.late += difference }
            change(ended) { $0.late -= difference }
        }
        if let days = share.used {
            used[
                UsedDays(rule: columns.rule, due: columns.due, owner: columns.owner, town: columns.town, days: days),
                default: 0] += difference
        }
    }

    /// Writes what has been added up, in the order of the tables.
    func finish() throws {
        let changed = cells.filter { $0.value != 0 }.map { (cell: $0.key.cell, columns: $0.key, difference: $0.value) }
        for change in changed.sorted(by: { $0.cell < $1.cell }) {
            try write(change.cell, change.columns, change.difference)
        }
        try writeTallies()
        for (key, count) in days where count.opened != 0 || count.closed != 0 || count.late != 0 {
            try db.cachedStatement(
                sql: """
                    INSERT INTO deadline_day(owner, town, day, opened, closed, late) VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT(owner, town, day) DO UPDATE SET opened = opened + excluded.opened,
                      closed = closed + excluded.closed, late = late + excluded.late
                    """
            ).execute(arguments: [key.owner, key.town, key.day, count.opened, count.closed, count.late])
            try db.cachedStatement(
                sql: """
                    DELETE FROM deadline_day WHERE owner = ? AND town = ? AND day = ? AND opened = 0 AND closed = 0
                      AND late = 0
                    """
            ).execute(arguments: [key.owner, key.town, key.day])
        }
        for (key, difference) in used where difference != 0 {
            try db.cachedStatement(
                sql: """
                    INSERT INTO deadline_used(rule, due_key, owner, town, used, n) VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT(rule, due_key, owner, town, used) DO UPDATE SET n = n + excluded.n
                    """
            ).execute(arguments: [key.rule, key.due, key.owner, key.town, key.days, difference])
            guard difference < 0 else { continue }
            try db.cachedStatement(
                sql: """
                    DELETE FROM deadline_used WHERE rule = ? AND due_key = ? AND owner = ? AND town = ? AND used = ?
                      AND n = 0
                    """
            ).execute(arguments: [key.rule, key.due, key.owner, key.town, key.days])
        }
    }

    private func write(_ cell: Int64, _ columns: DeadlineColumns, _ difference: Int) throws {
        let table = columns.isOpen ? "open_cell" : "closed_cell"
        try db.cachedStatement(
            sql: """
                UPDATE \(table) SET n = n + ? WHERE cell = ? AND (\(DeadlineColumns.names)) = (?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: StatementArguments([difference.databaseValue, cell.databaseValue] + columns.values))
        if db.changesCount == 0 {
            try db.cachedStatement(
                sql: """
                    INSERT INTO \(table)(cell, n, \(DeadlineColumns.names)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """
            ).execute(arguments: StatementArguments([cell.databaseValue, difference.databaseValue] + columns.values))
        } else if difference < 0 {
            try db.cachedStatement(sql: "DELETE FROM \(table) WHERE cell = ? AND n = 0").execute(arguments: [cell])
        }
    }

    private func writeTallies() throws {
        for (key, difference) in tallies where difference != 0 {
            let values: [DatabaseValue] = [
                key.side.databaseValue, key.code.databaseValue, key.due.databaseValue, key.warn.databaseValue,
                key.standing.databaseValue, key.isProvisional.databaseValue,
            ]
            try db.cachedStatement(
                sql: """
                    INSERT INTO deadline_tally(side, code, due_key, warn_key, standing, provisional, n)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT(side, code, due_key, warn_key, standing, provisional) DO UPDATE SET n = n + excluded.n
                    """
            ).execute(arguments: StatementArguments(values + [difference.databaseValue]))
            guard difference < 0 else { continue }
            try db.cachedStatement(
                sql: """
                    DELETE FROM deadline_tally WHERE side = ? AND code = ? AND due_key = ? AND warn_key = ?
                      AND standing = ? AND provisional = ? AND n = 0
                    """
            ).execute(arguments: StatementArguments(values))
        }
    }
}
