import EventSourcing
import GRDB

/// Finds the positions of matching events through the derived indexes, in one connection's snapshot.
///
/// Every statement is a fixed text that is prepared once; alternatives are merged here rather than in SQL.
struct EventIndex {
    private let db: Database

    init(_ db: Database) {
        self.db = db
    }

    /// The last position committed, or inserted so far by the writer.
    func head() throws -> UInt64 {
        try db.first("SELECT coalesce(max(position), 0) FROM event")?.count(0) ?? 0
    }

    /// The first matching positions after a place, ascending.
    ///
    /// - Complexity: One seek a type, or a walk along the narrowest tag of each item.
    func positions(matching query: EventQuery, after: UInt64, limit: Int) throws -> [UInt64] {
        var found: Set<UInt64> = []
        for item in query.items { found.formUnion(try positions(of: item, after: after, limit: limit, newest: false)) }
        return Array(found.sorted().prefix(limit))
    }

    /// The newest match of one item after a place, or nothing.
    func newest(matching item: EventQuery.Item, after: UInt64) throws -> UInt64? {
        try positions(of: item, after: after, limit: 1, newest: true).max()
    }

    private func positions(of item: EventQuery.Item, after: UInt64, limit: Int, newest: Bool) throws -> [UInt64] {
        guard let after = Int64(exactly: after) else { return [] }
        var types: Set<Int64> = []
        for name in item.types {
            if let id = try id(of: name, "SELECT id FROM event_type WHERE name = ?") { types.insert(id) }
        }
        if !item.types.isEmpty && types.isEmpty { return [] }
        guard !item.tags.isEmpty else {
            return try types.flatMap { try positions(ofType: $0, after: after, limit: limit, newest: newest) }
        }
        var tags: [Int64] = []
        for tag in item.tags.sorted(by: Self.isNarrower) {
            guard let id = try id(of: tag.description, "SELECT id FROM tag WHERE name = ?") else { return [] }
            tags.append(id)
        }
        return try positions(ofTags: tags, types: types, after: after, limit: limit, newest: newest)
    }

    private func positions(ofType type: Int64, after: Int64, limit: Int, newest: Bool) throws -> [UInt64] {
        let order = newest ? "DESC" : "ASC"
        let cursor = try db.rows(
            "SELECT position FROM event WHERE type_id = ? AND position > ? ORDER BY position \(order) LIMIT ?",
            [type, after, limit])
        var found: [UInt64] = []
        while let row = try cursor.next().map(StoredRow.init) { found.append(try row.count(0)) }
        return found
    }

    private func positions(ofTags tags: [Int64], types: Set<Int64>, after: Int64, limit: Int, newest: Bool) throws
        -> [UInt64]
    {
        guard let driving = tags.first else { return [] }
        let order = newest ? "DESC" : "ASC"
        let cursor = try db.rows(
            "SELECT position, type_id FROM event_tag WHERE tag_id = ? AND position > ? ORDER BY position \(order)",
            [driving, after])
        var found: [UInt64] = []
        walk: while found.count < limit, let row = try cursor.next().map(StoredRow.init) {
            let position = try row.count(0)
            let type = try row.integer(1)
            guard types.isEmpty || types.contains(type) else { continue }
            for other in tags.dropFirst() {
                let also = try db.first(
                    "SELECT 1 FROM event_tag WHERE tag_id = ? AND position = ?", [other, try row.integer(0)])
                if also == nil { continue walk }
            }
            found.append(position)
        }
        return found
    }

    private func id(of name: String, _ sql: String) throws -> Int64? {
        try db.first(sql, [name])?.integer(0)
    }

    /// Departments and towns stand on most events; anything else narrows the walk better.
    private static func isNarrower(_ left: EventTag, _ right: EventTag) -> Bool {
        switch (isBroad(left), isBroad(right)) {
        case (false, true): true
        case (true, false): false
        case (true, true), (false, false): left < right
        }
    }

    private static func isBroad(_ tag: EventTag) -> Bool {
        tag.kind == .dept || tag.kind == .town
    }
}
