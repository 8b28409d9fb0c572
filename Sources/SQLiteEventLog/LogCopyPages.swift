import EventSourcing
import FoundationEssentials
import GRDB
import MerkleLog

/// The statements that copy one page each from the database `source` into `main`.
struct LogCopyPages: Sendable {
    /// Rows a transaction, of whichever table.
    static let rows: Int64 = 1000

    let extent: LogExtent
    let identity: LogIdentity

    private var head: Int64 { Int64(clamping: extent.head.position.number) }

    /// Identity and local names; the identity as it was read, so that no restore in between can mix two.
    func names(_ db: Database) throws {
        for (key, value) in [
            ("log_id", Data(identity.logID.bytes).databaseValue), ("epoch", Data(identity.epoch.bytes).databaseValue),
            ("format", LogSchema.format.databaseValue), ("demo", (identity.isDemo ? 1 : 0).databaseValue),
        ] {
            try db.run("INSERT INTO main.log_meta(k, v) VALUES (?, ?)", [key, value])
        }
        for (table, last) in [
            ("event_type", extent.lastType), ("tag", extent.lastTag), ("feed", extent.lastFeed),
        ] {
            try db.run(
                "INSERT INTO main.\(table)(id, name) SELECT id, name FROM source.\(table) WHERE id <= ? ORDER BY id",
                [last])
        }
    }

    /// The next events with their sealed sections.
    ///
    /// - Returns: Their leaves as they stand in the copy.
    /// - Throws: ``EventLogError`` `damaged` with the first position that is missing.
    func events(after: UInt64, into index: inout CopiedIndex, _ db: Database) throws -> [Data] {
        let first = Int64(clamping: after)
        let last = min(head, first + Self.rows)
        try db.run(
            """
            INSERT INTO main.event(position, event_id, append_first, type_id, schema_version, occurred_at, recorded_at,
              meta, data, tag_ids, audience, disclosure, salt, removed, leaf)
            SELECT position, event_id, append_first, type_id, schema_version, occurred_at, recorded_at,
              meta, data, tag_ids, audience, disclosure, salt, removed, leaf
            FROM source.event WHERE position > ? AND position <= ? ORDER BY position
            """, [first, last])
        try db.run(
            """
            INSERT INTO main.sealed(position, section, grp, person, digest, nonce, ciphertext)
            SELECT position, section, grp, person, digest, nonce, ciphertext
            FROM source.sealed WHERE position > ? AND position <= ? ORDER BY position, section
            """, [first, last])
        var leaves: [Data] = []
        let rows = try PreparedStatement(
            db,
            """
            SELECT position, leaf, type_id, tag_ids FROM main.event WHERE position > ? AND position <= ?
            ORDER BY position
            """)
        try rows.bind(1, first)
        try rows.bind(2, last)
        defer { rows.reset() }
        while try rows.step() {
            let position = try rows.integer(0)
            guard position == first + Int64(leaves.count) + 1 else { break }
            guard let type = UInt32(exactly: try rows.integer(2)) else {
                throw StoredRow.Unreadable(column: EventRows.typeColumn)
            }
            leaves.append(try rows.blob(1))
            index.take(position: position, type: type, tags: try rows.withBlob(3) { EventRows.tagIDs(in: $0) })
        }
        guard Int64(leaves.count) == last - first else {
            throw EventLogError(
                .damaged, at: Position(after + UInt64(leaves.count) + 1), detail: "this position is missing")
        }
        return leaves
    }

    /// The feeds of the copy.
    func feeds(_ db: Database) throws -> [Int64] {
        var feeds: [Int64] = []
        let cursor = try db.rows("SELECT id FROM main.feed ORDER BY id")
        while let row = try cursor.next().map(StoredRow.init) { feeds.append(try row.integer(0)) }
        return feeds
    }

    /// The next entries of one feed.
    ///
    /// - Returns: Whether they were the last.
    func feedEntries(of feed: Int64, _ db: Database) throws -> Bool {
        let last = try db.first("SELECT coalesce(max(seq), 0) FROM main.feed_entry WHERE feed_id = ?", [feed])
        try db.run(
            """
            INSERT INTO main.feed_entry(feed_id, seq, position, chain)
            SELECT feed_id, seq, position, chain FROM source.feed_entry
            WHERE feed_id = ? AND seq > ? AND position <= ? ORDER BY seq LIMIT ?
            """, [feed, try last?.integer(0) ?? 0, head, Self.rows])
        return db.changesCount < Int(Self.rows)
    }

    /// The next requests that were answered up to the head.
    ///
    /// - Returns: Whether they were the last.
    func requests(_ db: Database) throws -> Bool {
        let last = try db.first(
            "SELECT command_id, actor FROM main.request ORDER BY command_id DESC, actor DESC LIMIT 1")
        try db.run(
            """
            INSERT INTO main.request(command_id, actor, fingerprint, first_position, last_position, answer_position)
            SELECT command_id, actor, fingerprint, first_position, last_position, answer_position FROM source.request
            WHERE (command_id, actor) > (?, ?) AND answer_position <= ? ORDER BY command_id, actor LIMIT ?
            """, [try last?.blob(0) ?? Data(), try last?.blob(1) ?? Data(), head, Self.rows])
        return db.changesCount < Int(Self.rows)
    }

    /// Consumers, the edge of the tree, the mark of the indexes, and last the guards, which would stand in the copy's way.
    func finish(_ edge: MerkleEdge, _ db: Database) throws {
        try db.inTransaction(.deferred) {
            try db.run(
                """
                INSERT INTO main.consumer(feed_id, name, acked_seq, acked_chain, acked_at)
                SELECT feed_id, name, acked_seq, acked_chain, acked_at FROM source.consumer WHERE feed_id <= ?
                ORDER BY feed_id, name
                """, [extent.lastFeed])
            return .commit
        }
        // From here on only the copy is touched, and its tables can be named alone.
        try db.execute(sql: "DETACH DATABASE source")
        try db.inTransaction(.immediate) {
            try ConsumerClamp.apply(in: db, of: identity.logID)
            try db.run(
                "INSERT INTO tree_edge(one, size, root, hashes) VALUES (1, ?, ?, ?)",
                [Int64(clamping: edge.size), edge.root, edge.encodedHashes])
            try db.run(
                "INSERT INTO index_mark(one, layout, position) VALUES (1, ?, ?)", [IndexMark.layout, head])
            try db.execute(sql: LogSchema.guards)
            try db.execute(sql: LogSchema.derivedGuards)
            return .commit
        }
    }

    func counts(_ db: Database) throws -> LogBackup.Counts {
        func count(_ table: String) throws -> UInt64 {
            try db.first("SELECT count(*) FROM \(table)")?.count(0) ?? 0
        }
        return LogBackup.Counts(
            events: try count("event"), sealedSections: try count("sealed"), feedEntries: try count("feed_entry"),
            requests: try count("request"), consumers: try count("consumer"), tags: try count("tag"))
    }
}
