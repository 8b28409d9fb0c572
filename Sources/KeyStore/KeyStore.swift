package import Crypto
package import EventSourcing
package import FoundationEssentials
import GRDB
import Glibc
import NIOConcurrencyHelpers

/// The file that must be neither lost nor leaked: every key, who is who, and the accounts (`FORMATS.md` §4).
///
/// One process has it open. All calls are synchronous and short; a write answers after it is on stable storage.
package final class KeyStore: Sendable {
    package let logID: UniqueID
    let path: String
    let queue: DatabaseQueue
    let wrapping: KeyWrapping
    let hubKeys: HubKeys
    let personKeys: NIOLockedValueBox<PersonKeyCache>
    let accounts: NIOLockedValueBox<AccountTable>
    /// Set only while a synthetic county is made.
    let synthetic: SyntheticKeys?

    private init(
        logID: UniqueID, path: String, queue: DatabaseQueue, wrapping: KeyWrapping, hubKeys: HubKeys,
        accounts: AccountTable, synthetic: SyntheticKeys?
    ) {
        self.logID = logID
        self.path = path
        self.queue = queue
        self.wrapping = wrapping
        self.hubKeys = hubKeys
        personKeys = NIOLockedValueBox(PersonKeyCache(capacity: 10_000))
        self.accounts = NIOLockedValueBox(accounts)
        self.synthetic = synthetic
    }

    /// Makes `keys.sqlite` and `secrets/deployment.key` in a folder, with new keys for one log.
    ///
    /// - Parameter deploymentKey: A key restored from a sheet; nothing makes a new one.
    /// - Throws: ``KeyStoreError`` when either file exists.
    package static func create(
        in folder: String, logID: UniqueID, deploymentKey restored: DeploymentKey? = nil
    ) throws(KeyStoreError) -> KeyStore {
        let places = KeyStorePlaces(folder: folder)
        guard !SecretFile.exists(places.database) else { throw KeyStoreError(.alreadyExists(places.database)) }
        try SecretFile.makeFolder(places.secrets)
        let deploymentKey = restored ?? .random()
        try deploymentKey.write(to: places.deploymentKey)
        // Made first, so that SQLite's own files take its mode.
        try SecretFile.create(places.database, Data())
        let wrapping = KeyWrapping(deploymentKey: deploymentKey.key, logID: logID)
        let queue = try KeyStoreSchema.openDatabase(places.database)
        try KeyStoreSchema.guarding(places.database) {
            try queue.write { database in
                try database.execute(sql: KeyStoreSchema.statements)
                try database.execute(
                    sql: "INSERT INTO key_meta (only, format, log_id) VALUES (1, ?, ?)",
                    arguments: [KeyStoreSchema.format, Data(logID.bytes)])
                for name in HubKeyName.allCases {
                    try database.execute(
                        sql: "INSERT INTO hub_key (name, wrapped) VALUES (?, ?)",
                        arguments: [name.rawValue, try wrapping.wrap(newHubKey(name), for: .hub(name))])
                }
            }
        }
        return try load(queue, path: places.database, deploymentKey: deploymentKey, logID: logID)
    }

    /// Opens the keys of one log.
    ///
    /// - Parameters:
    ///   - credential: Where the service manager put the deployment key; nothing means `secrets/deployment.key`.
    /// - Throws: ``KeyStoreError`` for loose permissions, another log's keys, a wrong deployment key, a newer format, or
    ///   another process that has them open.
    package static func open(
        in folder: String, logID: UniqueID, credential: String? = nil
    ) throws(KeyStoreError) -> KeyStore {
        let places = KeyStorePlaces(folder: folder)
        try SecretFile.requireStrictMode(places.database)
        let deploymentKey: DeploymentKey
        if let credential {
            deploymentKey = try DeploymentKey(contentsOf: credential, isCredential: true)
        } else {
            try SecretFile.requireStrictMode(places.secrets)
            deploymentKey = try DeploymentKey(contentsOf: places.deploymentKey)
        }
        let queue = try KeyStoreSchema.openDatabase(places.database)
        return try load(queue, path: places.database, deploymentKey: deploymentKey, logID: logID)
    }

    /// Opens the keys of a synthetic county while it is made: what it admits and seals follows from the seed.
    ///
    /// Nothing is synced at its commits, since what was lost is made again; closing it puts everything on the disk.
    ///
    /// - Throws: ``KeyStoreError`` as ``open(in:logID:credential:)`` does.
    package static func open(in folder: String, making county: SyntheticKeys) throws(KeyStoreError) -> KeyStore {
        let places = KeyStorePlaces(folder: folder)
        try SecretFile.requireStrictMode(places.database)
        let deploymentKey = try DeploymentKey(contentsOf: places.deploymentKey)
        let queue = try KeyStoreSchema.openDatabase(places.database)
        let store = try load(
            queue, path: places.database, deploymentKey: deploymentKey, logID: county.logID, synthetic: county)
        try KeyStoreSchema.guarding(places.database) {
            try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = OFF") }
        }
        return store
    }

    /// Puts the deployment key of a recovery sheet back in its place, so that a backup of the keys can be opened.
    ///
    /// - Throws: ``KeyStoreError`` when there is a key already.
    package static func restore(_ deploymentKey: DeploymentKey, in folder: String) throws(KeyStoreError) {
        let places = KeyStorePlaces(folder: folder)
        try SecretFile.makeFolder(places.secrets)
        try deploymentKey.write(to: places.deploymentKey)
    }

    /// Closes the file; the keys cannot be used afterwards.
    package func close() throws(KeyStoreError) {
        try KeyStoreSchema.guarding(path) {
            if synthetic != nil {
                try queue.writeWithoutTransaction { database in
                    try database.execute(sql: "PRAGMA synchronous = FULL")
                    _ = try database.checkpoint(.truncate)
                }
            }
            try queue.close()
        }
    }

    private static func newHubKey(_ name: HubKeyName) -> SymmetricKey {
        switch name {
        case .identity, .name, .request, .token: SymmetricKey(size: .bits256)
        case .signing: SymmetricKey(data: Curve25519.Signing.PrivateKey().rawRepresentation)
        case .command: SymmetricKey(data: Curve25519.KeyAgreement.PrivateKey().rawRepresentation)
        }
    }

    private static func load(
        _ queue: DatabaseQueue, path: String, deploymentKey: DeploymentKey, logID: UniqueID,
        synthetic: SyntheticKeys? = nil
    ) throws(KeyStoreError) -> KeyStore {
        let wrapping = KeyWrapping(deploymentKey: deploymentKey.key, logID: logID)
        return try KeyStoreSchema.guarding(path) {
            let store = try queue.read { database in
                let found = try KeyStoreSchema.logID(in: database, path: path)
                guard found == logID else { throw KeyStoreError(.foreignLog(expected: logID, found: found)) }
                let keys = try HubKeys(unwrapping: wrapping, from: database, path: path)
                return KeyStore(
                    logID: logID, path: path, queue: queue, wrapping: wrapping, hubKeys: keys,
                    accounts: try AccountTable(reading: database), synthetic: synthetic)
            }
            // Only now is it known that the file is ours to write to.
            try queue.write { try $0.execute(sql: KeyStoreSchema.additions) }
            return store
        }
    }

    /// Signs wrapped feed keys; its public half is on the hand-over sheet.
    package var hubSigningKey: Curve25519.Signing.PrivateKey { hubKeys.signing }

    /// Opens the departments' commands; its public half is on the hand-over sheet.
    package var hubCommandKey: Curve25519.KeyAgreement.PrivateKey { hubKeys.command }

    /// What stands in the log for a command as it was sent (`FORMATS.md` §5): 32 bytes that nobody can guess back.
    package func fingerprint(commandType: String, subject: String, body: Data) -> Data {
        precondition(commandType.utf8.count <= 255 && subject.utf8.count <= 65_535, "lengths the format can hold")
        var hmac = HMAC<SHA256>(key: hubKeys.request)
        hmac.update(data: [UInt8(commandType.utf8.count)])
        hmac.update(data: Array(commandType.utf8))
        hmac.update(data: [UInt8(subject.utf8.count >> 8), UInt8(subject.utf8.count & 0xff)])
        hmac.update(data: Array(subject.utf8))
        hmac.update(data: body)
        return Data(hmac.finalize())
    }

    /// Copies the file while it is in use; take it after the log's copy.
    ///
    /// The copy is one file, without a write-ahead log, and on stable storage when this returns. One that did not come
    /// to its end is removed.
    ///
    /// - Throws: ``KeyStoreError`` naming the copy when it exists or there is no room for it.
    package func backup(to copy: String) throws(KeyStoreError) {
        try SecretFile.create(copy, Data())
        do throws(KeyStoreError) {
            try KeyStoreSchema.guarding(copy) {
                let target = try DatabaseQueue(path: copy)
                try queue.backup(to: target)
                try target.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
                try target.close()
            }
            try SecretFile.sync(copy)
        } catch {
            unlink(copy)
            throw error
        }
    }
}

extension HubKeys {
    fileprivate init(unwrapping wrapping: KeyWrapping, from database: Database, path: String) throws {
        var keys: [HubKeyName: SymmetricKey] = [:]
        for name in HubKeyName.allCases {
            guard
                let wrapped = try Data.fetchOne(
                    database, sql: "SELECT wrapped FROM hub_key WHERE name = ?", arguments: [name.rawValue])
            else { throw KeyStoreError(.damaged(path)) }
            guard let key = wrapping.unwrap(wrapped, of: .hub(name)) else {
                // One that opens shows that the deployment key is right and this row was altered.
                throw KeyStoreError(keys.isEmpty ? .wrongDeploymentKey : .damaged(path))
            }
            keys[name] = key
        }
        guard let identity = keys[.identity], let name = keys[.name], let request = keys[.request],
            let token = keys[.token], let signing = keys[.signing], let command = keys[.command]
        else { throw KeyStoreError(.damaged(path)) }
        self.init(
            identity: identity, name: name, request: request, token: token,
            signing: try Curve25519.Signing.PrivateKey(rawRepresentation: signing),
            command: try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: command))
    }
}

/// Where the key files of one hub lie.
package struct KeyStorePlaces: Hashable, Sendable {
    package let database: String
    package let secrets: String
    package let deploymentKey: String
    /// Made and read by the feed process; here only so that the inventory can name it.
    package let feedCurveKey: String

    /// The places inside a hub's data folder, which need not exist.
    package init(folder: String) {
        database = folder + "/keys.sqlite"
        secrets = folder + "/secrets"
        deploymentKey = secrets + "/deployment.key"
        feedCurveKey = secrets + "/feed.curve"
    }
}
