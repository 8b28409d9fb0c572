import EventSourcing
import GRDB

/// Holds the file to what the log made it: its schema with the guards, and the order of its pages.
struct FileAudit: Sendable {
    private let reader: SQLiteLogReader
    private let layout: Int64

    /// - Parameter layout: The layout of the log's indexes.
    init(reader: SQLiteLogReader, layout: Int64) {
        self.reader = reader
        self.layout = layout
    }

    func finding() async throws(EventLogError) -> LogVerification.Finding? {
        let layout = layout
        let strange = try await reader.read { snapshot in
            try Self.statements(in: snapshot.db).symmetricDifference(Self.expected(layout: layout)).min()
        }
        if let strange {
            return .init(.schema, at: nil, detail: "this is not as it was made: \(strange.prefix(60))")
        }
        // It reads the whole file in one transaction, which beside a server would keep its write-ahead log from being
        // begun again.
        guard reader.isAtRest else { return nil }
        let said = try await reader.read { try $0.db.first("PRAGMA integrity_check(1)")?.text(0) }
        return said == "ok" ? nil : .init(.structure, at: nil, detail: said ?? "SQLite says nothing")
    }

    /// The schema of a new log of that layout, read back from SQLite.
    private static func expected(layout: Int64) throws -> Set<String> {
        let queue = try DatabaseQueue()
        return try queue.write { db in
            try db.execute(sql: LogSchema.tables)
            if layout == 1 {
                try db.execute(sql: LogSchema.firstLayout)
            } else {
                try db.execute(sql: LogSchema.derivedTables)
                try db.execute(sql: LogSchema.derivedGuards)
            }
            try db.execute(sql: LogSchema.guards)
            return try statements(in: db)
        }
    }

    private static func statements(in db: Database) throws -> Set<String> {
        var statements: Set<String> = []
        // Quoted, because that table is not strict: a name that became a blob of the same bytes would read alike.
        let rows = try db.rows("SELECT quote(type), quote(name), quote(tbl_name), quote(sql) FROM sqlite_master")
        while let row = try rows.next().map(StoredRow.init) {
            statements.insert("\(try row.text(0)) \(try row.text(1)) \(try row.text(2)): \(try row.text(3))")
        }
        return statements
    }
}
