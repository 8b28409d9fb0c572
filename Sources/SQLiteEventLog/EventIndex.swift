import EventSourcing
import GRDB

/// Finds the positions of matching events: the derived indexes up to their watermark, the memory tail beyond it.
///
/// Every statement is a fixed text that is prepared once; alternatives are merged here rather than in SQL.
struct EventIndex {
    private let db: Database
    private let tail: IndexTail
    /// The last event the derived indexes hold in this snapshot.
    private let mark: UInt64
    private let head: UInt64

    init(_ db: Database, tail: IndexTail, mark: UInt64, head: UInt64) {
        self.db = db
        self.tail = tail
        self.mark = mark
        self.head = head
    }

    /// The memory tail has moved past the watermark of this snapshot: read again in a new one.
    struct SnapshotTooOld: Error {}

    /// Some matches, and how far the search came.
    struct Matches {
        /// Ascending.
        var positions: [UInt64]
        /// Every match up to here is among them.
        var reached: UInt64
    }

    /// The first matching positions after a place.
    ///
    /// - Parameter budget: Asked now and then; once spent, the search ends early.
    /// - Complexity: One seek a type, or a walk along the narrowest tag of each item.
    func matches(of query: EventQuery, after: UInt64, limit: Int, budget: PageBudget) throws -> Matches {
        var all: Set<UInt64> = []
        var reached = head
        for item in query.items {
            let found = try matches(of: item, after: after, limit: limit, budget: budget)
            all.formUnion(found.positions)
            reached = min(reached, found.reached)
        }
        var positions = all.filter { $0 <= reached }.sorted()
        if positions.count > limit {
            positions.removeLast(positions.count - limit)
            reached = positions[limit - 1]
        }
        return Matches(positions: positions, reached: max(reached, after))
    }

    /// The newest match of one item after a place, or nothing.
    func newest(matching item: EventQuery.Item, after: UInt64) throws -> UInt64? {
        guard let item = try resolved(item) else { return nil }
        if head > mark {
            guard let late = tail.positions(of: item, after: after, mark: mark, head: head) else {
                throw SnapshotTooOld()
            }
            if let newest = late.max() { return newest }
        }
        guard after < mark else { return nil }
        return try indexed(item, after: after, limit: 1, newestFirst: true, budget: .unlimited).positions.max()
    }

    private func matches(of item: EventQuery.Item, after: UInt64, limit: Int, budget: PageBudget) throws
        -> Matches
    {
        guard let item = try resolved(item) else { return Matches(positions: [], reached: head) }
        var found = Matches(positions: [], reached: min(mark, head))
        if after < mark {
            found = try indexed(item, after: after, limit: limit, newestFirst: false, budget: budget)
            guard found.reached >= mark else { return found }
        }
        found.reached = head
        guard head > mark else { return found }
        guard let late = tail.positions(of: item, after: after, mark: mark, head: head) else { throw SnapshotTooOld() }
        found.positions += late.prefix(limit - found.positions.count)
        if found.positions.count == limit, let last = found.positions.last { found.reached = last }
        return found
    }

    // MARK: The derived indexes

    /// The first or last matches up to the watermark, ascending or descending.
    private func indexed(
        _ item: IndexItem, after: UInt64, limit: Int, newestFirst: Bool, budget: PageBudget
    ) throws -> Matches {
        var found = Matches(positions: [], reached: mark)
        if let driving = item.tags.first {
            try walk(driving, of: item, after: after, limit: limit, newestFirst: newestFirst, budget: budget, &found)
        } else {
            for type in item.types {
                found.positions += try positions(ofType: type, after: after, limit: limit, newestFirst: newestFirst)
            }
            // Each type gives as many as the page holds, so the first of all of them are complete.
            if item.types.count > 1 { found.positions.sort(by: newestFirst ? { $0 > $1 } : { $0 < $1 }) }
            found.positions.removeLast(max(0, found.positions.count - limit))
        }
        if found.positions.count == limit, let last = found.positions.last { found.reached = last }
        return found
    }

    private func walk(
        _ driving: UInt32, of item: IndexItem, after: UInt64, limit: Int, newestFirst: Bool,
        budget: PageBudget, _ found: inout Matches
    ) throws {
        let rows = try PreparedStatement(
            db,
            """
            SELECT position, type_id FROM event_tag WHERE tag_id = ? AND position > ? AND position <= ?
            ORDER BY position \(newestFirst ? "DESC" : "ASC")
            """)
        try rows.bind(1, Int64(driving))
        try rows.bind(2, after)
        try rows.bind(3, mark)
        defer { rows.reset() }
        var examined = 0
        while found.positions.count < limit, try rows.step() {
            let position = try rows.count(0)
            let type = try rows.count(1)
            examined += 1
            if item.types.isEmpty || item.types.contains(UInt32(clamping: type)),
                try item.tags.dropFirst().allSatisfy({ try has($0, position, type) })
            {
                found.positions.append(position)
            }
            if examined.isMultiple(of: 256), budget.isSpent {
                found.reached = position
                return
            }
        }
    }

    private func positions(ofType type: UInt32, after: UInt64, limit: Int, newestFirst: Bool) throws -> [UInt64] {
        let rows = try PreparedStatement(
            db,
            """
            SELECT position FROM event_by_type WHERE type_id = ? AND position > ? AND position <= ?
            ORDER BY position \(newestFirst ? "DESC" : "ASC") LIMIT ?
            """)
        try rows.bind(1, Int64(type))
        try rows.bind(2, after)
        try rows.bind(3, mark)
        try rows.bind(4, Int64(limit))
        defer { rows.reset() }
        var found: [UInt64] = []
        while try rows.step() { found.append(try rows.count(0)) }
        return found
    }

    private func has(_ tag: UInt32, _ position: UInt64, _ type: UInt64) throws -> Bool {
        let row = try PreparedStatement(
            db, "SELECT 1 FROM event_tag WHERE tag_id = ? AND position = ? AND type_id = ?")
        try row.bind(1, Int64(tag))
        try row.bind(2, position)
        try row.bind(3, type)
        defer { row.reset() }
        return try row.step()
    }

    // MARK: Names

    /// The item by local ids, or nothing when a name is new to this snapshot and so nothing can match.
    private func resolved(_ item: EventQuery.Item) throws -> IndexItem? {
        var types: Set<UInt32> = []
        for name in item.types {
            if let id = try id(of: name, "SELECT id FROM event_type WHERE name = ?") { types.insert(id) }
        }
        if !item.types.isEmpty && types.isEmpty { return nil }
        var tags: [UInt32] = []
        for tag in item.tags.sorted(by: Self.isNarrower) {
            guard let id = try id(of: tag.description, "SELECT id FROM tag WHERE name = ?") else { return nil }
            tags.append(id)
        }
        return IndexItem(types: types, tags: tags)
    }

    private func id(of name: String, _ sql: String) throws -> UInt32? {
        let row = try PreparedStatement(db, sql)
        try row.bind(1, name)
        defer { row.reset() }
        guard try row.step() else { return nil }
        guard let id = UInt32(exactly: try row.integer(0)) else { throw StoredRow.Unreadable(column: 0) }
        return id
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
