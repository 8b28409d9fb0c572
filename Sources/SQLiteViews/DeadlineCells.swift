import CaseViews
import EventSourcing
import FoundationEssentials
import GRDB
import RuleBook
import WorkingCalendar

/// Writes deadlines and, with them, how many open ones there are of each kind per instant: the board's counts then add
/// up a few thousand cells at any instant, with no job at midnight and no scan.
struct DeadlineCells {
    private let db: Database

    init(_ db: Database) {
        self.db = db
    }

    /// Writes one deadline and moves it from its old cell to its new one.
    func put(_ row: DeadlineRow, holder: EventTag) throws {
        let old = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT owner, town, rule, promise, provisional, paused, due_key, warn_key FROM deadline
                    WHERE id = ? AND is_open = 1
                    """), arguments: [row.id.description])
        if let old { try change(Array(old.databaseValues), by: -1) }
        let cell: [DatabaseValue] = [
            (row.owner?.description ?? "").databaseValue, (row.town?.description ?? "").databaseValue,
            row.id.rule.description.databaseValue, row.isPromise.databaseValue, row.isProvisional.databaseValue,
            Self.standing(of: row).databaseValue, BoardKey(of: row).dueAt.milliseconds.databaseValue,
            ((row.bound == .floor ? row.dueAt : row.warnAt)?.milliseconds ?? ViewSchema.never).databaseValue,
        ]
        if row.isOpen { try change(cell, by: 1) }
        try db.cachedStatement(
            sql: """
                INSERT INTO deadline(owner, town, rule, promise, provisional, paused, due_key, warn_key,
                  id, holder, case_id, started, is_open, ended, item, due_day, body)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT(id) DO UPDATE SET owner = excluded.owner, town = excluded.town, rule = excluded.rule,
                  promise = excluded.promise, provisional = excluded.provisional, paused = excluded.paused,
                  due_key = excluded.due_key, warn_key = excluded.warn_key, case_id = excluded.case_id,
                  is_open = excluded.is_open, ended = excluded.ended, item = excluded.item,
                  due_day = excluded.due_day, body = excluded.body
                """
        ).execute(
            arguments: StatementArguments(cell)
                + [
                    row.id.description, holder.description, row.caseID?.blob, row.started.position.column, row.isOpen,
                    row.endedState, row.policyItem?.description, row.dueDay?.description, try EventJSON.encode(row),
                ])
    }

    /// What the column `paused` holds: 0 while it runs, 1 while it stands still, 2 for a floor, whose `warn_key` is the
    /// instant from which on it is free.
    private static func standing(of row: DeadlineRow) -> Int {
        row.bound == .floor ? 2 : row.isPaused ? 1 : 0
    }

    private func change(_ cell: [DatabaseValue], by difference: Int) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO deadline_cell(owner, town, rule, promise, provisional, paused, due_key, warn_key, n)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT(owner, town, rule, promise, provisional, paused, due_key, warn_key)
                DO UPDATE SET n = n + excluded.n
                """
        ).execute(arguments: StatementArguments(cell) + [difference])
        guard difference < 0 else { return }
        try db.cachedStatement(
            sql: """
                DELETE FROM deadline_cell WHERE owner = ? AND town = ? AND rule = ? AND promise = ? AND provisional = ?
                  AND paused = ? AND due_key = ? AND warn_key = ? AND n = 0
                """
        ).execute(arguments: StatementArguments(cell))
    }
}
