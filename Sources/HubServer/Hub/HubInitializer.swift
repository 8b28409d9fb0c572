import CaseDesk
import Crypto
package import EventSourcing
import FoundationEssentials
import KeyStore
import Logging
import RuleBook
import SQLiteEventLog

#if canImport(Glibc)
    import Glibc
#endif

/// Makes a new hub: folder, log with its first event, keys, recovery sheet, rule book.
package struct HubInitializer: Sendable {
    /// What was made.
    package struct Report: Codable, Sendable {
        package let folder: String
        package let log: UniqueID
        package let hubCode: String
        package let demo: Bool
        /// Rule events published; 0 without a rule book.
        package let rules: Int
        /// To be printed once and locked away.
        package let sheet: String
    }

    private let folder: HubFolder
    private let hubCode: String
    private let isDemo: Bool
    private let start: Instant?
    private let identifiers: IdentifierSource

    /// A synthetic county's hub, whose log begins alike for every seed; always a demo.
    init(synthetic settings: CountySettings, in folder: HubFolder, startingAt start: Instant) {
        self.folder = folder
        hubCode = "XS"
        isDemo = true
        self.start = start
        identifiers = IdentifierSource(SeededChance(seed: settings.seed, stream: 0x109))
    }

    /// - Parameters:
    ///   - hubCode: 2 to 6 capitals.
    ///   - start: Where a demo's clock begins; nothing for a real hub.
    package init(folder: HubFolder, hubCode: String, isDemo: Bool, startingAt start: Instant?) {
        self.folder = folder
        self.hubCode = hubCode
        self.isDemo = isDemo
        self.start = start
        identifiers = IdentifierSource()
    }

    /// Makes everything, or nothing that a second try would trip over.
    ///
    /// - Parameter rulebook: Folder of rule files to publish.
    /// - Throws: ``CommandFailure`` when the folder is not empty or not writable, the code malformed, a rule file wrong.
    package func run(rulebook: String?, console: Console) async throws(CommandFailure) -> Report {
        guard (2...6).contains(hubCode.utf8.count),
            hubCode.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
        else {
            throw CommandFailure(
                .usage, code: "hub.codeMalformed", field: "--hub-code", chinese: "字头应为 2 至 6 个大写字母",
                english: "the hub code is 2 to 6 capital letters", remedy: "例如 DY / for example DY")
        }
        let publications = try rulebook.map { path throws(CommandFailure) in try RulePublication.read(path) } ?? []
        try makeFolders()
        let now = start ?? WallClock().now()
        let identity = LogIdentity(
            logID: identifiers.next(at: now), epoch: identifiers.next(at: now), isDemo: isDemo)
        try await makeLog(identity, now: now)
        let sheet = try makeKeys(identity)
        try makeFeedKey()
        let published = try await publish(publications, console: console)
        return Report(
            folder: folder.path, log: identity.logID, hubCode: hubCode, demo: isDemo, rules: published, sheet: sheet)
    }

    private func makeFolders() throws(CommandFailure) {
        if FileManager.default.fileExists(atPath: folder.log) {
            throw CommandFailure(
                .cannotCreate, code: "init.exists", field: folder.path, chinese: "这里已有一个中心",
                english: "there is a hub here already", remedy: "换一个空目录 / choose an empty folder")
        }
        for path in [folder.path, folder.run] {
            do {
                try FileManager.default.createDirectory(
                    atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            } catch {
                throw CommandFailure(
                    .cannotCreate, code: "init.folder", field: path, chinese: "目录无法建立或写入",
                    english: "the folder cannot be made or written", remedy: "检查路径与权限 / check the path and its rights")
            }
        }
    }

    private func makeLog(_ identity: LogIdentity, now: Instant) async throws(CommandFailure) {
        do throws(EventLogError) {
            let log = try SQLiteEventLog.create(
                in: folder.path, identity: identity, clock: DemoClock(startingAt: now))
            let command = identifiers.next(at: now)
            let system = AccountID(identifiers.next(at: now))
            let metadata = EventMetadata(
                actor: .init(account: system, role: "system"), channel: "cli", command: command)
            let created = HubCreated(hubCode: hubCode, demo: identity.isDemo)
            guard let meta = try? EventJSON.encode(metadata), let data = try? EventJSON.encode(created) else {
                throw EventLogError(.invalidAppend, detail: "HubCreated does not encode")
            }
            let event = NewEvent(
                eventID: identifiers.next(at: now), type: RuleBookEvent.Kind.hubCreated.rawValue, schemaVersion: 1,
                occurredAt: now, meta: meta, data: data, tags: [], disclosure: .none, sealed: [],
                salt: identifiers.salt())
            let fingerprint = Data(SHA256.hash(data: data))
            _ = try await log.append(
                Append(
                    commandID: command, actor: system, fingerprint: fingerprint, events: [event],
                    condition: AppendCondition(failIfEventsMatch: .all, after: .start)))
            await log.close()
        } catch {
            throw CommandFailure(error, folder: folder.path)
        }
    }

    private func makeKeys(_ identity: LogIdentity) throws(CommandFailure) -> String {
        do throws(KeyStoreError) {
            let keys = try KeyStore.create(in: folder.path, logID: identity.logID)
            let deployment = try DeploymentKey(contentsOf: folder.deploymentKey)
            let sheet = RecoverySheet(
                hubCode: hubCode, logID: identity.logID, deploymentKey: deployment, inventory: try keys.inventory())
            try keys.close()
            return sheet.text
        } catch {
            throw CommandFailure(error, folder: folder.path)
        }
    }

    /// 32 random bytes, the CURVE secret; only the feed reads them.
    private func makeFeedKey() throws(CommandFailure) {
        let secret = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        let descriptor = Glibc.open(folder.curveKey, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        defer { if descriptor >= 0 { close(descriptor) } }
        guard descriptor >= 0, write(descriptor, secret, secret.count) == secret.count, fsync(descriptor) == 0 else {
            throw CommandFailure(
                .cannotCreate, code: "init.feedKey", field: folder.curveKey, chinese: "无法写入传输密钥",
                english: "the feed's key cannot be written", remedy: "检查目录权限 / check the folder's rights")
        }
    }

    private func publish(_ publications: [RuleFile.Entry], console: Console) async throws(CommandFailure) -> Int {
        guard !publications.isEmpty else { return 0 }
        let hub = try await OpenHub.open(folder, logger: Logger(label: "onedoor.init"))
        if let start { _ = hub.demoClock?.set(to: start) }
        do throws(CommandFailure) {
            let count = try await RulePublication.publish(
                publications, through: LocalDoor(hub), console: console)
            await hub.close()
            return count
        } catch {
            await hub.close()
            throw error
        }
    }
}
