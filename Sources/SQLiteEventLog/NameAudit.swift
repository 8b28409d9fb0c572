import EventSourcing
import GRDB

/// Holds the names of tags, types and feeds to their look-up: whoever asks by name must get the row that has it.
///
/// A name that is not found would let an append condition pass that should not.
struct NameAudit: Sendable {
    private static let pageSize: Int64 = 5000
    private static let tables = ["event_type", "feed", "tag"]

    private let reader: SQLiteLogReader

    init(reader: SQLiteLogReader) {
        self.reader = reader
    }

    func finding() async throws(EventLogError) -> LogVerification.Finding? {
        for table in Self.tables {
            var reached: Int64 = 0
            while true {
                let after = reached
                let page = try await reader.read { try Self.page(of: table, after: after, in: $0.db) }
                if let lost = page.lost {
                    return .init(.index, at: nil, detail: "row \(lost) of \(table) is not found by its name")
                }
                guard let last = page.last else { break }
                reached = last
            }
        }
        return nil
    }

    /// - Returns: The last id of the page, and the first that is not found; no last one when there are no more rows.
    private static func page(of table: String, after: Int64, in db: Database) throws -> (last: Int64?, lost: Int64?) {
        let rows = try PreparedStatement(db, "SELECT id FROM \(table) WHERE id > ? ORDER BY id LIMIT ?")
        try rows.bind(1, after)
        try rows.bind(2, pageSize)
        defer { rows.reset() }
        // Down both trees: by id to the name, and by the name to the id.
        let found = try PreparedStatement(
            db, "SELECT i.id FROM \(table) t JOIN \(table) i ON i.name = t.name WHERE t.id = ?")
        defer { found.reset() }
        var last: Int64?
        while try rows.step() {
            let id = try rows.integer(0)
            guard id > last ?? after else { return (last, id) }
            try found.bind(1, id)
            guard try found.step(), try found.integer(0) == id else { return (id, id) }
            found.reset()
            last = id
        }
        return (last, nil)
    }
}
