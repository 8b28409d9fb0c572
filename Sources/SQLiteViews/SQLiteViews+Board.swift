package import CaseViews
import Deadlines
package import EventSourcing
import FoundationEssentials
import GRDB
import RuleBook
import WorkingCalendar

extension SQLiteViews {
    package func board(
        _ filter: BoardFilter, at now: Instant, after: BoardKey?, limit: Int
    ) async throws(ViewStoreError) -> BoardPage {
        precondition((1...500).contains(limit), "a page has 1 to 500 rows")
        let query = BoardQuery(filter, at: now, after: after, limit: limit)
        return try await read { db in
            var rows: [DeadlineRow] = []
            // One query for what is open and one for what has ended, each along its own index.
            for part in query.parts {
                let bodies = try Data.fetchAll(db, sql: part.sql, arguments: part.arguments)
                rows += try bodies.map { try EventJSON.decode(DeadlineRow.self, from: $0) }
            }
            if query.parts.count > 1 { rows.sort { BoardKey(of: $0) < BoardKey(of: $1) } }
            let page = Array(rows.prefix(limit))
            let isLast = rows.count <= limit
            return BoardPage(
                rows: page, next: isLast ? nil : page.last.map(BoardKey.init(of:)), position: try Self.position(db))
        }
    }

    package func counts(_ filter: BoardFilter, at now: Instant) async throws(ViewStoreError) -> [BoardCount] {
        var conditions = SQLConditions()
        conditions.add(owner: filter.owner)
        if let rule = filter.rule { conditions.add("rule = ?", rule.description) }
        if let town = filter.town { conditions.add("town = ?", town.description) }
        if let isPromise = filter.isPromise { conditions.add("promise = ?", isPromise) }
        if let isProvisional = filter.isProvisional { conditions.add("provisional = ?", isProvisional) }
        // The cells know no cases: whoever does not see all of them has what is open counted one by one.
        let isWhole = filter.keepers.isEmpty && filter.hiddenPeople.isEmpty && !filter.onlyBeforeMeeting
        conditions.addSight(filter.keepers, hiding: filter.hiddenPeople)
        conditions.add(onlyBeforeMeeting: filter.onlyBeforeMeeting)
        if !isWhole { conditions.add("is_open = 1") }
        let source = isWhole ? "deadline_cell" : "(SELECT *, 1 AS n FROM deadline)"
        let sql = """
            SELECT owner, town,
              SUM(CASE WHEN due_key <= :now THEN n ELSE 0 END) AS overdue,
              SUM(CASE WHEN due_key > :now AND warn_key <= :now AND paused < 2 THEN n ELSE 0 END) AS soon,
              SUM(CASE WHEN due_key > :now AND warn_key > :now AND paused = 0 THEN n ELSE 0 END) AS calm,
              SUM(CASE WHEN due_key > :now AND paused = 1 THEN n ELSE 0 END) AS paused,
              SUM(CASE WHEN provisional = 1 THEN n ELSE 0 END) AS provisional
            FROM \(source) \(conditions.clause) GROUP BY owner, town ORDER BY owner, town
            """.replacing(":now", with: String(now.milliseconds))
        let arguments = conditions.arguments
        return try await read { db in
            try Row.fetchAll(db, sql: sql, arguments: arguments).map { row in
                BoardCount(
                    owner: DepartmentCode(row["owner"] as String), town: TownCode(row["town"] as String),
                    overdue: row["overdue"], dueSoon: row["soon"], onTime: row["calm"], paused: row["paused"],
                    provisional: row["provisional"])
            }
        }
    }

    package func deadline(_ id: DeadlineID) async throws(ViewStoreError) -> DeadlineRow? {
        try await read { db in
            try Data.fetchOne(db, sql: "SELECT body FROM deadline WHERE id = ?", arguments: [id.description])
                .map { try EventJSON.decode(DeadlineRow.self, from: $0) }
        }
    }

    package func deadlines(of caseID: CaseID) async throws(ViewStoreError) -> [DeadlineRow] {
        try await read { db in
            try Data.fetchAll(
                db, sql: "SELECT body FROM deadline WHERE case_id = ? ORDER BY started, id", arguments: [caseID.blob]
            ).map { try EventJSON.decode(DeadlineRow.self, from: $0) }
        }
    }
}
