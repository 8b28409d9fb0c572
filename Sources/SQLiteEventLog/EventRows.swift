import EventSourcing
import FoundationEssentials
import GRDB

/// Rows of `event` and `sealed` as recorded events.
enum EventRows {
    static let typeColumn = 3
    static let tagColumn = 9

    private static let columns = """
        SELECT position, event_id, append_first, type_id, schema_version, occurred_at, recorded_at, meta, data, tag_ids,
          disclosure, salt, removed, leaf FROM event
        """

    /// One event, or nothing when the log is shorter.
    ///
    /// - Throws: ``EventLogError`` `unreadableRow` naming the position.
    static func event(at position: UInt64, in db: Database, names: NameCache) throws -> RecordedEvent? {
        guard let number = Int64(exactly: position),
            let row = try db.first("\(columns) WHERE position = ?", [number])
        else { return nil }
        return try decode(row, at: position, in: db, names: names)
    }

    /// The events of a range of positions, oldest first.
    static func events(after: UInt64, limit: Int, in db: Database, names: NameCache) throws -> [RecordedEvent] {
        guard let after = Int64(exactly: after) else { return [] }
        var events: [RecordedEvent] = []
        let cursor = try db.rows("\(columns) WHERE position > ? ORDER BY position LIMIT ?", [after, limit])
        while let row = try cursor.next() {
            let stored = StoredRow(row)
            events.append(try decode(stored, at: (try? stored.count(0)) ?? 0, in: db, names: names))
        }
        return events
    }

    private static func decode(_ row: StoredRow, at position: UInt64, in db: Database, names: NameCache) throws
        -> RecordedEvent
    {
        do {
            guard let eventID = UniqueID(bytes: try row.blob(1)),
                let version = UInt16(exactly: try row.integer(4))
            else { throw StoredRow.Unreadable(column: 1) }
            return RecordedEvent(
                position: Position(position), eventID: eventID, appendFirst: Position(try row.count(2)),
                type: try names.type(try row.integer(typeColumn), in: db), schemaVersion: version,
                occurredAt: Instant(milliseconds: try row.integer(5)),
                recordedAt: Instant(milliseconds: try row.integer(6)), meta: try row.blob(7),
                data: try row.blobIfAny(8), tags: try tags(try row.blob(tagColumn), in: db, names: names),
                disclosure: try Disclosure(bytes: try row.blob(10)), salt: try row.blobIfAny(11),
                removed: try row.blobIfAny(12), leaf: try row.blob(13), sealed: try sealed(at: position, in: db))
        } catch let error as DecodingError {
            throw EventLogError(
                .unreadableRow, at: Position(position), detail: "the disclosure does not decode", underlying: error)
        } catch {
            throw EventLogError.from(error, at: Position(position))
        }
    }

    /// The tags of a `tag_ids` column, sorted bytewise.
    private static func tags(_ ids: Data, in db: Database, names: NameCache) throws -> [EventTag] {
        try tagIDs(ids).map { try names.tag($0, in: db) }.sorted()
    }

    /// The numbers of a `tag_ids` column: u32 each.
    static func tagIDs(_ bytes: Data) throws -> [Int64] {
        guard bytes.count.isMultiple(of: 4) else { throw StoredRow.Unreadable(column: tagColumn) }
        var ids: [Int64] = []
        var number: Int64 = 0
        for (index, byte) in bytes.enumerated() {
            number = number << 8 | Int64(byte)
            if index % 4 == 3 {
                ids.append(number)
                number = 0
            }
        }
        return ids
    }

    /// The `tag_ids` column of these numbers, ascending.
    static func encoded(tagIDs: [UInt32]) -> Data {
        var bytes = Data(capacity: tagIDs.count * 4)
        for id in tagIDs.sorted() {
            for shift in stride(from: 24, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: id >> UInt32(shift)))
            }
        }
        return bytes
    }

    private static func sealed(at position: UInt64, in db: Database) throws -> [SealedSection] {
        guard let number = Int64(exactly: position) else { return [] }
        var sections: [SealedSection] = []
        let cursor = try db.rows(
            "SELECT section, grp, person, digest, nonce, ciphertext FROM sealed WHERE position = ? ORDER BY section",
            [number])
        while let row = try cursor.next().map(StoredRow.init) {
            guard let section = UInt8(exactly: try row.integer(0)), let group = FieldGroup(rawValue: try row.text(1)),
                let person = UniqueID(bytes: try row.blob(2))
            else { throw StoredRow.Unreadable(column: 0) }
            sections.append(
                SealedSection(
                    section: section, group: group, person: PersonReference(person), digest: try row.blob(3),
                    nonce: try row.blobIfAny(4), ciphertext: try row.blobIfAny(5)))
        }
        return sections
    }
}
