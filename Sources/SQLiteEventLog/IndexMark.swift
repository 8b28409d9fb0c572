import EventSourcing
import GRDB

/// How far the derived indexes reach, and in which layout: the row of `index_mark`.
struct IndexMark {
    /// The layout this program writes; 1 had both indexes complete with every append, and no such row.
    static let layout: Int64 = 2

    let layout: Int64
    /// The last event in the indexes.
    let position: UInt64

    /// Reads the row; a log of layout 1 stands with its head.
    ///
    /// - Throws: ``EventLogError/Code/damaged`` if the row is missing or names a layout before the first that kept it.
    static func read(_ db: Database) throws -> IndexMark {
        guard try db.first("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'index_mark'") != nil else {
            let head = try db.first("SELECT coalesce(max(position), 0) FROM event")?.count(0) ?? 0
            return IndexMark(layout: 1, position: head)
        }
        guard let row = try db.first("SELECT layout, position FROM index_mark WHERE one = 1") else {
            throw EventLogError(.damaged, detail: "the mark of the indexes is missing")
        }
        let layout = try row.integer(0)
        guard layout >= Self.layout else {
            throw EventLogError(.damaged, detail: "the mark of the indexes names layout \(layout), which never had one")
        }
        return IndexMark(layout: layout, position: try row.count(1))
    }

    /// The memory tail of the events after a watermark, from their rows.
    ///
    /// - Complexity: O(*n*) in those events; an open log keeps them below 40 000.
    static func tail(of db: Database, after mark: UInt64) throws -> IndexTail {
        let tail = IndexTail(after: mark)
        let rows = try PreparedStatement(
            db, "SELECT position, type_id, tag_ids FROM event WHERE position > ? ORDER BY position")
        try rows.bind(1, mark)
        defer { rows.reset() }
        var entries: [IndexTail.Entry] = []
        var next = mark + 1
        while try rows.step() {
            let position = try rows.count(0)
            guard position == next, let type = UInt32(exactly: try rows.integer(1)) else {
                throw EventLogError(.damaged, at: Position(next), detail: "a position is missing")
            }
            entries.append(.init(position: position, type: type, tags: try rows.withBlob(2, EventRows.tagIDs)))
            next += 1
        }
        tail.add(entries)
        return tail
    }
}
