import EventSourcing
import FeedProtocol
import FoundationEssentials
import KeyStore
import SQLiteEventLog

/// Proves a backup: its files are those that were written, its log is whole, its keys are that log's and no older.
package struct BackupVerification: Sendable {
    /// Something that does not hold.
    struct Finding: Encodable, Sendable {
        let code: String
        /// Which file, and where in it if that is known.
        let field: String
        let chinese: String
        let english: String
        let remedy: String
    }

    private let folder: BackupFolder

    package init(of folder: BackupFolder) {
        self.folder = folder
    }

    private struct Report: Encodable {
        let backup: String
        let log: UniqueID?
        let head: Position?
        let root: HexBytes?
        let sound: Bool
        let findings: [Finding]
    }

    /// Checks everything and prints what was found.
    ///
    /// - Throws: ``CommandFailure`` with exit 1 when anything does not hold.
    package func run(console: Console) async throws(CommandFailure) {
        let (manifest, findings) = try await check(console: console)
        console.result(
            Report(
                backup: folder.path, log: manifest?.log, head: manifest?.head, root: manifest?.root,
                sound: findings.isEmpty, findings: findings))
        for finding in findings.dropFirst() {
            console.say(
                "\(finding.chinese) [\(finding.field)]\n\(finding.english) (\(finding.code))\n  → \(finding.remedy)")
        }
        if let first = findings.first { throw Self.failure(first) }
        guard let manifest else { return }
        console.say(
            """
            备份完好:\(manifest.head) 个事件,\(manifest.persons) 人的密钥,根 \(manifest.root)
            sound: \(manifest.head) events, keys of \(manifest.persons) persons, root \(manifest.root)
            """)
    }

    /// What does not hold, as the failure of a command.
    static func failure(_ finding: Finding) -> CommandFailure {
        CommandFailure(
            .defect, code: finding.code, field: finding.field, chinese: finding.chinese, english: finding.english,
            remedy: finding.remedy)
    }

    /// Everything that does not hold; the manifest when it can be read.
    ///
    /// - Throws: ``CommandFailure`` when there is no such folder, or it was made by a newer version.
    func check(console: Console) async throws(CommandFailure) -> (BackupManifest?, [Finding]) {
        guard FileManager.default.fileExists(atPath: folder.path) else {
            throw CommandFailure(
                .nothingMatched, code: "backup.missing", field: folder.path, chinese: "没有这个备份",
                english: "there is no such backup", remedy: "检查路径 / check the path")
        }
        let manifest: BackupManifest
        do throws(CommandFailure) {
            manifest = try BackupManifest(reading: folder.manifest)
        } catch {
            guard error.status == .defect else { throw error }
            return (
                nil,
                [
                    Finding(
                        code: error.code, field: error.field, chinese: error.chinese, english: error.english,
                        remedy: error.remedy)
                ]
            )
        }
        var findings = digests(manifest)
        findings += await log(manifest, console: console)
        findings += await keys(manifest)
        findings += await attachments(manifest)
        console.progressDone()
        return (manifest, findings)
    }

    private func digests(_ manifest: BackupManifest) -> [Finding] {
        var findings: [Finding] = []
        for name in ["log.sqlite", "keys.sqlite"] {
            let path = "\(folder.path)/\(name)"
            let content = try? BackupFile.content(of: path)
            let listed = manifest.files.first { $0.name == name }
            if content.map({ $0.bytes == listed?.bytes && $0.sha256 == listed?.sha256 }) != true {
                findings.append(
                    finding(
                        "backup.digest", path, "\(name) 不是备份时写下的内容",
                        content == nil
                            ? "\(name) cannot be read" : "\(name) is not what was written when the backup was made"))
            }
        }
        return findings
    }

    private func log(_ manifest: BackupManifest, console: Console) async -> [Finding] {
        do throws(EventLogError) {
            let verification = try await LogVerifier(SQLiteLogReader(folder: folder.path)).verify { reached, head in
                console.progress("校验 verifying \(reached)/\(head)")
            }
            if let fault = verification.finding {
                let place = fault.position.map { " #\($0)" } ?? ""
                return [
                    finding(
                        "backup.log.\(fault.fault.rawValue)", folder.log + place, "备份的日志不符\(place)",
                        "the log of the backup does not hold: \(fault.detail)")
                ]
            }
            let identity = verification.identity
            guard identity.logID == manifest.log, identity.epoch == manifest.epoch, identity.isDemo == manifest.demo,
                verification.head.position == manifest.head, verification.head.root == manifest.root.bytes
            else {
                return [
                    finding(
                        "backup.otherLog", folder.log, "日志与备份清单不符",
                        "identity, head or root of the log are not those of the manifest")
                ]
            }
            return []
        } catch {
            return [
                finding(
                    "backup.log.unreadable", folder.log, "备份的日志无法读取",
                    "the log of the backup cannot be read: \(error.detail)")
            ]
        }
    }

    private func keys(_ manifest: BackupManifest) async -> [Finding] {
        do {
            let keys = try KeyStoreCopy(path: folder.keys)
            defer { try? keys.close() }
            try keys.checkPages()
            guard keys.logID == manifest.log else {
                throw KeyStoreError(.foreignLog(expected: manifest.log, found: keys.logID))
            }
            try await KeysOfLog.check(keys, against: SQLiteLogReader(folder: folder.path))
            return []
        } catch let error as KeyStoreError {
            let failure = CommandFailure(error, folder: folder.path)
            return [
                finding(
                    "backup.\(failure.code)", folder.keys, "备份的密钥不可用", "the keys of the backup cannot be used",
                    failure.remedy)
            ]
        } catch {
            // The log cannot be read; that is a finding of its own already.
            return []
        }
    }

    /// Every file the log names, but those that were lost before the backup was made.
    private func attachments(_ manifest: BackupManifest) async -> [Finding] {
        guard let listed = manifest.attachments else { return [] }
        // A log that cannot be read is a finding of its own already.
        guard let named = try? await AttachmentsOfLog(in: folder.path) else { return [] }
        return named.faults(in: folder.attachments).filter { !listed.lost.contains($0.attachment) }.map { fault in
            fault.isMissing
                ? finding("backup.attachmentMissing", fault.path, "备份中缺少附件", "a file the log names is missing")
                : finding(
                    "backup.attachmentDamaged", fault.path, "附件不是日志所记的内容", "a file is not what the log says")
        }
    }

    private func finding(
        _ code: String, _ field: String, _ chinese: String, _ english: String,
        _ remedy: String = "保留文件,用另一个备份 / keep the files, use another backup"
    ) -> Finding {
        Finding(code: code, field: field, chinese: chinese, english: english, remedy: remedy)
    }
}
