import CaseDesk
import EventSourcing
import Foundation
import GRDB
import HubTesting
import KeyStore
import Logging
import RuleBook
import SQLiteEventLog
import Testing

@testable import HubServer

/// Backups of a whole hub at rest: what is taken for one, what is found in one, what becomes of one.
@Suite(.timeLimit(.minutes(5))) struct BackupTests {
    private let root: String
    private let hub: HubFolder
    private let backup: BackupFolder
    private let console = Console(json: false, silent: true)
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init() throws {
        root = FileManager.default.temporaryDirectory.appending(path: "backup-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        hub = HubFolder(root + "/hub")
        backup = BackupFolder(root + "/copy")
    }

    /// A new hub that knows some persons.
    ///
    /// - Returns: Its recovery sheet.
    @discardableResult
    private func makeHub(persons: Int = 3) async throws -> String {
        let report = try await HubInitializer(folder: hub, hubCode: "TS", isDemo: true, startingAt: PushedClock().now())
            .run(rulebook: nil, console: console)
        try await register(persons)
        return report.sheet
    }

    private func register(_ persons: Int) async throws {
        let open = try await OpenHub.open(hub, logger: logger)
        try await register(persons, at: open)
        await open.close()
    }

    private func register(_ persons: Int, at open: OpenHub) async throws {
        let town = try #require(TownCode("huangtang"))
        let identifiers = IdentifierSource()
        let body = try EventJSON.decode(
            CommandBody.self,
            from: Data(#"{"open":{"minor":false},"sealed":[{"group":"identity","value":{"name":"赵测丁"}}]}"#.utf8))
        for _ in 0..<persons {
            let id = identifiers.next(at: WallClock().now())
            _ = try await open.desk.perform(
                CommandRequest(
                    id: id, type: "RegisterPerson", subject: "", body: body, bytes: Data(id.bytes),
                    principal: Principal(account: AccountID(id), role: .station, town: town), channel: "http"))
        }
    }

    private func create() async throws {
        try await BackupCreation(of: hub, to: backup).run(console: console)
    }

    private func findings() async throws -> [String] {
        try await BackupVerification(of: backup).check(console: console).1.map(\.code)
    }

    private func restore(to name: String, _ key: HubRestore.DeploymentKeySource? = nil, feedKey: String? = nil)
        async throws -> HubFolder
    {
        let folder = HubFolder("\(root)/\(name)")
        try await HubRestore(
            from: backup, to: folder, deploymentKey: key ?? .keyFile(hub.deploymentKey), feedKey: feedKey
        ).run(console: console)
        return folder
    }

    private func code(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? CommandFailure)?.code ?? "\(error)"
        }
    }

    private func contents(_ path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }

    private func events(_ folder: String) async throws -> [RecordedEvent] {
        try await SQLiteLogReader(folder: folder).events(after: .start, limit: 1000)
    }

    // MARK: Making

    @Test func `a backup holds log, keys and manifest for the owner alone, and is sound`() async throws {
        try await makeHub()
        try await create()
        #expect(try contents(backup.path) == ["backup.json", "keys.sqlite", "log.sqlite"])
        #expect(try contents(root) == ["copy", "hub"])
        for name in try contents(backup.path) {
            let file = try FileManager.default.attributesOfItem(atPath: "\(backup.path)/\(name)")
            #expect(file[.posixPermissions] as? Int == 0o600, "\(name)")
        }
        let folder = try FileManager.default.attributesOfItem(atPath: backup.path)
        #expect(folder[.posixPermissions] as? Int == 0o700)
        #expect(try await findings().isEmpty)
        #expect(try contents(backup.path) == ["backup.json", "keys.sqlite", "log.sqlite"])
        let manifest = try BackupManifest(reading: backup.manifest)
        #expect(manifest.head == Position(4) && manifest.persons == 3)
        #expect(manifest.notIncluded.map(\.name).contains("secrets/deployment.key"))
        let secret = try Data(contentsOf: URL(filePath: hub.deploymentKey))
        for name in try contents(backup.path) {
            let bytes = try Data(contentsOf: URL(filePath: "\(backup.path)/\(name)"))
            #expect(bytes.firstRange(of: secret) == nil && bytes.firstRange(of: Data("赵测丁".utf8)) == nil, "\(name)")
        }
    }

    @Test func `a destination that holds anything is refused, an empty one is used`() async throws {
        try await makeHub()
        try FileManager.default.createDirectory(atPath: backup.path, withIntermediateDirectories: true)
        try Data("x".utf8).write(to: URL(filePath: backup.path + "/other"))
        #expect(await code { try await create() } == "backup.exists")
        #expect(try contents(backup.path) == ["other"])
        try FileManager.default.removeItem(atPath: backup.path + "/other")
        try await create()
        #expect(await code { try await create() } == "backup.exists")
        #expect(try await findings().isEmpty)
    }

    @Test func `an interrupted backup is not taken for a whole one, and the next one takes its place`() async throws {
        try await makeHub()
        #expect(await code { _ = try await findings() } == "backup.missing")
        try await create()
        // As a process leaves it that is killed before the last step.
        try FileManager.default.moveItem(atPath: backup.path, toPath: backup.unfinished.path)
        try FileManager.default.removeItem(atPath: backup.unfinished.manifest)
        #expect(await code { _ = try await findings() } == "backup.missing")
        let stray = BackupVerification(of: backup.unfinished)
        #expect(try await stray.check(console: console).1.map(\.code) == ["backup.unfinished"])
        let refused = await code {
            try await HubRestore(
                from: backup.unfinished, to: HubFolder(root + "/new"), deploymentKey: .keyFile(hub.deploymentKey),
                feedKey: nil
            ).run(console: console)
        }
        #expect(refused == "backup.unfinished")
        try await create()
        #expect(try contents(root) == ["copy", "hub"])
        #expect(try await findings().isEmpty)
    }

    @Test func `two backups at one place do not mix`() async throws {
        try await makeHub()
        let first = try UnfinishedBackup(of: backup)
        #expect(await code { try await create() } == "backup.running")
        #expect(try contents(root) == ["copy.partial", "hub"])
        _ = consume first
        try await create()
        #expect(try await findings().isEmpty)
    }

    @Test func `keys older than the log make no backup`() async throws {
        try await makeHub(persons: 2)
        let older = try Data(contentsOf: URL(filePath: hub.keys))
        try await register(1)
        for name in ["keys.sqlite-wal", "keys.sqlite-shm"] {
            try? FileManager.default.removeItem(atPath: "\(hub.path)/\(name)")
        }
        try older.write(to: URL(filePath: hub.keys))
        #expect(await code { try await create() } == "keys.olderThanLog")
        #expect(try contents(root) == ["hub"])
        #expect(await code { await (try OpenHub.open(hub, logger: logger)).close() } == "keys.olderThanLog")
    }

    @Test func `what is no hub is not backed up`() async throws {
        #expect(await code { try await create() } == "log.unavailable")
        #expect(try contents(root).isEmpty)
    }

    // MARK: Proving

    @Test func `one flipped byte anywhere in a backup is found`() async throws {
        var generator = SeededGenerator.printed()
        try await makeHub()
        try await create()
        for name in try contents(backup.path) {
            let file = URL(filePath: "\(backup.path)/\(name)")
            let whole = try Data(contentsOf: file)
            for _ in 0..<20 {
                let place = Int.random(in: 0..<whole.count, using: &generator)
                var altered = whole
                altered[place] ^= UInt8.random(in: 1...255, using: &generator)
                try altered.write(to: file)
                do {
                    #expect(try await !findings().isEmpty, "byte \(place) of \(name)")
                } catch let failure as CommandFailure {
                    // The one digit that says the format.
                    #expect(failure.code == "backup.newerFormat")
                }
                let refused = await code { _ = try await restore(to: "new") }
                #expect(refused != nil, "byte \(place) of \(name)")
                #expect(!FileManager.default.fileExists(atPath: root + "/new"))
            }
            try whole.write(to: file)
        }
        #expect(try await findings().isEmpty)
    }

    @Test func `keys and logs of other hubs or times are found`() async throws {
        try await makeHub()
        try await create()
        let keys = try DatabaseQueue(path: backup.keys)
        try await keys.write {
            try $0.execute(sql: "DELETE FROM person_key WHERE person = (SELECT max(person) FROM person_key)")
        }
        #expect(try await findings() == ["backup.digest", "backup.keys.olderThanLog"])
        try await keys.write { try $0.execute(sql: "UPDATE key_meta SET log_id = zeroblob(16)") }
        try keys.close()
        #expect(try await findings() == ["backup.digest", "backup.keys.foreignLog"])
        try FileManager.default.removeItem(atPath: backup.keys)
        #expect(try await findings() == ["backup.digest", "backup.keys.missingFile"])
        _ = try LogRestore(folder: backup.path).begin(epoch: IdentifierSource().next(at: WallClock().now()))
        #expect(try await findings().prefix(3) == ["backup.digest", "backup.digest", "backup.otherLog"])
    }

    // MARK: Restoring

    @Test func `a restored hub has the same events under a new epoch and goes on`() async throws {
        try await makeHub()
        try await create()
        let folder = try await restore(to: "new", feedKey: hub.curveKey)
        #expect(try contents(folder.path) == ["keys.sqlite", "log.sqlite", "secrets"])
        #expect(try contents(folder.secrets) == ["deployment.key", "feed.curve"])
        #expect(try await events(folder.path) == events(hub.path))
        #expect(
            try Data(contentsOf: URL(filePath: folder.curveKey)) == Data(contentsOf: URL(filePath: hub.curveKey)))
        let old = try SQLiteLogReader(folder: hub.path).identity
        let open = try await OpenHub.open(folder, logger: logger)
        #expect(open.log.identity.logID == old.logID)
        #expect(open.log.identity.epoch != old.epoch)
        #expect(try open.keys.provenPosition(inEpoch: open.log.identity.epoch) == Position(4))
        #expect(try open.keys.personCount() == 3)
        await open.close()
        // The backup can be used again.
        #expect(try await findings().isEmpty)
        _ = try await restore(to: "again")
    }

    @Test func `the recovery sheet alone gives the deployment key`() async throws {
        let sheet = try await makeHub()
        try await create()
        let path = root + "/sheet.txt"
        try Data(sheet.utf8).write(to: URL(filePath: path))
        let folder = try await restore(to: "new", .recoverySheet(path))
        #expect(
            try Data(contentsOf: URL(filePath: folder.deploymentKey))
                == Data(contentsOf: URL(filePath: hub.deploymentKey)))
        #expect(try Data(contentsOf: URL(filePath: folder.curveKey)).count == 32)
        #expect(
            try Data(contentsOf: URL(filePath: folder.curveKey)) != Data(contentsOf: URL(filePath: hub.curveKey)))
    }

    @Test func `without the right deployment key nothing is restored and nothing is left`() async throws {
        try await makeHub()
        try await create()
        let wrong = root + "/wrong.key"
        try DeploymentKey.random().write(to: wrong)
        let short = root + "/short.key"
        try DeploymentKey.random().write(to: short)
        try Data("x".utf8).write(to: URL(filePath: short))
        let sources: [(HubRestore.DeploymentKeySource, String)] = [
            (.keyFile(wrong), "keys.wrongDeploymentKey"), (.keyFile(short), "keys.deploymentKeyMalformed"),
            (.keyFile(root + "/none"), "keys.missingFile"), (.recoverySheet(root + "/none"), "keys.missingFile"),
            (.recoverySheet(short), "keys.recoveryTextLength"),
        ]
        for (source, expected) in sources {
            #expect(await code { _ = try await restore(to: "new", source) } == expected)
            #expect(!FileManager.default.fileExists(atPath: root + "/new"), "\(expected)")
        }
        let noFeedKey = await code { _ = try await restore(to: "new", feedKey: root + "/none") }
        #expect(noFeedKey == "file.missing")
        #expect(await code { _ = try await restore(to: "new", feedKey: short) } == "restore.feedKey")
        #expect(!FileManager.default.fileExists(atPath: root + "/new"))
    }

    @Test func `a hub that exists is never overwritten`() async throws {
        try await makeHub()
        try await create()
        let before = try Data(contentsOf: URL(filePath: hub.log))
        #expect(await code { _ = try await restore(to: "hub") } == "restore.exists")
        #expect(try Data(contentsOf: URL(filePath: hub.log)) == before)
        try FileManager.default.createDirectory(atPath: root + "/new", withIntermediateDirectories: true)
        try Data().write(to: URL(filePath: root + "/new/other"))
        #expect(await code { _ = try await restore(to: "new") } == "restore.notEmpty")
        #expect(try contents(root + "/new") == ["other"])
        try FileManager.default.removeItem(atPath: root + "/new/other")
        // What a restore that was killed left is no hub and in nobody's way.
        try FileManager.default.createDirectory(
            atPath: root + "/new/restore.partial/secrets", withIntermediateDirectories: true)
        let folder = try await restore(to: "new")
        #expect(try contents(folder.path) == ["keys.sqlite", "log.sqlite", "secrets"])
    }

    // MARK: Starting

    @Test func `a start proves what came since the last one`() async throws {
        try await makeHub(persons: 2)
        let first = try await OpenHub.open(hub, logger: logger)
        let epoch = first.log.identity.epoch
        #expect(try first.keys.provenPosition(inEpoch: epoch) == Position(3))
        await first.close()
        try await register(2)
        let second = try await OpenHub.open(hub, logger: logger)
        #expect(try second.keys.provenPosition(inEpoch: epoch) == Position(5))
        await second.close()
    }

    @Test func `a running hub proves as it goes, so that a start after a kill reads little`() async throws {
        try await makeHub(persons: 1)
        let open = try await OpenHub.open(hub, logger: logger)
        let epoch = open.log.identity.epoch
        #expect(try open.keys.provenPosition(inEpoch: epoch) == Position(2))
        let keeper = KeyProofKeeper(log: open.log, keys: open.keys, logger: logger, distance: 3)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await keeper.run() }
            // The doorbell rings only for whoever listens already, so events come until one was heard.
            while try open.keys.provenPosition(inEpoch: epoch) == Position(2) {
                try await register(3, at: open)
            }
            group.cancelAll()
            try await group.waitForAll()
        }
        await open.close()
    }
}
