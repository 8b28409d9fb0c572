import CaseDesk
import Casework
import EventSourcing
import FeedProtocol
import Foundation
import HubTesting
import Logging
import SQLiteEventLog
import Testing

@testable import HubServer

/// Sealed files: in the backup, in the hub made from it, and out of the store once nothing can name them any more.
@Suite(.timeLimit(.minutes(5))) struct BackupAttachmentTests {
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

    private func makeHub() async throws {
        _ = try await HubInitializer(folder: hub, hubCode: "TS", isDemo: true, startingAt: PushedClock().now())
            .run(rulebook: nil, console: console)
    }

    private func restore(to name: String) async throws(CommandFailure) -> HubFolder {
        let folder = HubFolder("\(root)/\(name)")
        try await HubRestore(
            from: backup, to: folder, deploymentKey: .keyFile(hub.deploymentKey), feedKey: nil
        ).run(console: console)
        return folder
    }

    /// A hub with a case and some files, as the desk stores them.
    ///
    /// - Returns: The files' identifiers in order.
    private func store(_ count: Int) async throws -> [UniqueID] {
        let open = try await OpenHub.open(hub, logger: logger)
        let identifiers = IdentifierSource()
        let chance = identifiers.next(count + 3, at: WallClock().now())
        let person = PersonReference(chance[0])
        let caseFile = CaseID(chance[1])
        let town = try #require(TownCode("huangtang"))
        var stored: [(UniqueID, Data)] = []
        var events: [NewEvent] = []
        for id in chance.dropFirst(3) {
            let sealed = Data("sealed \(id)".utf8)
            try SealedFolder(hub.attachments).put(sealed, as: id)
            stored.append((id, sealed))
            let fact = DeskEvent.AttachmentStored(
                caseFile: caseFile, attachment: id, person: person,
                file: Attachment(
                    digest: try #require(ContentDigest(String(repeating: "a", count: 64))), name: nil, bytes: 3),
                sealedDigest: try #require(
                    ContentDigest(
                        try BackupFile.content(of: SealedFolder.path(of: id, in: hub.attachments)).sha256.description)),
                mediaType: .pdf)
            let meta = EventMetadata(
                actor: .init(account: AccountID(chance[2]), role: "station"), channel: "http", command: id)
            events.append(
                NewEvent(
                    eventID: identifiers.next(at: WallClock().now()), type: DeskEvent.Kind.attachmentStored.rawValue,
                    schemaVersion: 1, occurredAt: open.desk.clock.now(), meta: try EventJSON.encode(meta),
                    data: try EventJSON.encode(fact), tags: [.caseFile(caseFile), .town(town)], disclosure: .none,
                    sealed: [], salt: identifiers.salt()))
        }
        _ = try await open.log.append(
            Append(
                commandID: chance[2], actor: AccountID(chance[2]), fingerprint: Data(count: 32), events: events,
                condition: nil, deadline: .now + .seconds(10)))
        await open.close()
        return stored.map(\.0)
    }

    @Test func `the sealed files a log names are in the backup and in the hub made from it`() async throws {
        try await makeHub()
        let files = try await store(3)
        // What no event names is left to be swept, and is in no backup.
        let orphan = IdentifierSource().next(at: WallClock().now())
        try SealedFolder(hub.attachments).put(Data("orphan".utf8), as: orphan)
        try await BackupCreation(of: hub, to: backup).run(console: console)
        let manifest = try BackupManifest(reading: backup.manifest)
        #expect(manifest.attachments?.count == 3 && manifest.attachments?.lost == [])
        #expect(!manifest.notIncluded.map(\.name).contains("attachments"))
        #expect(try SealedFolder(backup.attachments).sealed(orphan) == nil)
        #expect(try await BackupVerification(of: backup).check(console: console).1.isEmpty)
        let restored = try await restore(to: "again")
        for id in files {
            #expect(try SealedFolder(restored.attachments).sealed(id) == Data("sealed \(id)".utf8))
        }
    }

    @Test func `a file missing or damaged in a backup is named, and one lost before it is no fault of the backup's`()
        async throws
    {
        try await makeHub()
        let files = try await store(4)
        // Lost and damaged before anybody backed up: said then, and kept in the manifest.
        try SealedFolder(hub.attachments).remove(files[0])
        try Data("other".utf8).write(to: URL(filePath: SealedFolder.path(of: files[1], in: hub.attachments)))
        try await BackupCreation(of: hub, to: backup).run(console: console)
        let manifest = try BackupManifest(reading: backup.manifest)
        #expect(manifest.attachments?.lost == [files[0], files[1]] && manifest.attachments?.count == 2)
        #expect(try await BackupVerification(of: backup).check(console: console).1.isEmpty)
        let missing = SealedFolder.path(of: files[2], in: backup.attachments)
        let damaged = SealedFolder.path(of: files[3], in: backup.attachments)
        try FileManager.default.removeItem(atPath: missing)
        try Data("other".utf8).write(to: URL(filePath: damaged))
        let found = try await BackupVerification(of: backup).check(console: console).1
        #expect(found.map(\.code) == ["backup.attachmentMissing", "backup.attachmentDamaged"])
        #expect(found.map(\.field) == [missing, damaged])
        do throws(CommandFailure) {
            _ = try await restore(to: "never")
            Issue.record("a backup without its files is restored")
        } catch {
            #expect(error.code == "backup.attachmentMissing" && error.field == missing)
        }
    }

    @Test func `an upload nothing names is swept after a day, and a named or young one stays`() async throws {
        try await makeHub()
        let named = try await store(2)
        let orphan = IdentifierSource().next(at: WallClock().now())
        let folder = SealedFolder(hub.attachments)
        try folder.put(Data("orphan".utf8), as: orphan)
        let partial = SealedFolder.path(of: orphan, in: hub.attachments) + ".partial"
        try Data("half".utf8).write(to: URL(filePath: partial))
        let open = try await OpenHub.open(hub, logger: logger)
        let clock = PushedClock(at: WallClock().now())
        let sweeper = AttachmentSweeper(log: open.log, folder: folder, logger: logger, clock: clock)
        #expect(await sweeper.sweep() == 0, "its command may still come to stand")
        clock.advance(byMilliseconds: AttachmentSweeper.age + 60_000)
        #expect(await sweeper.sweep() == 2)
        #expect(try folder.sealed(orphan) == nil && !FileManager.default.fileExists(atPath: partial))
        for id in named { #expect(try folder.sealed(id) != nil) }
        await open.close()
    }
}
