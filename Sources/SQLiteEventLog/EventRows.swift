import EventSourcing
import FoundationEssentials
import GRDB

/// Rows of `event` and `sealed` as recorded events.
struct EventRows {
    static let typeColumn = 3
    static let tagColumn = 9
    static let audienceColumn = 14

    private static let columns = """
        SELECT position, event_id, append_first, type_id, schema_version, occurred_at, recorded_at, meta, data, tag_ids,
          disclosure, salt, removed, leaf, audience FROM event
        """
    private static let sections = "SELECT position, section, grp, person, digest, nonce, ciphertext FROM sealed"

    private let db: Database
    private let names: NameCache

    init(_ db: Database, names: NameCache) {
        self.db = db
        self.names = names
    }

    /// The events at these positions, in their order, as many as fit the budget.
    ///
    /// - Throws: ``EventLogError`` `unreadableRow` naming the position; one that is missing is unreadable too.
    func events(at positions: [UInt64], budget: PageBudget) throws -> [RecordedEvent] {
        let rows = try PreparedStatement(db, "\(Self.columns) WHERE position = ?")
        defer { rows.reset() }
        var sections = SectionRows(
            try PreparedStatement(db, "\(Self.sections) WHERE position >= ? ORDER BY position, section"))
        defer { sections.end() }
        var page = RecordedPage(capacity: positions.count)
        var bytes = 0
        for position in positions {
            try rows.bind(1, position)
            guard try rows.step() else {
                throw EventLogError(
                    .unreadableRow, at: Position(position), detail: "an index names an event that is not there")
            }
            try sections.advance(to: position)
            try decode(rows, at: position, sections: &sections, into: &page, bytes: &bytes)
            rows.reset()
            if budget.isSpent(bytes: bytes) { break }
        }
        return page.events()
    }

    /// One event, or nothing when the log is shorter.
    ///
    /// - Throws: ``EventLogError`` `unreadableRow` naming the position.
    func event(at position: UInt64) throws -> RecordedEvent? {
        try events(after: position &- 1, limit: 1, budget: .unlimited).first.flatMap {
            $0.position.number == position ? $0 : nil
        }
    }

    /// The events after a place, oldest first, as many as fit the budget.
    func events(after: UInt64, limit: Int, budget: PageBudget) throws -> [RecordedEvent] {
        var page = RecordedPage(capacity: limit)
        var bytes = 0
        try rows(after: after) { row, position, sections in
            try decode(row, at: position, sections: &sections, into: &page, bytes: &bytes)
            // Asking the clock costs about a tenth of a row.
            return page.count < limit && !(page.count.isMultiple(of: 16) && budget.isSpent(bytes: bytes))
        }
        return page.events()
    }

    /// Walks the events after a place, oldest first.
    ///
    /// - Parameter take: Takes an event and its row; no ends the walk.
    func walk(after: UInt64, take: (RecordedEvent, PreparedStatement) throws -> Bool) throws {
        try rows(after: after) { row, position, sections in
            var page = RecordedPage(capacity: 1)
            var bytes = 0
            try decode(row, at: position, sections: &sections, into: &page, bytes: &bytes)
            return try page.events().allSatisfy { try take($0, row) }
        }
    }

    private func rows(
        after: UInt64, take: (PreparedStatement, UInt64, inout SectionRows) throws -> Bool
    ) throws {
        let rows = try PreparedStatement(db, "\(Self.columns) WHERE position > ? ORDER BY position")
        try rows.bind(1, after)
        defer { rows.reset() }
        var sections = SectionRows(
            try PreparedStatement(db, "\(Self.sections) WHERE position > ? ORDER BY position, section"))
        try sections.start(at: after)
        defer { sections.end() }
        var last = after
        while try rows.step() {
            let position = (try? rows.count(0)) ?? last + 1
            guard try take(rows, position, &sections) else { return }
            last = position
        }
    }

    private func decode(
        _ row: PreparedStatement, at position: UInt64, sections: inout SectionRows, into page: inout RecordedPage,
        bytes: inout Int
    ) throws {
        do {
            guard let version = UInt16(exactly: try row.integer(4)) else { throw StoredRow.Unreadable(column: 4) }
            let type = try names.type(try row.integer(Int32(Self.typeColumn)), in: db)
            try names.addTags(try row.bytes(Int32(Self.tagColumn)), to: &page, in: db)
            try sections.take(at: position, into: &page, bytes: &bytes)
            let parts = RecordedPage.Bytes(
                meta: try row.bytes(7), data: try row.bytesIfAny(8), disclosure: try row.bytes(10),
                salt: try row.bytesIfAny(11), removed: try row.bytesIfAny(12), leaf: try row.bytes(13))
            page.add(
                .init(
                    position: Position(position), eventID: try row.id(1), appendFirst: Position(try row.count(2)),
                    schemaVersion: version, occurredAt: Instant(milliseconds: try row.integer(5)),
                    recordedAt: Instant(milliseconds: try row.integer(6))),
                type: type, copying: parts)
            bytes += parts.size + 256
        } catch {
            throw EventLogError.from(error, at: Position(position))
        }
    }

    /// The numbers of a `tag_ids` column: u32 each.
    static func tagIDs(in bytes: UnsafeRawBufferPointer) -> [UInt32] {
        (0..<(bytes.count / 4)).map {
            UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self))
        }
    }
}

/// Rows of `sealed` taken along with the rows of `event` in the same order.
private struct SectionRows {
    private let rows: PreparedStatement
    private var hasRow = false
    private var hasStarted = false

    init(_ rows: PreparedStatement) {
        self.rows = rows
    }

    mutating func start(at position: UInt64) throws {
        rows.reset()
        try rows.bind(1, position)
        hasRow = try rows.step()
        hasStarted = true
    }

    /// Goes to the sections of a later event, without a look-up where it is known that none lie between.
    mutating func advance(to position: UInt64) throws {
        guard hasStarted else { return try start(at: position) }
        if hasRow, try rows.count(0) < position { try start(at: position) }
    }

    /// Adds the sections of the event at a position; ascending positions only.
    mutating func take(at position: UInt64, into page: inout RecordedPage, bytes: inout Int) throws {
        while hasRow {
            let place = try rows.count(0)
            guard place <= position else { break }
            if place == position {
                let section = try section()
                bytes += 128 + (section.ciphertext?.count ?? 0)
                page.add(section)
            }
            hasRow = try rows.step()
        }
    }

    func end() {
        rows.reset()
    }

    private func section() throws -> SealedSection {
        guard let section = UInt8(exactly: try rows.integer(1)), let group = FieldGroup(rawValue: try rows.text(2))
        else { throw StoredRow.Unreadable(column: 1) }
        return SealedSection(
            section: section, group: group, person: PersonReference(try rows.id(3)), digest: try rows.blob(4),
            nonce: try rows.blobIfAny(5), ciphertext: try rows.blobIfAny(6))
    }
}
