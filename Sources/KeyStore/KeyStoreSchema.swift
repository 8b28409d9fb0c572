import EventSourcing
import FoundationEssentials
import GRDB

/// The tables of `keys.sqlite`, format 1.
enum KeyStoreSchema {
    static let format = 1

    static let statements = """
        CREATE TABLE key_meta (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            format INTEGER NOT NULL,
            log_id BLOB NOT NULL CHECK (length(log_id) = 16)
        ) STRICT;
        CREATE TABLE hub_key (
            name TEXT PRIMARY KEY,
            wrapped BLOB NOT NULL CHECK (length(wrapped) = 60)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE person_key (
            person BLOB PRIMARY KEY CHECK (length(person) = 16),
            wrapped BLOB NOT NULL CHECK (length(wrapped) = 60)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE erased_person (
            person BLOB PRIMARY KEY CHECK (length(person) = 16)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE identity_index (
            digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
            person BLOB NOT NULL UNIQUE REFERENCES person_key (person) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE name_index (
            digest BLOB NOT NULL CHECK (length(digest) = 8),
            person BLOB NOT NULL REFERENCES person_key (person) ON DELETE CASCADE,
            PRIMARY KEY (digest, person)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX name_index_by_person ON name_index (person);
        CREATE TABLE account (
            account BLOB PRIMARY KEY CHECK (length(account) = 16),
            role TEXT NOT NULL,
            department TEXT,
            town TEXT,
            post TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE token (
            digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
            account BLOB NOT NULL REFERENCES account (account),
            label TEXT NOT NULL,
            issued_at INTEGER NOT NULL,
            revoked_at INTEGER
        ) STRICT, WITHOUT ROWID;
        """

    /// Added to format 1 later: a file without it is proven whole once, a program without it leaves it alone.
    static let additions = """
        CREATE TABLE IF NOT EXISTS log_proof (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            epoch BLOB NOT NULL CHECK (length(epoch) = 16),
            position INTEGER NOT NULL CHECK (position >= 0),
            persons INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE IF NOT EXISTS phone_index (
            digest BLOB NOT NULL CHECK (length(digest) = 32),
            person BLOB NOT NULL REFERENCES person_key (person) ON DELETE CASCADE,
            PRIMARY KEY (digest, person)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS phone_index_by_person ON phone_index (person);
        CREATE TABLE IF NOT EXISTS phone_index_whole (only INTEGER PRIMARY KEY CHECK (only = 1)) STRICT;
        """

    /// Whose keys these are.
    ///
    /// - Throws: ``KeyStoreError`` `damaged` for a file that is none of ours, `newerFormat`.
    static func logID(in database: Database, path: String) throws -> UniqueID {
        guard try database.tableExists("key_meta"),
            let meta = try Row.fetchOne(database, sql: "SELECT format, log_id FROM key_meta"),
            let found = UniqueID(bytes: meta["log_id"] as Data)
        else { throw KeyStoreError(.damaged(path)) }
        let format: Int = meta["format"]
        guard format <= Self.format else { throw KeyStoreError(.newerFormat(format)) }
        return found
    }

    /// Opens the file for this process alone, every commit on the disk before it is answered.
    static func openDatabase(_ path: String) throws(KeyStoreError) -> DatabaseQueue {
        var configuration = Configuration()
        configuration.busyMode = .immediateError
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { database in
            // Exclusive before the first access: then no other process can map the file, and there is no shared memory.
            try database.execute(
                sql: """
                    PRAGMA locking_mode = EXCLUSIVE;
                    PRAGMA journal_mode = WAL;
                    PRAGMA synchronous = FULL;
                    PRAGMA secure_delete = ON;
                    """)
        }
        return try guarding(path) {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            let (journal, synchronous) = try queue.writeWithoutTransaction { database in
                // Takes the lock now rather than at the first write.
                try database.execute(sql: "BEGIN EXCLUSIVE; COMMIT")
                return (
                    try String.fetchOne(database, sql: "PRAGMA journal_mode"),
                    try Int.fetchOne(database, sql: "PRAGMA synchronous")
                )
            }
            guard journal == "wal", synchronous == 2 else { throw KeyStoreError(.damaged(path)) }
            return queue
        }
    }

    /// Turns SQLite's errors into ours, without their arguments.
    static func guarding<Value>(_ path: String, _ body: () throws -> Value) throws(KeyStoreError) -> Value {
        do {
            return try body()
        } catch let error as KeyStoreError {
            throw error
        } catch let error as DatabaseError {
            switch error.resultCode {
            case .SQLITE_BUSY, .SQLITE_LOCKED: throw KeyStoreError(.inUse(path))
            case .SQLITE_NOTADB, .SQLITE_CORRUPT: throw KeyStoreError(.damaged(path))
            default: throw KeyStoreError(.databaseFailed(error.extendedResultCode.rawValue))
            }
        } catch {
            throw KeyStoreError(.damaged(path))
        }
    }
}
