package import CaseViews
package import EventSourcing
import FoundationEssentials
import GRDB

extension SQLiteViews {
    package func meeting(_ id: MeetingID) async throws(ViewStoreError) -> MeetingRow? {
        try await read { db in
            try Data.fetchOne(db, sql: "SELECT body FROM meeting WHERE meeting = ?", arguments: [id.blob])
                .map { try EventJSON.decode(MeetingRow.self, from: $0) }
        }
    }

    package func meetings(
        _ filter: MeetingFilter, after: Position?, limit: Int
    ) async throws(ViewStoreError) -> MeetingPage {
        precondition((1...500).contains(limit), "a page has 1 to 500 rows")
        var conditions = SQLConditions()
        if !filter.states.isEmpty {
            let states = filter.states.map { "'\($0.rawValue)'" }.sorted().joined(separator: ",")
            conditions.add("state IN (\(states))")
        }
        if let caseID = filter.caseID {
            conditions.add("meeting IN (SELECT meeting FROM meeting_case WHERE case_id = ?)", caseID.blob)
        }
        if let after { conditions.add("begun < ?", after.column) }
        let sql = "SELECT body FROM meeting \(conditions.clause) ORDER BY begun DESC LIMIT \(limit + 1)"
        let arguments = conditions.arguments
        return try await read { db in
            let rows = try Data.fetchAll(db, sql: sql, arguments: arguments)
                .map { try EventJSON.decode(MeetingRow.self, from: $0) }
            let page = Array(rows.prefix(limit))
            return MeetingPage(
                rows: page, next: rows.count > limit ? page.last?.begun.position : nil,
                position: try Self.position(db))
        }
    }
}
