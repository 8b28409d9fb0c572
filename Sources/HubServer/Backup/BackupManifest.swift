import Crypto
import EventSourcing
import FeedProtocol
import FoundationEssentials
import SQLiteEventLog

/// What `backup.json` says of a backup; written last, so that a backup without it is none.
struct BackupManifest: Codable, Hashable, Sendable {
    static let currentFormat = 1

    /// A file of the backup.
    struct File: Codable, Hashable, Sendable {
        let name: String
        let bytes: UInt64
        let sha256: HexBytes
    }

    /// Something of the hub that must come from elsewhere.
    struct Missing: Codable, Hashable, Sendable {
        let name: String
        let chinese: String
        let english: String
    }

    /// The sealed files of the backup.
    struct Attachments: Codable, Hashable, Sendable {
        let count: Int
        let bytes: UInt64
        /// Files the log names that were missing or damaged in the hub when the backup was made.
        let lost: [UniqueID]
    }

    let format: Int
    /// Version of the program that made it.
    let program: String
    let log: UniqueID
    /// The epoch the log had; a restore begins another.
    let epoch: UniqueID
    let demo: Bool
    let head: Position
    /// Root of the tree at the head.
    let root: HexBytes
    let headRecordedAt: Instant
    let startedAt: Instant
    let finishedAt: Instant
    let counts: LogBackup.Counts
    /// Persons with a key.
    let persons: Int
    /// Nothing in backups made before files were part of them.
    let attachments: Attachments?
    let files: [File]
    let notIncluded: [Missing]
    /// SHA-256 of this document with an empty seal.
    private(set) var seal = HexBytes(Data())

    init(
        of copy: LogBackup.Copy, persons: Int, attachments: Attachments, files: [File], startedAt: Instant,
        finishedAt: Instant
    ) throws {
        format = Self.currentFormat
        program = ProgramVersion.number
        log = copy.identity.logID
        epoch = copy.identity.epoch
        demo = copy.identity.isDemo
        head = copy.head.position
        root = HexBytes(copy.head.root)
        headRecordedAt = copy.head.recordedAt
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        counts = copy.counts
        self.persons = persons
        self.attachments = attachments
        self.files = files
        notIncluded = Self.left
        seal = HexBytes(Data(SHA256.hash(data: try bytes())))
    }

    /// The document as it is written, one form only.
    func bytes() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self) + [UInt8(ascii: "\n")]
    }

    /// Reads a document that nobody altered.
    ///
    /// - Throws: ``CommandFailure`` naming the file: newer, or not as it was written.
    init(reading path: String) throws(CommandFailure) {
        struct Format: Decodable {
            let format: Int
        }
        guard let data = try? Data(contentsOf: URL(filePath: path)) else {
            throw CommandFailure(
                .defect, code: "backup.unfinished", field: path, chinese: "这里没有完整的备份:缺少 backup.json",
                english: "there is no whole backup here: backup.json is missing",
                remedy: "用另一个备份 / use another backup")
        }
        if let known = try? JSONDecoder().decode(Format.self, from: data), known.format > Self.currentFormat {
            throw CommandFailure(
                .configuration, code: "backup.newerFormat", field: path, chinese: "备份由更新的版本写成",
                english: "the backup was made by a newer version", remedy: "请升级 onedoor / upgrade onedoor")
        }
        guard let manifest = try? JSONDecoder().decode(Self.self, from: data), manifest.isSealed(as: data) else {
            throw CommandFailure(
                .defect, code: "backup.manifest", field: path, chinese: "备份清单不完整或被改动",
                english: "the manifest of the backup is incomplete or altered",
                remedy: "用另一个备份 / use another backup")
        }
        self = manifest
    }

    private func isSealed(as data: Data) -> Bool {
        var open = self
        open.seal = HexBytes(Data())
        guard let own = try? bytes(), let unsealed = try? open.bytes() else { return false }
        return own == data && seal.bytes == Data(SHA256.hash(data: unsealed))
    }

    private static let left = [
        Missing(
            name: "secrets/deployment.key", chinese: "部署密钥:在封存的恢复单上,备份中没有它即无人能读个人信息",
            english: "the deployment key: it is on the sealed recovery sheet; without it nobody reads personal data"),
        Missing(
            name: "secrets/feed.curve", chinese: "传输服务密钥:另行保存;没有则恢复时新生成,须向各部门重发交接单",
            english:
                "the CURVE server key: keep it apart; without it a restore makes a new one, and the departments need "
                + "new hand-over sheets"),
        Missing(
            name: "views.sqlite", chinese: "视图:恢复后由日志重建",
            english: "the views: made anew from the log"),
    ]
}
