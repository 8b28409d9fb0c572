import EventSourcing
import Foundation
import GRDB
import HubTesting
import SQLiteEventLog
import Testing

/// A log is opened by one writer, when it is ours and whole; otherwise the error says why.
@Suite struct OpeningTests {
    private func code(_ body: () throws(EventLogError) -> SQLiteEventLog) -> EventLogError.Code? {
        do {
            _ = try body()
            return nil
        } catch {
            return error.code
        }
    }

    @Test func `a log opens again where it was closed`() async throws {
        var generator = SeededGenerator.printed()
        let filled = try await FilledLog(&generator)
        let log = try filled.open()
        #expect(log.identity == filled.identity)
        #expect(try await log.head().position == Position(UInt64(FilledLog.events)))
        var samples = EventSamples(generator: generator, logID: filled.identity.logID)
        try await log.append(samples.append([try samples.event()]))
        #expect(try await log.head().position == Position(UInt64(FilledLog.events + 1)))
        await log.close()
        #expect(try await filled.verify().finding == nil)
    }

    @Test func `a closed log opens though a child still holds its descriptors`() async throws {
        var generator = SeededGenerator.printed()
        let filled = try await FilledLog(&generator)
        let log = try filled.open()
        // As a process forked by another thread does until it runs its program.
        let held = try Self.descriptors(to: "\(filled.folder.file).lock").map { dup($0) }
        defer { for descriptor in held { close(descriptor) } }
        #expect(!held.isEmpty)
        await log.close()
        let again = try filled.open()
        await again.close()
    }

    /// This process's descriptors of one file.
    private static func descriptors(to path: String) throws -> [Int32] {
        let folder = "/proc/self/fd"
        return try FileManager.default.contentsOfDirectory(atPath: folder).compactMap(Int32.init).filter { number in
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(number)")) == path
        }
    }

    @Test func `a second writer is refused until the first lets go`() async throws {
        var generator = SeededGenerator.printed()
        let filled = try await FilledLog(&generator)
        let log = try filled.open()
        #expect(code(filled.open) == .locked)
        // A reader needs no lock.
        #expect(try await filled.verify().finding == nil)
        await log.close()
        #expect(code(filled.open) == nil)
    }

    @Test func `a closed log answers that it is closed`() async throws {
        var generator = SeededGenerator.printed()
        let filled = try await FilledLog(&generator)
        let log = try filled.open()
        let bells = log.commits()
        await log.close()
        var samples = EventSamples(generator: generator, logID: filled.identity.logID)
        let append = samples.append([try samples.event()])
        await #expect(throws: EventLogError.self) { try await log.append(append) }
        await #expect(throws: EventLogError.self) { try await log.head() }
        for await _ in bells { Issue.record("a closed log rang") }
    }

    @Test func `a folder without a log says so, and a second creation is refused`() throws {
        var generator = SeededGenerator.printed()
        let folder = try LogFolder()
        #expect(code { () throws(EventLogError) in try .open(in: folder.path, clock: PushedClock()) } == .unavailable)
        let identity = LogIdentity.sample(&generator)
        let create = { () throws(EventLogError) -> SQLiteEventLog in
            try .create(in: folder.path, identity: identity, clock: PushedClock())
        }
        #expect(code(create) == nil)
        #expect(code(create) == .unavailable)
    }

    @Test func `a folder that cannot be written is refused`() {
        // No user, not even root, makes files here.
        var generator = SeededGenerator.printed()
        let identity = LogIdentity.sample(&generator)
        let result = code { () throws(EventLogError) in
            try .create(in: "/proc/self", identity: identity, clock: PushedClock())
        }
        #expect(result == .unavailable)
    }

    @Test func `a truncated file is damaged at any length`() async throws {
        var generator = SeededGenerator.printed()
        let filled = try await FilledLog(&generator)
        let whole = try Data(contentsOf: URL(fileURLWithPath: filled.folder.file))
        for length in [0, 50, 100, 4096, whole.count / 2, whole.count - 4096, whole.count - 1] {
            try whole.prefix(length).write(to: URL(fileURLWithPath: filled.folder.file))
            #expect(code(filled.open) == .damaged, "\(length) bytes")
        }
        try whole.write(to: URL(fileURLWithPath: filled.folder.file))
        #expect(code(filled.open) == nil)
    }

    @Test func `a foreign file is damaged and left as it was`() throws {
        let folder = try LogFolder()
        let path = "\(folder.path)/log.sqlite"
        for foreign in [Data("not a database at all".utf8), try Self.foreignDatabase(at: path)] {
            try foreign.write(to: URL(fileURLWithPath: path))
            #expect(
                code { () throws(EventLogError) in try .open(in: folder.path, clock: PushedClock()) } == .damaged)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == foreign)
        }
    }

    private static func foreignDatabase(at path: String) throws -> Data {
        let queue = try DatabaseQueue(path: path)
        try queue.write { db in try db.execute(sql: "CREATE TABLE other(a); INSERT INTO other VALUES (1)") }
        try queue.close()
        return try Data(contentsOf: URL(fileURLWithPath: path))
    }

    @Test func `a log of a newer format is refused`() async throws {
        var generator = SeededGenerator.printed()
        let filled = try await FilledLog(&generator)
        try filled.tamper("UPDATE log_meta SET v = '2' WHERE k = 'format'")
        #expect(code(filled.open) == .newerFormat)
        try filled.tamper("UPDATE log_meta SET v = 'x' WHERE k = 'format'")
        #expect(code(filled.open) == .damaged)
    }

    static let damages = [
        "DELETE FROM event WHERE position = 100", "DELETE FROM event WHERE position = 90",
        "UPDATE event SET data = x'7b7d20' WHERE position = 99",
        "UPDATE event SET leaf = zeroblob(32) WHERE position = 100",
        "UPDATE tree_edge SET root = zeroblob(32)", "UPDATE tree_edge SET size = 99", "DELETE FROM tree_edge",
        "UPDATE tree_edge SET hashes = x''", "DELETE FROM log_meta WHERE k = 'log_id'", "DROP TABLE tree_edge",
        "UPDATE event SET tag_ids = x'ffffffff' WHERE position = 100",
    ]

    @Test(arguments: damages) func `a log whose end does not hold is refused`(sql: String) async throws {
        var generator = SeededGenerator.printed()
        let filled = try await FilledLog(&generator)
        try filled.tamper(sql)
        #expect(code(filled.open) == .damaged)
    }
}
