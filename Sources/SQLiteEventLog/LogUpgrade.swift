import GRDB

/// Brings the derived indexes of an older log to the layout of this program; what is hashed is never touched.
struct LogUpgrade {
    private let db: Database

    init(_ db: Database) {
        self.db = db
    }

    /// Runs in one transaction, so that a log is of the old layout or of the new one.
    ///
    /// - Complexity: O(*n* log *n*) in the events, once in the life of a log.
    func run() throws {
        guard try IndexMark.read(db).layout == 1 else { return }
        try db.inTransaction(.immediate) {
            try db.execute(sql: "DROP INDEX event_by_type")
            try db.execute(sql: LogSchema.derivedTables)
            try db.execute(
                sql: """
                    INSERT INTO event_by_type(type_id, position) SELECT type_id, position FROM event
                      ORDER BY type_id, position;
                    INSERT INTO index_mark(one, layout, position)
                      SELECT 1, \(IndexMark.layout), coalesce(max(position), 0) FROM event;
                    """)
            try db.execute(sql: LogSchema.derivedGuards)
            return .commit
        }
    }
}
