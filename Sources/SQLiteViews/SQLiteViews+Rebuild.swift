import CaseViews
package import EventSourcing
import Foundation
import GRDB
import NIOConcurrencyHelpers
import RuleBook

extension SQLiteViews {
    /// Builds the views of a log in a fresh file beside the old one and puts it in its place when it is complete.
    ///
    /// Until then the old file is untouched; interrupted, nothing has changed. No server may run on the file.
    ///
    /// - Parameters:
    ///   - room: How much is folded in memory before it is written; what comes of it is the same.
    ///   - progress: Called after each stretch with the position reached and the head of the log.
    /// - Returns: The position reached.
    /// - Throws: ``ViewStoreError`` or the log's ``EventLogError``; `CancellationError` between pages.
    @discardableResult
    package static func rebuild(
        at path: String, from log: any EventLog, room: RebuildRoom = RebuildRoom(),
        progress: (Position, Position) -> Void = { _, _ in }
    ) async throws -> Position {
        let fresh = path + ".rebuild"
        try remove(fresh)
        let views = try SQLiteViews.open(at: fresh, for: log.identity)
        let reached: Position
        do {
            views.memory.withLockedValue { $0 = ViewWriterMemory(capacity: room.cases) }
            reached = try await views.load(from: log, stretch: room.stretch, progress: progress)
            try await views.pool.writeWithoutTransaction { db in
                // The whole file must stand alone before it is renamed: a journal does not move with it.
                _ = try db.checkpoint(.truncate)
            }
            try views.close()
            // Nothing was synced on the way, and SQLite would believe half of a file that says it is whole.
            try FileHandle(forUpdating: URL(filePath: fresh)).synchronize()
        } catch {
            try? views.close()
            try? remove(fresh)
            throw error
        }
        try remove(path)
        try FileManager.default.moveItem(atPath: fresh, toPath: path)
        try remove(fresh)
        return reached
    }

    private struct Stretch: Sendable {
        var events: [(recorded: RecordedEvent, read: ReadEvent?)] = []
        var reached: Position
        var head: Position
        var isLast = false
    }

    /// Fills fresh views from the whole log; the next stretch is read and decoded while this one is written.
    private func load(
        from log: any EventLog, stretch length: Int, progress: (Position, Position) -> Void
    ) async throws -> Position {
        try await pool.writeWithoutTransaction { db in
            // A file that is thrown away when anything fails needs no sync, and its hot pages room.
            try db.execute(sql: "PRAGMA synchronous = OFF; PRAGMA cache_size = -131072")
        }
        var now = try await Self.stretch(of: log, after: .start, length)
        while true {
            try Task.checkCancellation()
            let (reached, isLast) = (now.reached, now.isLast)
            async let next = isLast ? nil : Self.stretch(of: log, after: reached, length)
            try await apply(now.events, deferred: !isLast)
            progress(reached, now.head)
            guard let following = try await next else { return reached }
            now = following
        }
    }

    private static func stretch(
        of log: any EventLog, after place: Position, _ length: Int
    ) async throws -> Stretch {
        var stretch = Stretch(reached: place, head: place)
        while stretch.events.count < length {
            let page = try await log.read(.all, after: stretch.reached, limit: min(1000, length))
            for event in page.events {
                // What does not decode is decoded again where the error is told with its place.
                let read = RuleBook.eventTypes.contains(event.type) ? nil : try? ReadEvent(event)
                stretch.events.append((event, read))
            }
            stretch.reached = page.reached
            stretch.head = page.head
            stretch.isLast = page.isLast
            if page.isLast { break }
        }
        return stretch
    }
}
