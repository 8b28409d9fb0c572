import EventSourcing
import Foundation
import GRDB
import HubTesting
import SQLiteEventLog
import Testing

/// A small closed log of every kind of row, to be damaged again and again.
struct Specimen {
    /// Tables that must have pages in it, so that every kind of page is damaged.
    static let kinds: Set<String> = [
        "sqlite_schema", "event", "sealed", "feed_entry", "request", "tag", "event_type", "tree_edge", "event_tag",
        "event_by_type", "feed", "consumer", "log_meta", "sqlite_autoindex_event_1", "sqlite_autoindex_tag_1",
    ]

    enum Result {
        /// An error that names damage, or a finding.
        case found(Position?)
        case harmless
        /// Something differs and nobody said so.
        case differs(Set<String>)

        var name: String {
            switch self {
            case .found: "found"
            case .harmless: "harmless"
            case .differs: "unseen"
            }
        }
    }

    let folder: LogFolder
    let pages: StoredPages
    private let clock: PushedClock

    init(_ generator: inout SeededGenerator) async throws {
        folder = try LogFolder()
        let workload = try await Workload(&generator, rounds: 4)
        clock = workload.clock
        try workload.prepare(folder)
        let run = try await workload.play(in: folder, watchedBy: FaultFolder(folder))
        #expect(run.notOpened == nil)
        pages = try StoredPages(file: folder.file)
    }

    /// The bytes to flip: of each kind of page some, and in a full run all of one page of each kind.
    func bytes(shard: Int, of shards: Int, _ generator: inout SeededGenerator) -> [Int] {
        var bytes: [Int] = []
        let kinds = Dictionary(grouping: pages.owners.keys.sorted()) { pages.owners[$0] ?? "" }
        for (index, kind) in kinds.sorted(by: { $0.key < $1.key }).enumerated() where index % shards == shard {
            if Effort.isFull, let page = kind.value.randomElement(using: &generator) {
                bytes += (page - 1) * pages.pageSize..<page * pages.pageSize
                continue
            }
            // The head of a page, its rows at the end, and anything between.
            for _ in 0..<(kind.key == "event" ? 160 : 40) {
                let page = kind.value.randomElement(using: &generator) ?? 1
                let place =
                    switch Int.random(in: 0..<4, using: &generator) {
                    case 0: Int.random(in: 0..<100, using: &generator)
                    case 1: Int.random(in: 0..<pages.pageSize, using: &generator)
                    case _: pages.pageSize - 1 - Int.random(in: 0..<1024, using: &generator)
                    }
                bytes.append((page - 1) * pages.pageSize + place)
            }
        }
        return bytes
    }

    /// Flips bits of one byte and asks everybody who should notice.
    ///
    /// - Returns: Whose page it was, what came of it, and what must not be.
    func judge(byte: Int, mask: UInt8, whole: LogicalContent) async throws -> (
        owner: String, result: Result, fault: String?
    ) {
        let owner = pages.owners[byte / pages.pageSize + 1] ?? "no tree"
        var changed = pages.bytes
        changed[byte] ^= mask
        try write(changed)
        do throws(EventLogError) {
            if let finding = try await LogVerifier(SQLiteLogReader(folder: folder.path)).verify().finding {
                // A row of `event` that changed is named, or an earlier one that it brings down.
                let row = pages.position(of: byte)
                let isLate = row.map { row in finding.position.map { $0.number > row } ?? true } ?? false
                return (owner, .found(finding.position), isLate ? "in row \(row ?? 0), but found \(finding)" : nil)
            }
            let log = try SQLiteEventLog.open(in: folder.path, clock: clock)
            await log.close()
        } catch {
            var named: Set<EventLogError.Code> = [.damaged, .newerFormat, .unreadableRow]
            // A schema that parses to other columns is told as a file that cannot be used.
            if owner == "sqlite_schema" { named.insert(.unavailable) }
            return (owner, .found(error.position), named.contains(error.code) ? nil : "it is told as \(error)")
        }
        // Opening may have written, so that the file is looked at as it was damaged.
        try write(changed)
        guard let content = try? LogicalContent(file: folder.file) else {
            return (owner, .differs(["unreadable"]), nil)
        }
        let places = whole.differences(to: content)
        return (owner, places.isEmpty ? .harmless : .differs(places), nil)
    }

    func write(_ bytes: Data) throws {
        for end in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: folder.file + end) }
        try bytes.write(to: URL(fileURLWithPath: folder.file))
    }

    func restore() throws { try write(pages.bytes) }

    /// What the verifier finds; it must be able to read the file.
    func finding() async throws -> LogVerification.Finding? {
        try await LogVerifier(SQLiteLogReader(folder: folder.path)).verify().finding
    }

    /// Whether verifying or opening says that something is wrong.
    func isNoticed() async throws -> Bool {
        do throws(EventLogError) {
            if try await LogVerifier(SQLiteLogReader(folder: folder.path)).verify().finding != nil { return true }
            await (try SQLiteEventLog.open(in: folder.path, clock: clock)).close()
            return false
        } catch {
            return true
        }
    }

    // MARK: Rows

    private func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
        let queue = try DatabaseQueue(path: folder.file)
        defer { try? queue.close() }
        return try queue.write(body)
    }

    /// Writes to the file behind the log's back, past its guards.
    func tamper(_ sql: String) throws {
        try write { db in
            for name in try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
                try db.execute(sql: "DROP TRIGGER \(name)")
            }
            try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
            try db.execute(sql: sql)
        }
    }

    func count(of table: String) throws -> Int {
        try write { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? 0 }
    }

    func key(of table: String) throws -> String {
        try write { db in
            try String.fetchAll(
                db, sql: "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", arguments: [table]
            ).joined(separator: ", ")
        }
    }

    /// Whether an append without events is no longer remembered.
    var lostAnEmptyRequest: Bool {
        let left = try? write { try Int.fetchOne($0, sql: "SELECT count(*) FROM request WHERE first_position IS NULL") }
        return left != 1
    }
}
