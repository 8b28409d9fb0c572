import EventSourcing
import FeedProtocol
import FoundationEssentials
import KeyStore
import SQLiteEventLog

/// Makes a backup of a hub, beside a running server or without one.
package struct BackupCreation: Sendable {
    private let folder: HubFolder
    private let target: BackupFolder

    /// - Parameter target: A folder that does not exist yet, or is empty.
    package init(of folder: HubFolder, to target: BackupFolder) {
        self.folder = folder
        self.target = target
    }

    private struct Report: Encodable {
        let backup: String
        let log: UniqueID
        let epoch: UniqueID
        let head: Position
        let root: HexBytes
        let counts: LogBackup.Counts
        let persons: Int
        let attachments: BackupManifest.Attachments?
        let files: [BackupManifest.File]
        let milliseconds: Int64
        let notIncluded: [BackupManifest.Missing]
    }

    /// Copies the log up to its head of the moment, then the keys, and gives the folder its name when all is whole.
    ///
    /// - Throws: ``CommandFailure``; then nothing is left at the target, and nothing of the hub was changed.
    package func run(console: Console) async throws(CommandFailure) {
        let start = WallClock().now()
        let manifest: BackupManifest
        do throws(CommandFailure) {
            manifest = try await make(startedAt: start, console: console)
            console.progressDone()
        } catch {
            console.progressDone()
            throw error
        }
        let milliseconds = manifest.finishedAt.milliseconds - start.milliseconds
        let megabytes = manifest.files.reduce(0) { $0 + $1.bytes } / 1_000_000
        console.say(
            """
            备份完成:\(manifest.head) 个事件,\(megabytes) MB,\(milliseconds) 毫秒 → \(target.path)
            backed up: \(manifest.head) events, \(megabytes) MB in \(milliseconds) ms
            根 root \(manifest.root)
            备份中没有 / not in the backup:
            """)
        for missing in manifest.notIncluded {
            console.say("- \(missing.name)\n  \(missing.chinese)\n  \(missing.english)")
        }
        console.result(
            Report(
                backup: target.path, log: manifest.log, epoch: manifest.epoch, head: manifest.head,
                root: manifest.root, counts: manifest.counts, persons: manifest.persons,
                attachments: manifest.attachments,
                files: manifest.files,
                milliseconds: milliseconds, notIncluded: manifest.notIncluded))
    }

    private func make(startedAt start: Instant, console: Console) async throws(CommandFailure) -> BackupManifest {
        let backup: LogBackup
        do throws(EventLogError) {
            backup = try LogBackup(of: folder.path)
        } catch {
            throw CommandFailure(error, folder: folder.path)
        }
        let unfinished = try UnfinishedBackup(of: target)
        let place = unfinished.folder
        let copy: LogBackup.Copy
        do throws(EventLogError) {
            copy = try await backup.copy(to: place.path) { reached, head in
                console.progress("备份 backing up \(reached)/\(head)")
            }
        } catch {
            // Without room it is the target's disk that is full.
            throw CommandFailure(error, folder: error.code == .full ? target.path : folder.path)
        }
        try await KeysBackup(of: folder, logID: copy.identity.logID).copy(to: place.keys)
        let persons = try await proveKeys(in: place)
        // After the log: files are put in their place before the event that names them, and never changed.
        let attachments = try await copyAttachments(to: place, console: console)
        let manifest = try await describe(copy, attachments, persons: persons, in: place, startedAt: start)
        try unfinished.finish()
        return manifest
    }

    /// Keys taken after the log know everybody in it; a backup of which that is not true is none.
    private func proveKeys(in place: BackupFolder) async throws(CommandFailure) -> Int {
        do {
            let keys = try KeyStoreCopy(path: place.keys)
            try await KeysOfLog.check(keys, against: SQLiteLogReader(folder: place.path))
            let persons = try keys.personCount()
            try keys.close()
            return persons
        } catch let error as KeyStoreError {
            throw CommandFailure(error, folder: folder.path)
        } catch {
            throw CommandFailure(
                error as? EventLogError ?? EventLogError(.unavailable, underlying: error), folder: folder.path)
        }
    }

    private func copyAttachments(to place: BackupFolder, console: Console) async throws(CommandFailure)
        -> BackupManifest.Attachments
    {
        let named: AttachmentsOfLog
        do throws(EventLogError) {
            named = try await AttachmentsOfLog(in: place.path)
        } catch {
            throw CommandFailure(error, folder: place.path)
        }
        let (bytes, lost) = try named.copy(from: folder.attachments, to: place.attachments)
        for fault in lost {
            console.say(
                fault.isMissing
                    ? "附件缺失,备份中没有 / a file is missing and not in the backup: \(fault.path)"
                    : "附件损坏,备份中没有 / a file is damaged and not in the backup: \(fault.path)")
        }
        return .init(count: named.stored.count - lost.count, bytes: bytes, lost: lost.map(\.attachment))
    }

    private func describe(
        _ copy: LogBackup.Copy, _ attachments: BackupManifest.Attachments, persons: Int, in place: BackupFolder,
        startedAt start: Instant
    ) async throws(CommandFailure) -> BackupManifest {
        var files: [BackupManifest.File] = []
        for (name, path) in [("log.sqlite", place.log), ("keys.sqlite", place.keys)] {
            let content = try BackupFile.content(of: path)
            files.append(.init(name: name, bytes: content.bytes, sha256: content.sha256))
        }
        guard
            let manifest = try? BackupManifest(
                of: copy, persons: persons, attachments: attachments, files: files, startedAt: start,
                finishedAt: WallClock().now()),
            let bytes = try? manifest.bytes()
        else { preconditionFailure("a manifest of texts and numbers always encodes") }
        try BackupFile.create(place.manifest, Array(bytes))
        return manifest
    }
}
