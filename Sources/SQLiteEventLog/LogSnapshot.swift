import EventSourcing
import FoundationEssentials
import GRDB

/// The questions one read transaction answers, in a server or beside it.
struct LogSnapshot {
    let db: Database
    private let names: NameCache

    init(_ db: Database, names: NameCache) {
        self.db = db
        self.names = names
    }

    func head() throws -> LogHead {
        guard let edge = try db.first("SELECT size, root FROM tree_edge") else {
            throw EventLogError(.damaged, detail: "the edge of the tree is missing")
        }
        let size = try edge.count(0)
        let recordedAt = try db.first("SELECT recorded_at FROM event WHERE position = ?", [Int64(clamping: size)])
        return LogHead(
            position: Position(size), recordedAt: Instant(milliseconds: try recordedAt?.integer(0) ?? 0),
            root: try edge.blob(1))
    }

    func page(_ query: EventQuery, after: Position, limit: Int) throws -> EventPage {
        let index = EventIndex(db)
        let head = Position(try index.head())
        if query.items.isEmpty {
            return EventPage(
                events: try EventRows.events(after: after.number, limit: limit, in: db, names: names), head: head)
        }
        var events: [RecordedEvent] = []
        for position in try index.positions(matching: query, after: after.number, limit: limit) {
            guard let event = try EventRows.event(at: position, in: db, names: names) else {
                throw EventLogError(
                    .unreadableRow, at: Position(position), detail: "an index names an event that is not there")
            }
            events.append(event)
        }
        return EventPage(events: events, head: head)
    }

    func event(at position: Position) throws -> RecordedEvent? {
        try EventRows.event(at: position.number, in: db, names: names)
    }

    func feedEntries(for department: DepartmentCode, after sequence: UInt64, limit: Int) throws -> [FeedEntry] {
        guard let after = Int64(exactly: sequence) else { return [] }
        var entries: [FeedEntry] = []
        let cursor = try db.rows(
            """
            SELECT e.seq, e.position, e.chain FROM feed f JOIN feed_entry e ON e.feed_id = f.id
            WHERE f.name = ? AND e.seq > ? ORDER BY e.seq LIMIT ?
            """, [department.description, after, limit])
        while let row = try cursor.next().map(StoredRow.init) { entries.append(try entry(row)) }
        return entries
    }

    func feedHead(for department: DepartmentCode) throws -> FeedEntry? {
        try db.first(
            """
            SELECT e.seq, e.position, e.chain FROM feed f JOIN feed_entry e ON e.feed_id = f.id
            WHERE f.name = ? ORDER BY e.seq DESC LIMIT 1
            """, [department.description]
        ).map(entry)
    }

    private func entry(_ row: StoredRow) throws -> FeedEntry {
        FeedEntry(sequence: try row.count(0), position: Position(try row.count(1)), chain: try row.blob(2))
    }

    func consumers() throws -> [ConsumerProgress] {
        var consumers: [ConsumerProgress] = []
        let cursor = try db.rows(
            """
            SELECT f.name, c.name, c.acked_seq, c.acked_chain, c.acked_at FROM consumer c JOIN feed f ON f.id = c.feed_id
            ORDER BY f.name, c.name
            """)
        while let row = try cursor.next().map(StoredRow.init) {
            guard let department = DepartmentCode(try row.text(0)) else { throw StoredRow.Unreadable(column: 0) }
            consumers.append(
                ConsumerProgress(
                    department: department, name: try row.text(1), sequence: try row.count(2),
                    chain: try row.blob(3), acknowledgedAt: Instant(milliseconds: try row.integer(4))))
        }
        return consumers
    }
}
