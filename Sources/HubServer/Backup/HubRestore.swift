import CaseDesk
import Crypto
import EventSourcing
import FeedProtocol
import FoundationEssentials
import KeyStore
import SQLiteEventLog

#if canImport(Glibc)
    import Glibc
#endif

/// Makes a hub from a backup, with a new epoch; whole, or nothing.
package struct HubRestore: Sendable {
    /// Where the deployment key comes from, which is in no backup.
    package enum DeploymentKeySource: Hashable, Sendable {
        /// Text of the recovery sheet, or its code alone.
        case recoverySheet(String)
        /// The 32 bytes of `secrets/deployment.key`.
        case keyFile(String)
    }

    private let backup: BackupFolder
    private let folder: HubFolder
    private let deploymentKey: DeploymentKeySource
    private let feedKey: String?

    /// - Parameters:
    ///   - folder: Does not exist yet, or is empty.
    ///   - feedKey: The feed's CURVE key, kept apart from the backup; without it a new one is made.
    package init(
        from backup: BackupFolder, to folder: HubFolder, deploymentKey: DeploymentKeySource, feedKey: String?
    ) {
        self.backup = backup
        self.folder = HubFolder(BackupFolder(folder.path).path)
        self.deploymentKey = deploymentKey
        self.feedKey = feedKey
    }

    private struct Report: Encodable {
        let folder: String
        let log: UniqueID
        let epoch: UniqueID
        let previousEpoch: UniqueID
        let head: Position
        let root: HexBytes
        /// Whether the departments need new hand-over sheets.
        let newFeedKey: Bool
    }

    /// Verifies the backup, copies it, and proves that it opens before the folder becomes a hub.
    ///
    /// - Throws: ``CommandFailure``; then the folder holds nothing of it.
    package func run(console: Console) async throws(CommandFailure) {
        let key = try readDeploymentKey()
        let (manifest, findings) = try await BackupVerification(of: backup).check(console: console)
        if let first = findings.first { throw BackupVerification.failure(first) }
        guard let manifest else { return }
        let staging = try StagedHub(in: folder)
        let restored: (identity: LogIdentity, newFeedKey: Bool)
        do throws(CommandFailure) {
            restored = try await fill(staging.folder, manifest, key)
            try staging.install()
        } catch {
            staging.discard()
            throw error
        }
        say(manifest, restored.newFeedKey, console)
        console.result(
            Report(
                folder: folder.path, log: manifest.log, epoch: restored.identity.epoch, previousEpoch: manifest.epoch,
                head: manifest.head, root: manifest.root, newFeedKey: restored.newFeedKey))
    }

    private func readDeploymentKey() throws(CommandFailure) -> DeploymentKey {
        do throws(KeyStoreError) {
            switch deploymentKey {
            case .keyFile(let path):
                return try DeploymentKey(contentsOf: path)
            case .recoverySheet(let path):
                guard let data = try? Data(contentsOf: URL(filePath: path)) else {
                    throw KeyStoreError(.missingFile(path))
                }
                return try DeploymentKey(recoveryText: String(decoding: data, as: UTF8.self))
            }
        } catch {
            throw CommandFailure(error, folder: folder.path)
        }
    }

    private func fill(_ place: HubFolder, _ manifest: BackupManifest, _ key: DeploymentKey)
        async throws(CommandFailure) -> (identity: LogIdentity, newFeedKey: Bool)
    {
        for (source, target) in [(backup.log, place.log), (backup.keys, place.keys)] {
            let content = try BackupFile.copy(source, to: target)
            guard manifest.files.contains(where: { $0.bytes == content.bytes && $0.sha256 == content.sha256 }) else {
                throw CommandFailure(
                    .defect, code: "backup.digest", field: source, chinese: "文件在恢复过程中变了",
                    english: "the file changed while it was restored", remedy: "再试一次 / try again")
            }
        }
        let identity: LogIdentity
        do throws(EventLogError) {
            identity = try LogRestore(folder: place.path).begin(epoch: IdentifierSource().next(at: WallClock().now()))
            try await proveLog(in: place, manifest)
        } catch {
            throw CommandFailure(error, folder: place.path)
        }
        try await proveKeys(in: place, identity, key)
        try await putAttachments(in: place)
        let isNew = try putFeedKey(in: place)
        try BackupFile.sync(place.secrets)
        try BackupFile.sync(place.path)
        return (identity, isNew)
    }

    /// Every file the backup has of those the log names; the verification has compared them.
    private func putAttachments(in place: HubFolder) async throws(CommandFailure) {
        let named: AttachmentsOfLog
        do throws(EventLogError) {
            named = try await AttachmentsOfLog(in: place.path)
        } catch {
            throw CommandFailure(error, folder: place.path)
        }
        _ = try named.copy(from: backup.attachments, to: place.attachments)
    }

    /// The log opens as a server would open it, at the head and root of the backup.
    private func proveLog(in place: HubFolder, _ manifest: BackupManifest) async throws(EventLogError) {
        let log = try SQLiteEventLog.open(in: place.path, clock: WallClock())
        let head: LogHead
        do throws(EventLogError) {
            head = try await log.head()
            await log.close()
        } catch {
            await log.close()
            throw error
        }
        guard head.position == manifest.head, head.root == manifest.root.bytes else {
            throw EventLogError(.damaged, at: head.position, detail: "head or root are not those of the backup")
        }
    }

    /// The deployment key opens the keys, and they are not older than the log.
    private func proveKeys(in place: HubFolder, _ identity: LogIdentity, _ key: DeploymentKey)
        async throws(CommandFailure)
    {
        let keys: KeyStore
        let reader: SQLiteLogReader
        do {
            try KeyStore.restore(key, in: place.path)
            keys = try KeyStore.open(in: place.path, logID: identity.logID)
            reader = try SQLiteLogReader(folder: place.path)
        } catch let error as KeyStoreError {
            throw CommandFailure(error, folder: place.path)
        } catch {
            throw CommandFailure(
                error as? EventLogError ?? EventLogError(.unavailable, underlying: error), folder: place.path)
        }
        defer { try? keys.close() }
        try await KeysOfLog.prove(keys, inEpoch: identity.epoch, folder: place.path) {
            position throws(EventLogError) in try await reader.persons(after: position)
        }
    }

    /// - Returns: Whether a new key had to be made.
    private func putFeedKey(in place: HubFolder) throws(CommandFailure) -> Bool {
        if let feedKey {
            let content = try BackupFile.copy(feedKey, to: place.curveKey)
            guard content.bytes == 32 else {
                throw CommandFailure(
                    .badInput, code: "restore.feedKey", field: feedKey, chinese: "传输密钥应为 32 字节",
                    english: "the feed's key has 32 bytes",
                    remedy: "用原 secrets/feed.curve / use the old secrets/feed.curve")
            }
            return false
        }
        let secret = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        try BackupFile.create(place.curveKey, secret)
        return true
    }

    private func say(_ manifest: BackupManifest, _ isNewFeedKey: Bool, _ console: Console) {
        console.say(
            """
            已恢复:\(manifest.head) 个事件,根 \(manifest.root) → \(folder.path)
            restored: \(manifest.head) events; the log has a new epoch
            备份之后的一切都不在其中 / nothing after the backup is here:
            - 各部门适配器将停在“已分叉”,由人核对后再接上
              the departments' adapters stop as forked until a person has compared
            - 备份之后吊销的令牌重新有效,请再吊销
              tokens revoked since are valid again: revoke them once more
            """)
        if isNewFeedKey {
            console.say(
                "- 传输密钥已新生成,请向各部门重发交接单\n  the feed has a new key: hand out new sheets (onedoor department keys)")
        }
        console.say("下一步 next: onedoor serve --data \(folder.path)")
    }
}
