package import EventSourcing
import FoundationEssentials
import GRDB

/// A copy of `keys.sqlite` as anybody may look at it who holds no deployment key: whose it is and whom it knows.
package final class KeyStoreCopy: Sendable {
    /// The log the keys belong to.
    package let logID: UniqueID
    private let path: String
    private let queue: DatabaseQueue

    /// Opens a copy for reading only.
    ///
    /// - Throws: ``KeyStoreError`` `missingFile`, `damaged` or `newerFormat`.
    package init(path: String) throws(KeyStoreError) {
        guard SecretFile.exists(path) else { throw KeyStoreError(.missingFile(path)) }
        self.path = path
        (queue, logID) = try KeyStoreSchema.guarding(path) {
            var configuration = Configuration()
            configuration.readonly = true
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            return (queue, try queue.read { database in try KeyStoreSchema.logID(in: database, path: path) })
        }
    }

    /// Whether the file is whole as SQLite sees it.
    ///
    /// - Throws: ``KeyStoreError`` `damaged`.
    package func checkPages() throws(KeyStoreError) {
        try KeyStoreSchema.guarding(path) {
            let said = try queue.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
            guard said == "ok" else { throw KeyStoreError(.damaged(path)) }
        }
    }

    /// Checks that the copy is not older than a log: every person with ciphertext has a key or was erased.
    ///
    /// - Throws: ``KeyStoreError`` `olderThanLog` with the first that is missing, in order.
    package func checkPersons(
        ofLog persons: some Sequence<PersonReference>, erased: Set<PersonReference> = []
    ) throws(KeyStoreError) {
        try KeyStoreSchema.guarding(path) {
            let missing = try queue.read { try KeyStore.firstMissing(of: persons, erased: erased, in: $0) }
            if let missing { throw KeyStoreError(.olderThanLog(missing)) }
        }
    }

    /// How many persons have a key.
    package func personCount() throws(KeyStoreError) -> Int {
        try KeyStoreSchema.guarding(path) {
            try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM person_key") ?? 0 }
        }
    }

    /// Closes the file.
    package func close() throws(KeyStoreError) {
        try KeyStoreSchema.guarding(path) { try queue.close() }
    }
}
