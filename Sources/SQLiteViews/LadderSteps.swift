package import CaseViews
package import EventSourcing
import FoundationEssentials
import GRDB

/// Writes when each deadline reaches the next rung of its ladder, so that a look reads only what has been reached.
struct LadderSteps {
    private let db: Database

    init(_ db: Database) {
        self.db = db
    }

    /// Writes the next rung of a deadline, or that there is none.
    func put(_ row: DeadlineRow) throws {
        guard let next = row.nextCrossing else {
            try db.cachedStatement(sql: "DELETE FROM ladder_step WHERE id = ?").execute(arguments: [row.id.description])
            return
        }
        try db.cachedStatement(
            sql: "INSERT INTO ladder_step(id, at) VALUES (?, ?) ON CONFLICT(id) DO UPDATE SET at = excluded.at"
        ).execute(arguments: [row.id.description, next.at.milliseconds])
    }
}

extension SQLiteViews {
    package func deadlinesOnNextRung(by now: Instant, limit: Int) async throws(ViewStoreError) -> [DeadlineRow] {
        try await read { db in
            try Data.fetchAll(
                db,
                sql: """
                    SELECT deadline.body FROM ladder_step JOIN deadline USING (id)
                    WHERE ladder_step.at <= ? ORDER BY ladder_step.at, ladder_step.id LIMIT ?
                    """, arguments: [now.milliseconds, limit]
            ).map { try EventJSON.decode(DeadlineRow.self, from: $0) }
        }
    }
}
