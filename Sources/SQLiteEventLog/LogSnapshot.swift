import EventSourcing
import FoundationEssentials
import GRDB

/// The questions one read transaction answers, in a server or beside it.
struct LogSnapshot {
    let db: Database
    private let names: NameCache
    /// The server's memory tail; nothing beside a server, where it is read from the rows when it is needed.
    private let tail: IndexTail?
    private let tuning: LogTuning

    init(_ db: Database, names: NameCache, tail: IndexTail? = nil, tuning: LogTuning = .init()) {
        self.db = db
        self.names = names
        self.tail = tail
        self.tuning = tuning
    }

    func head() throws -> LogHead {
        guard let edge = try db.first("SELECT size, root FROM tree_edge WHERE one = 1") else {
            throw EventLogError(.damaged, detail: "the edge of the tree is missing")
        }
        let size = try edge.count(0)
        let recordedAt = try db.first("SELECT recorded_at FROM event WHERE position = ?", [Int64(clamping: size)])
        return LogHead(
            position: Position(size), recordedAt: Instant(milliseconds: try recordedAt?.integer(0) ?? 0),
            root: try edge.blob(1))
    }

    /// The last position of `event`.
    func lastPosition() throws -> UInt64 {
        try db.first("SELECT coalesce(max(position), 0) FROM event")?.count(0) ?? 0
    }

    /// Matching events after a place.
    ///
    /// - Throws: ``EventIndex/SnapshotTooOld`` when this snapshot is older than the memory tail.
    func page(_ query: EventQuery, after: Position, limit: Int) throws -> EventPage {
        let budget = PageBudget(tuning)
        let head = try lastPosition()
        let rows = EventRows(db, names: names)
        if query.items.isEmpty {
            let events = try rows.events(after: after.number, limit: limit, budget: budget)
            let isWhole = events.last.map { $0.position.number >= head } ?? true
            return EventPage(
                events: events, head: Position(head),
                reached: isWhole ? max(after, Position(head)) : events.last?.position ?? after)
        }
        let matches = try index(head: head).matches(of: query, after: after.number, limit: limit, budget: budget)
        let events = try rows.events(at: matches.positions, budget: budget)
        let reached =
            events.count < matches.positions.count ? events.last?.position ?? after : Position(matches.reached)
        return EventPage(events: events, head: Position(head), reached: reached)
    }

    /// Walks the events of a range with their rows; no ends the walk.
    func walk(after: UInt64, through: UInt64, take: (RecordedEvent, PreparedStatement) throws -> Bool) throws {
        guard after < through else { return }
        try EventRows(db, names: names).walk(after: after) { event, row in
            try take(event, row) && event.position.number < through
        }
    }

    /// Whether an event is found by its position and by its id, and not only in passing.
    ///
    /// A walk goes from row to row; who asks for one event goes down the trees, which may have been damaged above the rows.
    func isFound(_ event: RecordedEvent) throws -> Bool {
        let row = try PreparedStatement(
            db, "SELECT i.position FROM event e JOIN event i ON i.event_id = e.event_id WHERE e.position = ?")
        try row.bind(1, event.position.number)
        defer { row.reset() }
        return try row.step() && row.count(0) == event.position.number
    }

    func event(at position: Position) throws -> RecordedEvent? {
        try EventRows(db, names: names).event(at: position.number)
    }

    private func index(head: UInt64) throws -> EventIndex {
        let mark = try IndexMark.read(db).position
        return EventIndex(db, tail: try tail ?? IndexMark.tail(of: db, after: mark), mark: mark, head: head)
    }

    /// Walks the entries of a feed after a place; no ends the walk.
    ///
    /// The bytes of a chain are valid only while they are shown.
    func walkFeed(
        of department: DepartmentCode, after sequence: UInt64,
        take: (_ sequence: UInt64, _ position: UInt64, _ chain: UnsafeRawBufferPointer) throws -> Bool
    ) throws {
        let rows = try PreparedStatement(
            db,
            """
            SELECT e.seq, e.position, e.chain FROM feed f JOIN feed_entry e ON e.feed_id = f.id
            WHERE f.name = ? AND e.seq > ? ORDER BY e.seq
            """)
        try rows.bind(1, department.description)
        try rows.bind(2, sequence)
        defer { rows.reset() }
        while try rows.step() {
            guard try take(rows.count(0), rows.count(1), rows.bytes(2)) else { return }
        }
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
