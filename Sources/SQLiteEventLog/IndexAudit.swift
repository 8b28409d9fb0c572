import EventSourcing
import GRDB

/// Holds the derived indexes to the events: each row an event gives is there, and no other.
///
/// A look-up for each row would take longer than all the hashes, so sets are compared by digest, and only when they
/// differ is the first bad position looked for.
struct IndexAudit: Sendable {
    private static let pageSize = 20_000

    private let reader: SQLiteLogReader
    private let head: UInt64
    private let mark: IndexMark

    init(reader: SQLiteLogReader, head: UInt64, mark: IndexMark) {
        self.reader = reader
        self.head = head
        self.mark = mark
    }

    /// The first position one of the indexes is wrong about.
    ///
    /// - Parameter state: The state after the last event.
    func finding(
        _ index: Index, in state: LogVerifier.State
    ) async throws(EventLogError) -> LogVerification.Finding? {
        // In layout 1 SQLite kept the index of types itself.
        if index == .types, mark.layout < 2 { return nil }
        let digest = try await digest(of: index)
        let expected =
            switch index {
            case .tags: state.tagRows
            case .types: state.typeRows
            }
        return digest.rows != expected || digest.isBeyond ? try await located(index) : nil
    }

    /// The derived indexes.
    enum Index {
        case tags, types

        fileprivate var page: String {
            switch self {
            case .tags:
                """
                SELECT tag_id, position, type_id FROM event_tag WHERE (tag_id, position, type_id) > (?, ?, ?)
                ORDER BY tag_id, position, type_id LIMIT ?
                """
            case .types:
                """
                SELECT type_id, position, 0 FROM event_by_type WHERE (type_id, position) > (?, ?) AND ? = 0
                ORDER BY type_id, position LIMIT ?
                """
            }
        }

        /// Counts how often an event is in the index, given its position, tag or 0, and type.
        fileprivate var lookUp: String {
            switch self {
            case .tags: "SELECT count(*) FROM event_tag WHERE position = ?1 AND tag_id = ?2 AND type_id = ?3"
            case .types: "SELECT count(*) FROM event_by_type WHERE position = ?1 AND ?2 = 0 AND type_id = ?3"
            }
        }

        fileprivate var word: String {
            switch self {
            case .tags: "tags"
            case .types: "types"
            }
        }
    }

    private struct Place: Comparable, Sendable {
        var first: Int64 = -1
        var position: Int64 = -1
        var third: Int64 = 0

        init() {}

        init(_ row: Row) {
            first = Int64(clamping: row.first)
            position = Int64(clamping: row.position)
            third = Int64(clamping: row.third)
        }

        static func < (left: Self, right: Self) -> Bool {
            (left.first, left.position, left.third) < (right.first, right.position, right.third)
        }
    }

    private struct Row: Sendable {
        let first: UInt64
        let position: UInt64
        let third: UInt64
    }

    /// - Returns: The digest of the rows up to the watermark, and whether a row names an event that is not there or
    ///   stands out of order.
    private func digest(of index: Index) async throws(EventLogError) -> (rows: RowDigest, isBeyond: Bool) {
        var rows = RowDigest()
        var place = Place()
        while true {
            let after = place
            let page = try await reader.read { [mark] snapshot in
                try Run(of: index, after: after, through: mark.position, in: snapshot)
            }
            rows.add(page.rows)
            place = page.last
            guard !page.isBeyond, page.isFull else { return (rows, page.isBeyond) }
        }
    }

    /// What one page of an index comes to.
    private struct Run: Sendable {
        private(set) var rows = RowDigest()
        private(set) var last: Place
        /// Whether a row names an event that is not there or stands out of order; the run ends with it.
        private(set) var isBeyond = false
        /// Whether there may be more.
        private(set) var isFull = false

        init(of index: Index, after: Place, through mark: UInt64, in snapshot: LogSnapshot) throws {
            last = after
            let end = try snapshot.lastPosition()
            var count = 0
            try IndexAudit.walk(index, after: after, in: snapshot.db) { row in
                let next = Place(row)
                guard last < next, row.position <= end, row.position > 0 else {
                    isBeyond = true
                    return false
                }
                last = next
                count += 1
                if row.position <= mark { rows.add(row.first, row.position, row.third) }
                return true
            }
            isFull = count == IndexAudit.pageSize
        }
    }

    private static func page(of index: Index, after: Place, in db: Database) throws -> [Row] {
        var rows: [Row] = []
        try walk(index, after: after, in: db) {
            rows.append($0)
            return true
        }
        return rows
    }

    /// Walks a page of an index in its order; no ends the walk.
    private static func walk(_ index: Index, after: Place, in db: Database, take: (Row) -> Bool) throws {
        let statement = try PreparedStatement(db, index.page)
        try statement.bind(1, after.first)
        try statement.bind(2, after.position)
        try statement.bind(3, after.third)
        try statement.bind(4, Int64(pageSize))
        defer { statement.reset() }
        while try statement.step() {
            let row = Row(
                first: try statement.count(0), position: try statement.count(1), third: try statement.count(2))
            guard take(row) else { return }
        }
    }

    // MARK: Where the fault is

    /// Looks for the first event the index misses, then for the first row no event gives.
    private func located(_ index: Index) async throws(EventLogError) -> LogVerification.Finding? {
        var reached: UInt64 = 0
        while reached < min(mark.position, head) {
            let after = reached
            let end = min(after + 1000, mark.position, head)
            let missing = try await reader.read { snapshot -> UInt64? in
                var missing: UInt64?
                try snapshot.walk(after: after, through: end) { event, row in
                    if try !Self.isIndexed(event.position.number, row: row, index, in: snapshot.db) {
                        missing = event.position.number
                    }
                    return missing == nil
                }
                return missing
            }
            if let missing {
                return .init(
                    .index, at: Position(missing), detail: "the index of \(index.word) misses the event")
            }
            reached = end
        }
        return .init(
            .index, at: try await stranger(index).map { Position($0) },
            detail: "the index of \(index.word) has a row no event gives")
    }

    private static func isIndexed(_ position: UInt64, row: PreparedStatement, _ index: Index, in db: Database) throws
        -> Bool
    {
        let type = try row.integer(Int32(EventRows.typeColumn))
        let firsts: [Int64] =
            switch index {
            case .types: [0]
            case .tags: try row.withBlob(Int32(EventRows.tagColumn)) { EventRows.tagIDs(in: $0).map(Int64.init) }
            }
        return try firsts.allSatisfy {
            try db.first(index.lookUp, [Int64(clamping: position), $0, type])?.integer(0) == 1
        }
    }

    /// The lowest position of a row that its event does not give.
    private func stranger(_ index: Index) async throws(EventLogError) -> UInt64? {
        var lowest: UInt64?
        var place = Place()
        while true {
            let after = place
            let page = try await reader.read { snapshot -> ([Row], UInt64?) in
                let rows = try Self.page(of: index, after: after, in: snapshot.db)
                return (rows, try rows.filter { try !Self.isGiven($0, index, in: snapshot.db) }.map(\.position).min())
            }
            if let found = page.1 { lowest = min(lowest ?? found, found) }
            guard page.0.count == Self.pageSize, let last = page.0.last.map(Place.init), place < last else {
                return lowest
            }
            place = last
        }
    }

    private static func isGiven(_ row: Row, _ index: Index, in db: Database) throws -> Bool {
        let event = try PreparedStatement(db, "SELECT type_id, tag_ids FROM event WHERE position = ?")
        try event.bind(1, row.position)
        defer { event.reset() }
        guard try event.step() else { return false }
        let type = try event.count(0)
        switch index {
        case .types: return type == row.first
        case .tags:
            return try type == row.third && event.withBlob(1, EventRows.tagIDs).contains { UInt64($0) == row.first }
        }
    }
}
