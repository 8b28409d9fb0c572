package import EventSourcing
import FoundationEssentials
import GRDB
import Glibc
import NIOConcurrencyHelpers

/// A log opened read-only, beside a running server or without one: for verification and backup.
///
/// Each call is one short read transaction, so that the server's write-ahead log can always be reset.
package final class SQLiteLogReader: Sendable {
    package let identity: LogIdentity
    private let queues: [DatabaseQueue]
    /// Reads under way on each of the connections.
    private let underWay: NIOLockedValueBox<[Int]>
    private let names = NameCache()
    private let folder: String

    /// Whether no server has the log open at this moment.
    var isAtRest: Bool { !LogLock.isHeld(folder: folder) }

    /// How many reads can be under way at once.
    var connections: Int { queues.count }

    /// Opens the log of a folder without taking its lock.
    ///
    /// - Throws: ``EventLogError`` `newerFormat`, `damaged` or `unavailable`.
    package init(folder: String) throws(EventLogError) {
        let path = "\(folder)/\(SQLiteEventLog.fileName)"
        guard access(path, F_OK) == 0 else {
            throw EventLogError(.unavailable, detail: "there is no log in this folder")
        }
        try StoredFile(path: path).check()
        self.folder = folder
        do {
            let cores = min(4, max(2, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
            // One more than cores, so that a short read need not wait behind pages.
            let queues = try (0...cores).map { _ in try StoredFile.open(path) }
            self.queues = queues
            underWay = NIOLockedValueBox([Int](repeating: 0, count: queues.count))
            identity = try queues[0].read { db in try OpeningCheck(db).identity() }
        } catch {
            throw EventLogError.from(error)
        }
    }

    /// The end of what is committed.
    package func head() async throws(EventLogError) -> LogHead {
        try await read { try $0.head() }
    }

    /// Events after a place, oldest first; at most `limit`, 1 through 1000.
    package func events(after: Position, limit: Int) async throws(EventLogError) -> [RecordedEvent] {
        precondition((1...1000).contains(limit), "a page has 1 to 1000 events")
        return try await read { try $0.page(.all, after: after, limit: limit).events }
    }

    /// Runs one read transaction; the body takes at most a page.
    func read<Value: Sendable>(_ body: @escaping @Sendable (LogSnapshot) throws -> Value)
        async throws(EventLogError) -> Value
    {
        // Not in turn: one caller's long and short reads would each meet on a connection of their own.
        let choice = underWay.withLockedValue { underWay in
            let choice = underWay.indices.min { underWay[$0] < underWay[$1] } ?? 0
            underWay[choice] += 1
            return choice
        }
        defer { underWay.withLockedValue { $0[choice] -= 1 } }
        do {
            return try await queues[choice].read { [names] db in try body(LogSnapshot(db, names: names)) }
        } catch {
            throw EventLogError.from(error)
        }
    }
}
