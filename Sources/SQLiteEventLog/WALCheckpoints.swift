import GRDB
import GRDBSQLite
import NIOConcurrencyHelpers

/// Moves the write-ahead log into the file by the count of its frames; only the writer's connection ever does.
///
/// The size of the WAL file would not do: the file never shrinks, so it would ask for a checkpoint at every commit.
final class WALCheckpoints: Sendable {
    /// Milliseconds a connection of the log waits for another one.
    static let busyTimeout: Int32 = 5000

    private struct Count {
        var frames = 0
        var dueAt: Int
    }

    private let threshold: Int
    private let count: NIOLockedValueBox<Count>

    /// - Parameter threshold: Frames after which they are moved.
    init(threshold: Int) {
        self.threshold = threshold
        count = NIOLockedValueBox(Count(dueAt: threshold))
    }

    /// Replaces SQLite's automatic checkpoint by counting.
    ///
    /// The hook holds this object without owning it; whoever owns the connection keeps it longer than the connection.
    func watch(_ db: Database) {
        sqlite3_wal_hook(
            db.sqliteConnection,
            { context, _, _, frames in
                if let context {
                    Unmanaged<WALCheckpoints>.fromOpaque(context).takeUnretainedValue().note(Int(frames))
                }
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    private func note(_ frames: Int) {
        count.withLockedValue { count in
            // Fewer frames than before: the log was begun again from its start.
            if frames < count.frames { count.dueAt = threshold }
            count.frames = frames
        }
    }

    /// Checkpoints as far as no reader stands in the way; what is left waits for the next round.
    func checkpointIfDue(_ db: Database) throws {
        guard count.withLockedValue({ $0.frames >= $0.dueAt }) else { return }
        try db.checkpoint(.passive)
        count.withLockedValue { $0.dueAt = $0.frames + threshold }
    }

    /// Moves everything into the file and cuts the write-ahead log to nothing, unless a reader stands in the way.
    func empty(_ db: Database) throws {
        guard count.withLockedValue({ $0.frames > 0 }) else { return }
        // The writer must not wait here for a reader to end.
        sqlite3_busy_timeout(db.sqliteConnection, 0)
        defer { sqlite3_busy_timeout(db.sqliteConnection, Self.busyTimeout) }
        try db.checkpoint(.truncate)
        count.withLockedValue { $0 = Count(dueAt: threshold) }
    }
}
