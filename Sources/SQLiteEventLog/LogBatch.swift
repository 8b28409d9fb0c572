import EventSourcing
import FoundationEssentials
import GRDB
import MerkleLog

/// One group commit in the making: takes requests in order into an open transaction.
///
/// It works on copies; ``tail`` and ``touched`` become the writer's state only after the commit.
struct LogBatch {
    private let db: Database
    private let identity: LogIdentity
    private let clock: any CivilClock
    private let tags: TagMap
    private(set) var tail: WriterState.Tail
    /// Tags used in this batch, on top of the committed map.
    private(set) var touched: [EventTag: TagMap.Entry] = [:]

    init(_ state: WriterState, identity: LogIdentity, clock: any CivilClock, db: Database) {
        self.db = db
        self.identity = identity
        self.clock = clock
        tags = state.tags
        tail = state.tail
    }

    /// Takes one request in, or says why not; a refused request has written nothing.
    ///
    /// - Parameter violation: What the request breaks of the limits, as its caller's thread found out.
    /// - Throws: ``EventLogError`` for this request alone; anything else is an error of the whole batch.
    mutating func take(_ append: Append, violation: EventLogError?) throws -> Result<Acceptance, EventLogError> {
        if let known = try LogRequests.find(append.commandID, by: append.actor, in: db) {
            // The fingerprint is gone once a person it touched was erased; the sender's word must then do.
            guard known.fingerprint == nil || known.fingerprint == append.fingerprint else {
                return .failure(EventLogError(.otherBody, detail: "the command id was used with another body"))
            }
            return .success(known.acceptance)
        }
        if let condition = append.condition, let newest = try conflict(with: condition) {
            return .failure(
                EventLogError(.conflict, at: Position(newest), detail: "a matching event was appended meanwhile"))
        }
        if let violation { return .failure(violation) }
        for event in append.events {
            if try db.first("SELECT 1 FROM event WHERE event_id = ?", [Data(event.eventID.bytes)]) != nil {
                return .failure(EventLogError(.invalidAppend, detail: "an event with this id is in the log already"))
            }
        }
        let first = tail.head + 1
        if !append.events.isEmpty {
            let recordedAt = max(tail.recordedAt ?? clock.now(), clock.now())
            for event in append.events { try insert(event, appendFirst: first, recordedAt: recordedAt) }
            tail.recordedAt = recordedAt
        }
        let acceptance = Acceptance(
            events: append.events.isEmpty ? nil : Position(first)...Position(tail.head), position: Position(tail.head),
            isRepeat: false)
        try LogRequests.insert(acceptance, for: append, in: db)
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

    /// Writes the edge of the tree, once a batch.
    func finish(previousHead: UInt64) throws {
        guard tail.head > previousHead else { return }
        try db.run(
            "UPDATE tree_edge SET size = ?, root = ?, hashes = ? WHERE one = 1",
            [Int64(clamping: tail.head), tail.edge.root, tail.edge.encodedHashes])
    }

    // MARK: Conditions

    /// The newest event that breaks a condition, earlier inserts of this batch included.
    private func conflict(with condition: AppendCondition) throws -> UInt64? {
        let after = condition.after.number
        guard after < tail.head else { return nil }
        let query = condition.failIfEventsMatch
        if query.items.isEmpty { return tail.head }
        var newest: UInt64?
        for item in query.items where mayMatch(item, after: after) {
            if let match = try EventIndex(db).newest(matching: item, after: after) {
                newest = max(newest ?? 0, match)
            }
        }
        return newest
    }

    /// Whether every tag of an item was used after a place, as far as memory tells.
    private func mayMatch(_ item: EventQuery.Item, after: UInt64) -> Bool {
        item.tags.allSatisfy { tag in
            if let entry = touched[tag] ?? tags[tag] { return entry.last > after }
            return after < tags.floor
        }
    }

    // MARK: Rows

    private mutating func insert(_ event: NewEvent, appendFirst: UInt64, recordedAt: Instant) throws {
        let position = tail.head + 1
        guard let row = Int64(exactly: position) else {
            throw EventLogError(.full, detail: "positions are used up")
        }
        let tagIDs = try event.tags.map { try id(of: $0, usedAt: position) }
        let type = try id(ofType: event.type)
        let audience = event.disclosure.audience
        let disclosure = event.disclosure.bytes
        let parts = LeafParts(
            meta: event.meta, data: event.data, tags: event.tags.map(\.description),
            audience: audience.map(\.description), disclosure: disclosure)
        guard let commitments = LeafCommitments(parts, salt: event.salt), let audienceBytes = parts.audience else {
            preconditionFailure("a new event has all its parts")
        }
        let leaf = Leaf(
            logID: identity.logID.bytes, position: position, eventID: event.eventID.bytes, appendFirst: appendFirst,
            type: event.type, schemaVersion: event.schemaVersion, occurredAt: event.occurredAt.milliseconds,
            recordedAt: recordedAt.milliseconds, commitments: commitments,
            sections: event.sealed.map { Leaf.Section(number: $0.section, digest: $0.digest) }
        ).hash
        try db.run(
            """
            INSERT INTO event(position, event_id, append_first, type_id, schema_version, occurred_at, recorded_at, meta,
              data, tag_ids, audience, disclosure, salt, leaf) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                row, Data(event.eventID.bytes), Int64(clamping: appendFirst), type, Int64(event.schemaVersion),
                event.occurredAt.milliseconds, recordedAt.milliseconds, event.meta, event.data,
                EventRows.encoded(tagIDs: tagIDs), audienceBytes, disclosure, event.salt, leaf,
            ])
        for id in tagIDs {
            try db.run("INSERT INTO event_tag(tag_id, position, type_id) VALUES (?, ?, ?)", [Int64(id), row, type])
        }
        for section in event.sealed {
            try db.run(
                """
                INSERT INTO sealed(position, section, grp, person, digest, nonce, ciphertext)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    row, Int64(section.section), section.group.rawValue, Data(section.person.unique.bytes),
                    section.digest, section.nonce, section.ciphertext,
                ])
        }
        for department in audience { try feed(position: row, leaf: leaf, to: department) }
        tail.edge.append(leaf)
        tail.head = position
    }

    private mutating func feed(position: Int64, leaf: Data, to department: DepartmentCode) throws {
        var feed = try feed(of: department)
        feed.sequence += 1
        feed.chain = FeedChain.next(after: feed.chain, sequence: feed.sequence, leaf: leaf)
        try db.run(
            "INSERT INTO feed_entry(feed_id, seq, position, chain) VALUES (?, ?, ?, ?)",
            [feed.id, Int64(clamping: feed.sequence), position, feed.chain])
        tail.feeds[department] = feed
    }

    // MARK: Local ids

    private mutating func id(of tag: EventTag, usedAt position: UInt64) throws -> UInt32 {
        let id: UInt32
        if let entry = touched[tag] ?? tags[tag] {
            id = entry.id
        } else if let row = try db.first("SELECT id FROM tag WHERE name = ?", [tag.description]) {
            guard let stored = UInt32(exactly: try row.integer(0)) else { throw StoredRow.Unreadable(column: 0) }
            id = stored
        } else {
            id = tail.nextTagID
            guard id < UInt32.max else { throw EventLogError(.full, detail: "tag numbers are used up") }
            tail.nextTagID += 1
            try db.run("INSERT INTO tag(id, name) VALUES (?, ?)", [Int64(id), tag.description])
        }
        touched[tag] = TagMap.Entry(id: id, last: position)
        return id
    }

    private mutating func id(ofType name: String) throws -> Int64 {
        if let known = tail.types[name] { return known }
        let id: Int64
        if let row = try db.first("SELECT id FROM event_type WHERE name = ?", [name]) {
            id = try row.integer(0)
        } else {
            id = tail.nextTypeID
            tail.nextTypeID += 1
            try db.run("INSERT INTO event_type(id, name) VALUES (?, ?)", [id, name])
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
