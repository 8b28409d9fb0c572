import EventSourcing
import FoundationEssentials
import GRDB

/// Up to where a log is copied: its head, and the names known there, of one snapshot.
struct LogExtent: Sendable {
    let head: LogHead
    let lastType: Int64
    let lastTag: Int64
    let lastFeed: Int64

    init(_ snapshot: LogSnapshot) throws {
        func last(_ table: String) throws -> Int64 {
            try snapshot.db.first("SELECT coalesce(max(id), 0) FROM \(table)")?.integer(0) ?? 0
        }
        head = try snapshot.head()
        lastType = try last("event_type")
        lastTag = try last("tag")
        lastFeed = try last("feed")
    }
}
