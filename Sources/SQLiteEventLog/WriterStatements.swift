import EventSourcing
import FoundationEssentials
import GRDB

/// The statements of the write path, prepared once on the writer's connection.
///
/// It belongs to that connection's queue and never leaves it.
struct WriterStatements {
    private let begin: PreparedStatement
    private let commit: PreparedStatement
    private let findRequest: PreparedStatement
    private let findEventID: PreparedStatement
    private let findTag: PreparedStatement
    private let insertEvent: PreparedStatement
    private let insertSealed: PreparedStatement
    private let insertFeedEntry: PreparedStatement
    private let insertRequest: PreparedStatement
    private let insertTag: PreparedStatement
    private let insertTagRow: PreparedStatement
    private let insertTypeRow: PreparedStatement
    private let updateMark: PreparedStatement
    private let updateEdge: PreparedStatement

    init(_ db: Database) throws {
        // Twice a group, and GRDB would compile them anew each time.
        begin = try PreparedStatement(db, "BEGIN IMMEDIATE TRANSACTION")
        commit = try PreparedStatement(db, "COMMIT TRANSACTION")
        findRequest = try PreparedStatement(db, LogRequests.selection)
        findEventID = try PreparedStatement(db, "SELECT 1 FROM event WHERE event_id = ?")
        findTag = try PreparedStatement(db, "SELECT id FROM tag WHERE name = ?")
        insertEvent = try PreparedStatement(
            db,
            """
            INSERT INTO event(position, event_id, append_first, type_id, schema_version, occurred_at, recorded_at, meta,
              data, tag_ids, audience, disclosure, salt, leaf) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        insertSealed = try PreparedStatement(
            db,
            "INSERT INTO sealed(position, section, grp, person, digest, nonce, ciphertext) VALUES (?, ?, ?, ?, ?, ?, ?)"
        )
        insertFeedEntry = try PreparedStatement(
            db, "INSERT INTO feed_entry(feed_id, seq, position, chain) VALUES (?, ?, ?, ?)")
        insertRequest = try PreparedStatement(
            db,
            """
            INSERT INTO request(command_id, actor, fingerprint, first_position, last_position, answer_position)
            VALUES (?, ?, ?, ?, ?, ?)
            """)
        insertTag = try PreparedStatement(db, "INSERT INTO tag(id, name) VALUES (?, ?)")
        // After a crash a flush begins again, and some of its rows are there already.
        insertTagRow = try PreparedStatement(
            db, "INSERT OR IGNORE INTO event_tag(tag_id, position, type_id) VALUES (?, ?, ?)")
        insertTypeRow = try PreparedStatement(
            db, "INSERT OR IGNORE INTO event_by_type(type_id, position) VALUES (?, ?)")
        updateMark = try PreparedStatement(db, "UPDATE index_mark SET position = ? WHERE one = 1")
        updateEdge = try PreparedStatement(db, "UPDATE tree_edge SET size = ?, root = ?, hashes = ? WHERE one = 1")
    }

    // MARK: Transactions

    func beginTransaction() throws {
        try begin.run()
    }

    func commitTransaction() throws {
        try commit.run()
    }

    // MARK: Finding

    func request(_ commandID: UniqueID, by actor: AccountID) throws -> LogRequests.Known? {
        try LogRequests.find(commandID, by: actor, with: findRequest)
    }

    func hasEvent(_ id: UniqueID) throws -> Bool {
        try findEventID.bind(1, id)
        defer { findEventID.reset() }
        return try findEventID.step()
    }

    func tagID(_ tag: EventTag) throws -> UInt32? {
        try findTag.bind(1, tag.description)
        defer { findTag.reset() }
        guard try findTag.step() else { return nil }
        guard let id = UInt32(exactly: try findTag.integer(0)) else { throw StoredRow.Unreadable(column: 0) }
        return id
    }

    // MARK: Writing

    /// What the log itself gives an event.
    struct Place {
        let position: UInt64
        let appendFirst: UInt64
        let recordedAt: Instant
        let typeID: UInt32
        /// Ascending.
        let tagIDs: [UInt32]
        let leaf: Data
    }

    func insert(_ prepared: PreparedEvent, at place: Place) throws {
        let event = prepared.event
        let statement = insertEvent
        try statement.bind(1, place.position)
        try statement.bind(2, event.eventID)
        try statement.bind(3, place.appendFirst)
        try statement.bind(4, Int64(place.typeID))
        try statement.bind(5, Int64(event.schemaVersion))
        try statement.bind(6, event.occurredAt.milliseconds)
        try statement.bind(7, place.recordedAt.milliseconds)
        try statement.bind(8, event.meta)
        try statement.bind(9, event.data)
        try place.tagIDs.map(\.bigEndian).withUnsafeBytes { try statement.bind(10, $0) }
        try statement.bind(11, prepared.audienceBytes)
        try statement.bind(12, prepared.disclosureBytes)
        try statement.bind(13, event.salt)
        try statement.bind(14, place.leaf)
        try statement.run()
        for section in event.sealed {
            try insertSealed.bind(1, place.position)
            try insertSealed.bind(2, Int64(section.section))
            try insertSealed.bind(3, section.group.rawValue)
            try insertSealed.bind(4, section.person.unique)
            try insertSealed.bind(5, section.digest)
            try insertSealed.bind(6, section.nonce)
            try insertSealed.bind(7, section.ciphertext)
            try insertSealed.run()
        }
    }

    func insertFeedEntry(_ feed: WriterState.Feed, position: UInt64) throws {
        try insertFeedEntry.bind(1, feed.id)
        try insertFeedEntry.bind(2, feed.sequence)
        try insertFeedEntry.bind(3, position)
        try insertFeedEntry.bind(4, feed.chain)
        try insertFeedEntry.run()
    }

    func insertRequest(_ acceptance: Acceptance, for append: Append) throws {
        try insertRequest.bind(1, append.commandID)
        try insertRequest.bind(2, append.actor.unique)
        try insertRequest.bind(3, append.fingerprint)
        if let events = acceptance.events {
            try insertRequest.bind(4, events.lowerBound.number)
            try insertRequest.bind(5, events.upperBound.number)
        } else {
            try insertRequest.bind(4, nil as Data?)
            try insertRequest.bind(5, nil as Data?)
        }
        try insertRequest.bind(6, acceptance.position.number)
        try insertRequest.run()
    }

    func insertTag(_ tag: EventTag, id: UInt32) throws {
        try insertTag.bind(1, Int64(id))
        try insertTag.bind(2, tag.description)
        try insertTag.run()
    }

    func insertTagRow(tag: UInt32, position: UInt64, type: UInt32) throws {
        try insertTagRow.bind(1, Int64(tag))
        try insertTagRow.bind(2, position)
        try insertTagRow.bind(3, Int64(type))
        try insertTagRow.run()
    }

    func insertTypeRow(type: UInt32, position: UInt64) throws {
        try insertTypeRow.bind(1, Int64(type))
        try insertTypeRow.bind(2, position)
        try insertTypeRow.run()
    }

    func setMark(_ position: UInt64) throws {
        try updateMark.bind(1, position)
        try updateMark.run()
    }

    func setEdge(size: UInt64, root: Data, hashes: Data) throws {
        try updateEdge.bind(1, size)
        try updateEdge.bind(2, root)
        try updateEdge.bind(3, hashes)
        try updateEdge.run()
    }
}
