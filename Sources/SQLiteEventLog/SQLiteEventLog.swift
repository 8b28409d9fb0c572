package import EventSourcing
package import FoundationEssentials
import GRDB
import Glibc
import MerkleLog

/// The event log in one SQLite file, with one writer and any number of readers (`FORMATS.md` §1).
package final class SQLiteEventLog: EventLog {
    /// The file in the folder of the log; beside it stands its lock.
    package static let fileName = "log.sqlite"

    package let identity: LogIdentity
    private static let writerCacheKiB = 16_384

    // The lock is given back last, after the pool has let go of the file.
    private let lock: LogLock
    private let pool: DatabasePool
    private let writer: LogWriter
    private let checkpoints: WALCheckpoints
    private let names: NameCache
    private let index: IndexTail
    private let tuning: LogTuning

    private init(lock: LogLock, path: String, clock: any CivilClock, tuning: LogTuning) throws(EventLogError) {
        self.lock = lock
        names = NameCache()
        checkpoints = WALCheckpoints(threshold: tuning.checkpointAfterFrames)
        self.tuning = tuning
        do {
            var configuration = Configuration()
            configuration.label = "onedoor.log"
            configuration.foreignKeysEnabled = false
            configuration.busyMode = .timeout(Double(WALCheckpoints.busyTimeout) / 1000)
            configuration.maximumReaderCount = 4
            // A failed rollback must close the log, not end the process.
            configuration.allowsUnsafeTransactions = true
            pool = try DatabasePool(path: path, configuration: configuration)
            let opened = try pool.writeWithoutTransaction { [checkpoints, names] db in
                // GRDB sets NORMAL when it opens a pool, after anything its configuration could say.
                try db.execute(sql: "PRAGMA synchronous = FULL")
                guard try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2 else {
                    throw EventLogError(.unavailable, detail: "SQLite does not keep synchronous = FULL")
                }
                // Room for the hot pages of a large log; the default of 2 MiB reads them from the file again and again.
                try db.execute(sql: "PRAGMA cache_size = -\(Self.writerCacheKiB)")
                checkpoints.watch(db)
                let identity = try OpeningCheck(db).identity()
                try LogUpgrade(db).run()
                let (state, index) = try OpeningCheck(db).state(of: identity, names: names, tuning: tuning)
                return (identity, state, index)
            }
            identity = opened.0
            index = opened.2
            writer = LogWriter(
                pool: pool, identity: opened.0, clock: clock, state: opened.1, index: opened.2,
                checkpoints: checkpoints, tuning: tuning)
        } catch {
            throw EventLogError.from(error)
        }
    }

    /// Makes a new, empty log; the caller's first append is `HubCreated`.
    ///
    /// - Parameters:
    ///   - folder: An existing folder that holds no log yet.
    ///   - clock: Where `recorded_at` comes from.
    /// - Throws: ``EventLogError`` `locked`, or `unavailable` when there is a log already or the folder cannot be
    ///   written.
    package static func create(
        in folder: String, identity: LogIdentity, clock: any CivilClock, tuning: LogTuning = LogTuning()
    )
        throws(EventLogError) -> SQLiteEventLog
    {
        let path = "\(folder)/\(fileName)"
        let lock = try LogLock(folder: folder)
        // The file is made for the owner alone; SQLite gives its companions the same rights.
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw EventLogError(
                .unavailable,
                detail: errno == EEXIST ? "there is a log here already" : "the file cannot be made: errno \(errno)")
        }
        Glibc.close(descriptor)
        do {
            let queue = try DatabaseQueue(path: path)
            try queue.inTransaction(.immediate) { db in
                try db.execute(sql: LogSchema.tables)
                try db.execute(sql: LogSchema.derivedTables)
                for (key, value) in [
                    ("log_id", Data(identity.logID.bytes).databaseValue),
                    ("epoch", Data(identity.epoch.bytes).databaseValue),
                    ("format", LogSchema.format.databaseValue), ("demo", (identity.isDemo ? 1 : 0).databaseValue),
                ] {
                    try db.run("INSERT INTO log_meta(k, v) VALUES (?, ?)", [key, value])
                }
                try db.run(
                    "INSERT INTO tree_edge(one, size, root, hashes) VALUES (1, 0, ?, ?)",
                    [MerkleTree.emptyRoot, Data()])
                try db.run(
                    "INSERT INTO index_mark(one, layout, position) VALUES (1, ?, 0)", [IndexMark.layout])
                try db.execute(sql: LogSchema.guards)
                try db.execute(sql: LogSchema.derivedGuards)
                return .commit
            }
            try queue.close()
        } catch {
            unlink(path)
            throw EventLogError.from(error)
        }
        return try SQLiteEventLog(lock: lock, path: path, clock: clock, tuning: tuning)
    }

    /// Opens the log of a folder for reading and writing.
    ///
    /// - Throws: ``EventLogError`` `locked` when it is open elsewhere, `newerFormat`, `damaged` when the file is not a
    ///   whole log of ours (then nothing was written to it), `unavailable` when it cannot be read or written.
    /// - Complexity: Bounded: the last 64 events and at most 1024 leaves are recomputed.
    package static func open(in folder: String, clock: any CivilClock, tuning: LogTuning = LogTuning())
        throws(EventLogError) -> SQLiteEventLog
    {
        let path = "\(folder)/\(fileName)"
        guard access(path, F_OK) == 0 else {
            throw EventLogError(.unavailable, detail: "there is no log in this folder; make one with onedoor init")
        }
        let lock = try LogLock(folder: folder)
        try StoredFile(path: path).check()
        return try SQLiteEventLog(lock: lock, path: path, clock: clock, tuning: tuning)
    }

    /// Ends the log: waits for the running commit, refuses what still waits, and gives the lock back.
    package func close() async {
        await writer.stop()
        // A log at rest is one whole file: there a damaged byte is found, in a write-ahead log it would end the log early.
        await writer.settle()
        do {
            try pool.close()
            lock.release()
        } catch {
            // A reader is still at work: the file stays open, so the lock stays until this object goes.
        }
    }

    /// Brings the indexes up to the head and empties the write-ahead log; called when there has been no work for a while.
    ///
    /// A reader that is still at work keeps the write-ahead log as it is; nothing waits for it.
    package func settle() async {
        await writer.settle()
    }

    // MARK: EventLog

    @discardableResult
    package func append(_ append: Append) async throws(EventLogError) -> Acceptance {
        try await writer.append(append)
    }

    /// Appends many commands in this order under one commit, each recorded at its own time; all or none.
    ///
    /// A synthetic county comes into being so, in minutes. Conditions hold as in ``append(_:)``.
    ///
    /// - Throws: ``EventLogError``; `invalidAppend` unless the log is a demo's, since only a demo's time is not the wall's.
    package func load(_ appends: [(append: Append, at: Instant)]) async throws(EventLogError) {
        guard identity.isDemo else {
            throw EventLogError(.invalidAppend, detail: "only a demo's log is loaded with times of its own")
        }
        try await writer.load(appends)
    }

    package func record(_ progress: [ConsumerProgress]) async throws(EventLogError) {
        try await writer.record(progress)
    }

    package func commits() -> AsyncStream<Position> {
        writer.commits.stream()
    }

    package func head() async throws(EventLogError) -> LogHead {
        try await read { try $0.head() }
    }

    package func read(_ query: EventQuery, after: Position, limit: Int) async throws(EventLogError) -> EventPage {
        precondition((1...1000).contains(limit), "a page has 1 to 1000 events")
        return try await read { try $0.page(query, after: after, limit: limit) }
    }

    package func event(at position: Position) async throws(EventLogError) -> RecordedEvent? {
        try await read { try $0.event(at: position) }
    }

    package func acceptance(of commandID: UniqueID, by actor: AccountID) async throws(EventLogError) -> (
        Acceptance, fingerprint: Data
    )? {
        let known = try await read { try LogRequests.find(commandID, by: actor, in: $0.db) }
        return known.map { ($0.acceptance, fingerprint: $0.fingerprint ?? Data()) }
    }

    package func feedEntries(for department: DepartmentCode, after sequence: UInt64, limit: Int)
        async throws(EventLogError) -> [FeedEntry]
    {
        precondition((1...1000).contains(limit), "a page has 1 to 1000 entries")
        return try await read { try $0.feedEntries(for: department, after: sequence, limit: limit) }
    }

    package func feedHead(for department: DepartmentCode) async throws(EventLogError) -> FeedEntry? {
        try await read { try $0.feedHead(for: department) }
    }

    package func consumers() async throws(EventLogError) -> [ConsumerProgress] {
        try await read { try $0.consumers() }
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (LogSnapshot) throws -> Value)
        async throws(EventLogError) -> Value
    {
        var attempts = 0
        while true {
            do {
                return try await pool.read { [names, index, tuning] db in
                    try body(LogSnapshot(db, names: names, tail: index, tuning: tuning))
                }
            } catch is EventIndex.SnapshotTooOld where attempts < 10 {
                // The snapshot was taken before two flushes; a new one is younger than the tail.
                attempts += 1
            } catch {
                throw EventLogError.from(error)
            }
        }
    }
}
