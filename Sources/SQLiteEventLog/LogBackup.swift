package import EventSourcing
import FoundationEssentials
import GRDB
import GRDBSQLite
import Glibc
import MerkleLog

/// Copies a log up to its head of the moment, beside a running server or without one.
///
/// The source is attached read-only, and each read transaction takes at most 1000 events, so that the server's
/// write-ahead log can always be reset. The copy is a file of its own without a write-ahead log, on stable storage when
/// this returns; a copy that did not come to its end is removed.
package struct LogBackup: Sendable {
    /// What the copy holds.
    package struct Counts: Hashable, Codable, Sendable {
        package let events: UInt64
        package let sealedSections: UInt64
        package let feedEntries: UInt64
        package let requests: UInt64
        package let consumers: UInt64
        package let tags: UInt64
    }

    /// A finished copy.
    package struct Copy: Hashable, Sendable {
        package let identity: LogIdentity
        /// The head that was copied; what came later is not in the copy.
        package let head: LogHead
        package let counts: Counts
    }

    private let source: String
    private let reader: SQLiteLogReader

    /// Looks at the log of a folder without taking its lock.
    ///
    /// - Throws: ``EventLogError`` `newerFormat`, `damaged` or `unavailable`.
    package init(of folder: String) throws(EventLogError) {
        source = "\(folder)/\(SQLiteEventLog.fileName)"
        reader = try SQLiteLogReader(folder: folder)
    }

    /// Copies into a folder that holds no log yet.
    ///
    /// - Parameter progress: Called after each page with the position reached and the head that is copied.
    /// - Throws: ``EventLogError`` `full` without room for the copy, `damaged` when the copied leaves do not give the
    ///   root the source had, or `unavailable`; then nothing is left of the copy.
    /// - Complexity: O(*n*) in the rows up to the head.
    package func copy(
        to folder: String, progress: @Sendable (_ reached: Position, _ head: Position) -> Void = { _, _ in }
    ) async throws(EventLogError) -> Copy {
        let path = "\(folder)/\(SQLiteEventLog.fileName)"
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw EventLogError(
                .unavailable,
                detail: errno == EEXIST ? "there is a log here already" : "the file cannot be made: errno \(errno)")
        }
        Glibc.close(descriptor)
        do {
            let copy = try await fill(path, progress: progress)
            try StoredFile.sync(path)
            try StoredFile.sync(folder)
            return copy
        } catch {
            unlink(path)
            throw Self.meaning(of: error)
        }
    }

    private func fill(_ path: String, progress: @Sendable (Position, Position) -> Void) async throws -> Copy {
        let extent = try await reader.read { try LogExtent($0) }
        let queue = try open(path)
        do {
            let pages = LogCopyPages(extent: extent, identity: reader.identity)
            try await queue.writeWithoutTransaction { db in
                try db.execute(sql: LogSchema.tables)
                try db.execute(sql: LogSchema.derivedTables)
                try db.inTransaction(.deferred) {
                    try pages.names(db)
                    return .commit
                }
            }
            let edge = try await events(pages, queue, progress: progress)
            guard edge.size == extent.head.position.number, edge.root == extent.head.root else {
                throw EventLogError(.damaged, detail: "the leaves do not give the root of the tree")
            }
            try await rest(pages, queue)
            let counts = try await queue.writeWithoutTransaction { db in
                try pages.finish(edge, db)
                return try pages.counts(db)
            }
            try queue.close()
            return Copy(identity: reader.identity, head: extent.head, counts: counts)
        } catch {
            try? queue.close()
            throw error
        }
    }

    private func events(
        _ pages: LogCopyPages, _ queue: DatabaseQueue, progress: @Sendable (Position, Position) -> Void
    ) async throws -> MerkleEdge {
        let head = pages.extent.head.position
        var edge = MerkleEdge()
        var index = CopiedIndex()
        while edge.size < head.number {
            let before = (edge, index)
            (edge, index) = try await queue.writeWithoutTransaction { db in
                var (edge, index) = before
                try db.inTransaction(.deferred) {
                    let leaves = try pages.events(after: edge.size, into: &index, db)
                    for leaf in leaves { edge.append(leaf) }
                    if index.isDue || edge.size == head.number { try index.flush(db) }
                    return .commit
                }
                return (edge, index)
            }
            progress(Position(edge.size), head)
        }
        return edge
    }

    /// Feed entries and requests, page by page.
    private func rest(_ pages: LogCopyPages, _ queue: DatabaseQueue) async throws {
        for feed in try await queue.writeWithoutTransaction({ try pages.feeds($0) }) {
            var isWhole = false
            while !isWhole {
                isWhole = try await Self.page(queue) { try pages.feedEntries(of: feed, $0) }
            }
        }
        var isWhole = false
        while !isWhole {
            isWhole = try await Self.page(queue) { try pages.requests($0) }
        }
    }

    private static func page(_ queue: DatabaseQueue, _ body: @escaping @Sendable (Database) throws -> Bool) async throws
        -> Bool
    {
        try await queue.writeWithoutTransaction { db in
            var result = false
            try db.inTransaction(.deferred) {
                result = try body(db)
                return .commit
            }
            return result
        }
    }

    /// A connection that writes the copy, with the source beside it for reading only.
    private func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "onedoor.log.backup"
        configuration.foreignKeysEnabled = false
        configuration.busyMode = .timeout(5)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        do {
            try queue.writeWithoutTransaction { db in
                // A copy that is interrupted is thrown away, so it needs neither journal nor sync before its end.
                try db.execute(
                    sql: """
                        PRAGMA main.journal_mode = OFF; PRAGMA main.synchronous = OFF; PRAGMA main.cache_size = -65536;
                        """)
                try db.execute(sql: "ATTACH DATABASE ? AS source", arguments: [StoredFile.uri(source, "mode=ro")])
                // A second connection that can write would endanger the server's file.
                guard sqlite3_db_readonly(db.sqliteConnection, "source") == 1 else {
                    throw EventLogError(.unavailable, detail: "SQLite does not open the log for reading only")
                }
            }
        } catch {
            try? queue.close()
            throw error
        }
        return queue
    }

    private static func meaning(of error: any Error) -> EventLogError {
        if let failure = error as? DatabaseError, failure.resultCode == .SQLITE_CONSTRAINT {
            return EventLogError(
                .damaged, detail: "a row of the log breaks its rules: SQLite \(failure.extendedResultCode.rawValue)",
                underlying: error)
        }
        return EventLogError.from(error)
    }
}
