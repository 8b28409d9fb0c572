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
        return try await read { db in
            let found =
                filter.sort == .due
                ? try BoardQuery(filter, at: now, after: after, limit: limit).rows(db)
                : try BoardGroups(filter: filter, now: now, after: after, limit: limit).rows(db)
            let page = try found.prefix(limit).map { try EventJSON.decode(DeadlineRow.self, from: $0.body) }
            return BoardPage(
                rows: page, next: found.count > limit ? page.last.map { BoardKey(of: $0, on: filter, at: now) } : nil,
                position: try Self.position(db))
        }
    }

    package func counts(_ filter: BoardFilter, at now: Instant) async throws(ViewStoreError) -> BoardCounts {
        let counting = BoardCounting(filter.inAllStates, at: now)
        return try await read { db in try counting.counts(db, at: Self.position(db)) }
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
