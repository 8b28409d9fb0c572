import GRDB
import GRDBSQLite
import NIOConcurrencyHelpers

/// Moves the write-ahead log into the file by the count of its frames; only the writer's connection ever does.
///
/// The size of the WAL file would not do: the file never shrinks, so it would ask for a checkpoint at every commit.
final class WALCheckpoints: Sendable {
    /// 64 MiB of pages of 4 KiB.
    private static let frames = 16_384

    private struct Count {
        var frames = 0
        var dueAt = WALCheckpoints.frames
    }

    private let count = NIOLockedValueBox(Count())

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
            if frames < count.frames { count.dueAt = Self.frames }
            count.frames = frames
        }
    }

    /// Checkpoints as far as no reader stands in the way; what is left waits for the next round.
    func checkpointIfDue(_ db: Database) throws {
        guard count.withLockedValue({ $0.frames >= $0.dueAt }) else { return }
        try db.checkpoint(.passive)
        count.withLockedValue { $0.dueAt = $0.frames + Self.frames }
    }
}
