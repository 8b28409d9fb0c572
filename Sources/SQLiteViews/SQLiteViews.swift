package import CaseViews
package import EventSourcing
import FoundationEssentials
import GRDB
import NIOConcurrencyHelpers
import RuleBook

/// The read models in one SQLite file that may be thrown away at any time: the log rebuilds it.
///
/// One writer; readers see a whole page of events or none of it, because rows and position commit together. The file
/// is never the truth, so it is not synced at every commit: after a power failure the lost tail is applied again.
package final class SQLiteViews: ViewStore {
    let pool: DatabasePool
    /// What the writer keeps between pages; valid only while its position is the file's.
    let memory = NIOLockedValueBox(ViewWriterMemory())

    /// The file that goes with the object, where it is no lasting one.
    private let temporaryPath: String?

    private init(pool: DatabasePool, temporaryPath: String? = nil) {
        self.pool = pool
        self.temporaryPath = temporaryPath
    }

    deinit {
        guard let temporaryPath else { return }
        try? pool.close()
        try? Self.remove(temporaryPath)
    }

    /// A fresh file that is removed with the object.
    static func openTemporary(at path: String, for identity: LogIdentity) throws -> SQLiteViews {
        try remove(path)
        let pool = try DatabasePool(path: path, configuration: configuration)
        try pool.write { db in try ViewSchema.create(in: db, for: identity) }
        return SQLiteViews(pool: pool, temporaryPath: path)
    }

    /// The rules as the writer has taken them in.
    var rules: RuleBook { memory.withLockedValue { $0.history.current } }

    /// Opens the views of one log; a file of another log, epoch or schema is thrown away and begun anew at position 0.
    ///
    /// - Parameter path: The file; its folder exists.
    /// - Throws: ``ViewStoreError/storage(_:)`` when it cannot be opened or written.
    package static func open(at path: String, for identity: LogIdentity) throws(ViewStoreError) -> SQLiteViews {
        do {
            if let views = try openExisting(at: path, for: identity) { return views }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CANTOPEN {
            throw .storage("views.sqlite 无法打开。views.sqlite cannot be opened; check its folder and rights.")
        } catch {
            // Damaged or of another program: nothing in it is worth keeping.
        }
        do {
            try remove(path)
            let pool = try DatabasePool(path: path, configuration: configuration)
            try pool.write { db in try ViewSchema.create(in: db, for: identity) }
            return SQLiteViews(pool: pool)
        } catch {
            throw .storage("\(error)")
        }
    }

    private static func openExisting(at path: String, for identity: LogIdentity) throws -> SQLiteViews? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let pool = try DatabasePool(path: path, configuration: configuration)
        if try pool.read({ db in try ViewSchema.isBuilt(in: db, for: identity) }) { return SQLiteViews(pool: pool) }
        try pool.close()
        return nil
    }

    /// Removes a file of views with its journal; the views must be closed.
    static func remove(_ path: String) throws {
        for file in [path, path + "-wal", path + "-shm"] where FileManager.default.fileExists(atPath: file) {
            try FileManager.default.removeItem(atPath: file)
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "onedoor.views"
        configuration.foreignKeysEnabled = false
        configuration.maximumReaderCount = 4
        configuration.busyMode = .timeout(5)
        return configuration
    }

    /// Closes the file; every call after it fails.
    package func close() throws(ViewStoreError) {
        do {
            try pool.close()
        } catch {
            throw .storage("\(error)")
        }
    }

    package func position() async throws(ViewStoreError) -> Position {
        try await read { db in try Self.position(db) }
    }

    static func position(_ db: Database) throws -> Position {
        Position(column: try Int64.fetchOne(db, sql: "SELECT position FROM about WHERE id = 1") ?? 0)
    }

    /// Reads in one snapshot of the file.
    func read<Value: Sendable>(_ body: @Sendable @escaping (Database) throws -> Value) async throws(ViewStoreError)
        -> Value
    {
        do {
            return try await pool.read(body)
        } catch let error as ViewStoreError {
            throw error
        } catch {
            throw .storage("\(error)")
        }
    }
}
