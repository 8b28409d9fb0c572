import CSupport
package import EventSourcing
package import FeedProtocol
import FoundationEssentials
import GRDB
import Glibc
import MerkleLog

/// A department's own copy of its slice, and its outbox, in one SQLite file of its own.
///
/// WAL with synchronous NORMAL: a power cut may lose the last entries, which the hub replays; commands are written with
/// FULL, since nobody else has them.
package struct DepartmentStore: DepartmentStorePort {
    let queue: DatabaseQueue
    let department: DepartmentCode
    /// `chain_0` of this department's feed.
    let chainStart: Data
    private let lock: FolderLock

    /// Opens the store of a folder, or makes it; the folder is created when missing, with access for its owner only.
    ///
    /// - Parameters:
    ///   - folder: The department's folder; `department.sqlite` and `adapter.lock` live in it.
    ///   - logID: The hub's log, from the hand-over sheet.
    /// - Throws: ``DepartmentStoreError``; `locked` when another adapter has it open, `foreign` when it belongs to another
    ///   department, hub or a newer version.
    package init(folder: String, department: DepartmentCode, logID: UniqueID) throws(DepartmentStoreError) {
        self.department = department
        chainStart = FeedChain.start(logID: logID.bytes, department: department.description)
        lock = try FolderLock(folder: folder)
        let path = folder + "/department.sqlite"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unavailable("\(path): \(String(cString: strerror(errno)))") }
        close(descriptor)
        do {
            var configuration = Configuration()
            configuration.journalMode = .wal
            configuration.label = "department-store"
            queue = try DatabaseQueue(path: path, configuration: configuration)
        } catch {
            throw Self.explain(error)
        }
        try write { db in
            try Schema.create(in: db)
            try Self.adopt(db, department: department, logID: logID, chainStart: chainStart)
        }
        if try read({ db in try Int.fetchOne(db, sql: "SELECT projection FROM adapter") }) != SliceFold.version {
            try rebuildProjection()
        }
    }

    /// Makes the rows of the inbox anew from the entries; they come out the same.
    ///
    /// - Complexity: O(*n*) in the entries.
    package func rebuildProjection() throws(DepartmentStoreError) {
        try write { db in
            for table in Schema.projectionTables { try db.execute(sql: "DELETE FROM \(table)") }
            let entries = try Row.fetchCursor(db, sql: "SELECT sequence, event FROM entry ORDER BY sequence")
            while let row = try entries.next() {
                try project(row[1], sequence: UInt64(bitPattern: row[0]), in: db)
            }
            try db.execute(sql: "UPDATE adapter SET projection = ?", arguments: [SliceFold.version])
        }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws(DepartmentStoreError) -> Value {
        do { return try queue.read(body) } catch { throw Self.explain(error) }
    }

    func write<Value>(_ body: (Database) throws -> Value) throws(DepartmentStoreError) -> Value {
        do { return try queue.write(body) } catch { throw Self.explain(error) }
    }

    /// The store's own errors pass; SQLite's keep their code and message, never the values of a statement.
    static func explain(_ error: any Error) -> DepartmentStoreError {
        if let own = error as? DepartmentStoreError { return own }
        if let database = error as? DatabaseError {
            return .unavailable("department.sqlite: \(database.resultCode): \(database.message ?? "")")
        }
        return .unavailable("department.sqlite: \(type(of: error))")
    }

    /// Binds a new file to its department and hub, and refuses another one's.
    private static func adopt(
        _ db: Database, department: DepartmentCode, logID: UniqueID, chainStart: Data
    ) throws {
        guard let row = try Row.fetchOne(db, sql: "SELECT format, department, log_id FROM adapter") else {
            try db.execute(
                sql: """
                    INSERT INTO adapter (id, format, department, log_id, sequence, chain, projection)
                    VALUES (1, ?, ?, ?, 0, ?, ?)
                    """,
                arguments: [
                    Schema.format, department.description, Data(logID.bytes), chainStart, SliceFold.version,
                ])
            return
        }
        let format: String = row[0]
        let owner: String = row[1]
        let log: Data = row[2]
        guard format == Schema.format else {
            throw DepartmentStoreError.foreign("written by another version (format \(format)); use that version")
        }
        guard owner == department.description else {
            throw DepartmentStoreError.foreign("belongs to department \(owner), not \(department)")
        }
        guard log == Data(logID.bytes) else {
            throw DepartmentStoreError.foreign("belongs to another hub; use a new folder for this one")
        }
    }
}
