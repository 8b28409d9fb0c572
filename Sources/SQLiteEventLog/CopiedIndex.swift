import GRDB

/// The rows of the derived indexes that copied events give, written sorted: an index lags behind its log, a copy's must
/// not.
struct CopiedIndex: Sendable {
    /// A row of either index, for the tables' order.
    private struct Entry: Comparable, Sendable {
        let key: UInt32
        let position: Int64
        let type: UInt32

        static func < (left: Self, right: Self) -> Bool {
            left.key == right.key ? left.position < right.position : left.key < right.key
        }
    }

    /// About 2 MB; more would hardly make the writes more local.
    private static let bound = 131_072

    private var tags: [Entry] = []
    private var types: [Entry] = []

    /// Whether enough waits to be worth sorting.
    var isDue: Bool { tags.count + types.count >= Self.bound }

    mutating func take(position: Int64, type: UInt32, tags: [UInt32]) {
        for tag in tags { self.tags.append(Entry(key: tag, position: position, type: type)) }
        types.append(Entry(key: type, position: position, type: type))
    }

    /// Writes what waits.
    mutating func flush(_ db: Database) throws {
        tags.sort()
        types.sort()
        let tagRow = try PreparedStatement(
            db, "INSERT INTO main.event_tag(tag_id, position, type_id) VALUES (?, ?, ?)")
        for entry in tags {
            try tagRow.bind(1, Int64(entry.key))
            try tagRow.bind(2, entry.position)
            try tagRow.bind(3, Int64(entry.type))
            try tagRow.run()
        }
        let typeRow = try PreparedStatement(db, "INSERT INTO main.event_by_type(type_id, position) VALUES (?, ?)")
        for entry in types {
            try typeRow.bind(1, Int64(entry.key))
            try typeRow.bind(2, entry.position)
            try typeRow.run()
        }
        tags.removeAll(keepingCapacity: true)
        types.removeAll(keepingCapacity: true)
    }
}
