import EventSourcing
import FoundationEssentials
import GRDB
import MerkleLog

/// One group commit in the making: takes requests in order into an open transaction.
///
/// It works on copies; ``tail`` and ``touched`` become the writer's state only after the commit.
struct LogBatch {
    private let db: Database
    private let statements: WriterStatements
    private let identity: LogIdentity
    private let clock: any CivilClock
    private let index: IndexTail
    private(set) var tail: WriterState.Tail
    /// Tags used in this batch, on top of the committed map.
    private(set) var touched: [EventTag: TagMap.Entry] = [:]
    /// Events of this batch, which neither the indexes nor the memory tail have yet.
    private var pending: [PreparedEvent] = []
    private(set) var entries: [IndexTail.Entry] = []
    private let previousHead: UInt64

    init(
        _ tail: WriterState.Tail, index: IndexTail, identity: LogIdentity, clock: any CivilClock,
        statements: WriterStatements, db: Database
    ) {
        self.db = db
        self.statements = statements
        self.identity = identity
        self.clock = clock
        self.index = index
        self.tail = tail
        previousHead = tail.head
    }

    /// Takes one request in, or says why not; a refused request has written nothing.
    ///
    /// - Parameter tags: The committed map.
    /// - Throws: ``EventLogError`` for this request alone; anything else is an error of the whole batch.
    mutating func take(_ prepared: PreparedAppend, tags: borrowing TagMap) throws
        -> Result<Acceptance, EventLogError>
    {
        let append = prepared.append
        if let known = try statements.request(append.commandID, by: append.actor) {
            // The fingerprint is gone once a person it touched was erased; the sender's word must then do.
            guard known.fingerprint == nil || known.fingerprint == append.fingerprint else {
                return .failure(EventLogError(.otherBody, detail: "the command id was used with another body"))
            }
            return .success(known.acceptance)
        }
        if let condition = append.condition, let newest = try conflict(with: condition, tags: tags) {
            return .failure(
                EventLogError(.conflict, at: Position(newest), detail: "a matching event was appended meanwhile"))
        }
        if let violation = prepared.violation { return .failure(violation) }
        for event in append.events where try statements.hasEvent(event.eventID) {
            return .failure(EventLogError(.invalidAppend, detail: "an event with this id is in the log already"))
        }
        let first = tail.head + 1
        if !append.events.isEmpty {
            let recordedAt = max(tail.recordedAt ?? clock.now(), clock.now())
            for event in prepared.events {
                try insert(event, appendFirst: first, recordedAt: recordedAt, tags: tags)
            }
            tail.recordedAt = recordedAt
        }
        let acceptance = Acceptance(
            events: append.events.isEmpty ? nil : Position(first)...Position(tail.head), position: Position(tail.head),
            isRepeat: false)
        try statements.insertRequest(acceptance, for: append)
        return .success(acceptance)
    }

    /// Remembers how far consumers are.
    mutating func take(_ progress: [ConsumerProgress]) throws {
        for each in progress {
            let feed = try feed(of: each.department)
            try db.run(
                """
                INSERT INTO consumer(feed_id, name, acked_seq, acked_chain, acked_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET acked_seq = excluded.acked_seq, acked_chain = excluded.acked_chain,
                  acked_at = excluded.acked_at
                """,
                [feed.id, each.name, Int64(clamping: each.sequence), each.chain, each.acknowledgedAt.milliseconds])
        }
    }

    /// Writes the edge of the tree, once a batch, and the batch's share of a flush.
    mutating func finish() throws {
        guard tail.head > previousHead else { return }
        try statements.setEdge(size: tail.head, root: tail.edge.root, hashes: tail.edge.encodedHashes)
        // Twice what this batch will add to the next generation, so that this one is done first.
        let added = entries.reduce(0) { $0 + $1.tags.count + 1 }
        try flush(about: max(32, added * 2))
    }

    /// Writes some rows of the generation that is being flushed.
    mutating func flush(about rows: Int) throws {
        guard var flush = tail.flush else { return }
        if try flush.write(about: rows, with: statements) {
            tail.mark = flush.through
            tail.flush = nil
        } else {
            tail.flush = flush
        }
    }

    // MARK: Conditions

    /// The newest event that breaks a condition, earlier inserts of this batch included.
    private func conflict(with condition: AppendCondition, tags: borrowing TagMap) throws -> UInt64? {
        let after = condition.after.number
        guard after < tail.head else { return nil }
        let query = condition.failIfEventsMatch
        if query.items.isEmpty { return tail.head }
        var newest: UInt64?
        for item in query.items where mayMatch(item, after: after, tags: tags) {
            if let match = try self.newest(matching: item, after: after) { newest = max(newest ?? 0, match) }
        }
        return newest
    }

    /// Whether every tag of an item was used after a place, as far as memory tells.
    private func mayMatch(_ item: EventQuery.Item, after: UInt64, tags: borrowing TagMap) -> Bool {
        for tag in item.tags {
            if let entry = touched[tag] ?? tags[tag] {
                guard entry.last > after else { return false }
            } else if after >= tags.floor {
                return false
            }
        }
        return true
    }

    private func newest(matching item: EventQuery.Item, after: UInt64) throws -> UInt64? {
        let own = pending.lastIndex { item.matches(type: $0.event.type, tags: $0.event.tags) }
        if let own, previousHead + UInt64(own) + 1 > after { return previousHead + UInt64(own) + 1 }
        return try EventIndex(db, tail: index, mark: tail.mark, head: previousHead).newest(matching: item, after: after)
    }

    // MARK: Rows

    private mutating func insert(
        _ prepared: PreparedEvent, appendFirst: UInt64, recordedAt: Instant, tags: borrowing TagMap
    ) throws {
        let event = prepared.event
        let position = tail.head + 1
        guard Int64(exactly: position) != nil else { throw EventLogError(.full, detail: "positions are used up") }
        var tagIDs: [UInt32] = []
        tagIDs.reserveCapacity(prepared.tags.count)
        for tag in prepared.tags { tagIDs.append(try id(of: tag, usedAt: position, tags: tags)) }
        tagIDs.sort()
        let type = try id(ofType: event.type)
        let leaf = Leaf(
            logID: identity.logID.bytes, position: position, eventID: event.eventID.bytes, appendFirst: appendFirst,
            type: event.type, schemaVersion: event.schemaVersion, occurredAt: event.occurredAt.milliseconds,
            recordedAt: recordedAt.milliseconds, commitments: prepared.commitments,
            sections: event.sealed.map { Leaf.Section(number: $0.section, digest: $0.digest) }
        ).hash
        try statements.insert(
            prepared,
            at: .init(
                position: position, appendFirst: appendFirst, recordedAt: recordedAt, typeID: type, tagIDs: tagIDs,
                leaf: leaf))
        for department in prepared.audience { try feed(position: position, leaf: leaf, to: department) }
        pending.append(prepared)
        entries.append(IndexTail.Entry(position: position, type: type, tags: tagIDs))
        tail.edge.append(leaf)
        tail.head = position
    }

    private mutating func feed(position: UInt64, leaf: Data, to department: DepartmentCode) throws {
        var feed = try feed(of: department)
        feed.sequence += 1
        feed.chain = FeedChain.next(after: feed.chain, sequence: feed.sequence, leaf: leaf)
        try statements.insertFeedEntry(feed, position: position)
        tail.feeds[department] = feed
    }

    // MARK: Local ids

    private mutating func id(of tag: EventTag, usedAt position: UInt64, tags: borrowing TagMap) throws -> UInt32 {
        let id: UInt32
        if let entry = touched[tag] ?? tags[tag] {
            id = entry.id
        } else if let stored = try statements.tagID(tag) {
            id = stored
        } else {
            id = tail.nextTagID
            guard id < UInt32.max else { throw EventLogError(.full, detail: "tag numbers are used up") }
            tail.nextTagID += 1
            try statements.insertTag(tag, id: id)
        }
        touched[tag] = TagMap.Entry(id: id, last: position)
        return id
    }

    private mutating func id(ofType name: String) throws -> UInt32 {
        if let known = tail.types[name] { return known }
        let id: UInt32
        if let row = try db.first("SELECT id FROM event_type WHERE name = ?", [name]) {
            guard let stored = UInt32(exactly: try row.integer(0)) else { throw StoredRow.Unreadable(column: 0) }
            id = stored
        } else {
            id = tail.nextTypeID
            guard id < UInt32.max else { throw EventLogError(.full, detail: "type numbers are used up") }
            tail.nextTypeID += 1
            try db.run("INSERT INTO event_type(id, name) VALUES (?, ?)", [Int64(id), name])
        }
        tail.types[name] = id
        return id
    }

    private mutating func feed(of department: DepartmentCode) throws -> WriterState.Feed {
        if let known = tail.feeds[department] { return known }
        let feed: WriterState.Feed
        if let row = try db.first("SELECT id FROM feed WHERE name = ?", [department.description]) {
            let id = try row.integer(0)
            let last = try db.first(
                "SELECT seq, chain FROM feed_entry WHERE feed_id = ? ORDER BY seq DESC LIMIT 1", [id])
            feed = WriterState.Feed(
                id: id, sequence: try last?.count(0) ?? 0,
                chain: try last?.blob(1)
                    ?? FeedChain.start(logID: identity.logID.bytes, department: department.description))
        } else {
            feed = WriterState.Feed(
                id: tail.nextFeedID, sequence: 0,
                chain: FeedChain.start(logID: identity.logID.bytes, department: department.description))
            tail.nextFeedID += 1
            try db.run("INSERT INTO feed(id, name) VALUES (?, ?)", [feed.id, department.description])
        }
        tail.feeds[department] = feed
        return feed
    }
}
