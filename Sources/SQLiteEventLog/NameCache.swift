import EventSourcing
import GRDB
import NIOConcurrencyHelpers

/// Names of tags and types by their local ids, which never change once committed.
final class NameCache: Sendable {
    private struct Names {
        /// The tag of an id in the place that its lowest bits name: looked at for each tag of each event that is read,
        /// where hashing would be a third of the work.
        var tags = [Known?](repeating: nil, count: places)
        var types: [UInt32: String] = [:]
    }

    private struct Known {
        let id: UInt32
        let tag: EventTag
    }

    /// A power of two; with its texts about 10 MB when full.
    private static let places = 1 << 16
    private static let typesBound = 50_000

    private let names = NIOLockedValueBox(Names())

    /// Adds the tags of the next row to a page; reads only committed rows, so the writer must not ask in the middle of a
    /// transaction.
    ///
    /// - Parameter ids: The `tag_ids` column: u32 each.
    func addTags(_ ids: UnsafeRawBufferPointer, to page: inout RecordedPage, in db: Database) throws {
        let count = ids.count / 4
        guard ids.count.isMultiple(of: 4) else { throw StoredRow.Unreadable(column: EventRows.tagColumn) }
        let known = names.withLockedValue { names in
            for index in 0..<count {
                let id = Self.number(index, in: ids)
                guard let known = names.tags[Self.place(of: id)], known.id == id else { return index }
                page.add(known.tag)
            }
            return count
        }
        for index in known..<count { page.add(try tag(Self.number(index, in: ids), in: db)) }
    }

    private static func place(of id: UInt32) -> Int { Int(id) & (places - 1) }

    private static func number(_ index: Int, in ids: UnsafeRawBufferPointer) -> UInt32 {
        UInt32(bigEndian: ids.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
    }

    private func tag(_ id: UInt32, in db: Database) throws -> EventTag {
        if let known = names.withLockedValue({ $0.tags[Self.place(of: id)] }), known.id == id { return known.tag }
        let row = try PreparedStatement(db, "SELECT name FROM tag WHERE id = ?")
        try row.bind(1, Int64(id))
        defer { row.reset() }
        guard try row.step(), let tag = EventTag(try row.text(0)) else {
            throw StoredRow.Unreadable(column: EventRows.tagColumn)
        }
        names.withLockedValue { $0.tags[Self.place(of: id)] = Known(id: id, tag: tag) }
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
            if names.types.count >= Self.typesBound { names.types.removeAll() }
            names.types[id] = name
        }
        return name
    }
}
