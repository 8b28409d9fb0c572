import EventSourcing
import GRDB
import NIOConcurrencyHelpers

/// Names of tags and types by their local ids, which never change once committed.
final class NameCache: Sendable {
    private struct Names {
        var tags: [UInt32: EventTag] = [:]
        var types: [UInt32: String] = [:]
    }

    /// About 10 MB at most; emptied when full, since what is read together is read again soon.
    private static let bound = 50_000

    private let names = NIOLockedValueBox(Names())

    /// Tags by their ids, in the same order; reads only committed rows, so the writer must not ask in the middle of a
    /// transaction.
    ///
    /// - Parameter ids: The `tag_ids` column: u32 each.
    func tags(_ ids: UnsafeRawBufferPointer, in db: Database) throws -> [EventTag] {
        let count = ids.count / 4
        guard ids.count.isMultiple(of: 4) else { throw StoredRow.Unreadable(column: EventRows.tagColumn) }
        var missing = false
        var tags = names.withLockedValue { names -> [EventTag] in
            var tags: [EventTag] = []
            tags.reserveCapacity(count)
            for index in 0..<count {
                guard let tag = names.tags[Self.number(index, in: ids)] else {
                    missing = true
                    break
                }
                tags.append(tag)
            }
            return tags
        }
        if missing {
            tags = try (0..<count).map { try tag(Self.number($0, in: ids), in: db) }
        }
        return tags
    }

    private static func number(_ index: Int, in ids: UnsafeRawBufferPointer) -> UInt32 {
        UInt32(bigEndian: ids.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
    }

    private func tag(_ id: UInt32, in db: Database) throws -> EventTag {
        if let known = names.withLockedValue({ $0.tags[id] }) { return known }
        let row = try PreparedStatement(db, "SELECT name FROM tag WHERE id = ?")
        try row.bind(1, Int64(id))
        defer { row.reset() }
        guard try row.step(), let tag = EventTag(try row.text(0)) else {
            throw StoredRow.Unreadable(column: EventRows.tagColumn)
        }
        names.withLockedValue { names in
            if names.tags.count >= Self.bound { names.tags.removeAll() }
            names.tags[id] = tag
        }
        return tag
    }

    /// A type by its id.
    func type(_ number: Int64, in db: Database) throws -> String {
        guard let id = UInt32(exactly: number) else { throw StoredRow.Unreadable(column: EventRows.typeColumn) }
        if let known = names.withLockedValue({ $0.types[id] }) { return known }
        let row = try PreparedStatement(db, "SELECT name FROM event_type WHERE id = ?")
        try row.bind(1, number)
        defer { row.reset() }
        guard try row.step() else { throw StoredRow.Unreadable(column: EventRows.typeColumn) }
        let name = try row.text(0)
        names.withLockedValue { names in
            if names.types.count >= Self.bound { names.types.removeAll() }
            names.types[id] = name
        }
        return name
    }
}
