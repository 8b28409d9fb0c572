import EventSourcing
import GRDB
import NIOConcurrencyHelpers

/// Names of tags and types by their local ids, which never change once committed.
final class NameCache: Sendable {
    private struct Names {
        var tags: [Int64: EventTag] = [:]
        var types: [Int64: String] = [:]
    }

    /// About 20 MB at most; emptied when full, since what is read together is read again soon.
    private static let bound = 100_000

    private let names = NIOLockedValueBox(Names())

    /// A tag by its id; reads only committed rows, so the writer must not ask in the middle of a transaction.
    func tag(_ id: Int64, in db: Database) throws -> EventTag {
        if let known = names.withLockedValue({ $0.tags[id] }) { return known }
        guard let row = try db.first("SELECT name FROM tag WHERE id = ?", [id]), let tag = EventTag(try row.text(0))
        else { throw StoredRow.Unreadable(column: EventRows.tagColumn) }
        names.withLockedValue { names in
            if names.tags.count >= Self.bound { names.tags.removeAll() }
            names.tags[id] = tag
        }
        return tag
    }

    /// A type by its id.
    func type(_ id: Int64, in db: Database) throws -> String {
        if let known = names.withLockedValue({ $0.types[id] }) { return known }
        guard let row = try db.first("SELECT name FROM event_type WHERE id = ?", [id]) else {
            throw StoredRow.Unreadable(column: EventRows.typeColumn)
        }
        let name = try row.text(0)
        names.withLockedValue { names in
            if names.types.count >= Self.bound { names.types.removeAll() }
            names.types[id] = name
        }
        return name
    }
}
