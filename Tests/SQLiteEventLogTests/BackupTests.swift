import EventSourcing
import Foundation
import GRDB
import HubTesting
import MerkleLog
import SQLiteEventLog
import Testing

/// A copy of a log is that log up to one head, or it is not there.
@Suite struct BackupTests {
    private static func copy(_ log: FilledLog) async throws -> (LogFolder, LogBackup.Copy) {
        let target = try LogFolder()
        let copy = try await LogBackup(of: log.folder.path).copy(to: target.path)
        return (target, copy)
    }

    private static func events(in folder: String) async throws -> [RecordedEvent] {
        let reader = try SQLiteLogReader(folder: folder)
        var events: [RecordedEvent] = []
        while true {
            let page = try await reader.events(after: events.last?.position ?? .start, limit: 1000)
            guard !page.isEmpty else { return events }
            events += page
        }
    }

    @Test func `a copy holds every row of the log, as one file for the owner alone`() async throws {
        var generator = SeededGenerator.printed()
        let filled = try await FilledLog(&generator)
        let (target, copy) = try await Self.copy(filled)
        let head = try await SQLiteLogReader(folder: filled.folder.path).head()
        #expect(copy.identity == filled.identity)
        #expect(copy.head == head)
        #expect(copy.counts.events == UInt64(FilledLog.events))
        for table in [
            "event", "sealed", "feed", "feed_entry", "request", "tag", "event_type", "log_meta", "event_tag",
            "event_by_type", "index_mark", "tree_edge",
        ] {
            #expect(try rows(of: table, in: target) == rows(of: table, in: filled.folder), "\(table)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: target.path) == [SQLiteEventLog.fileName])
        let mode = try FileManager.default.attributesOfItem(atPath: target.file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let verified = try await LogVerifier(SQLiteLogReader(folder: target.path)).verify()
        #expect(verified.finding == nil)
        #expect(verified.head == head)
        #expect(try OutsideProgram.checkLog(target.file).status == 0)
    }

    @Test func `a copy is a log that goes on, guards and queries included`() async throws {
        var generator = SeededGenerator.printed()
        let filled = try await FilledLog(&generator)
        let (target, _) = try await Self.copy(filled)
        let queue = try DatabaseQueue(path: target.file)
        for sql in GuardTests.forbidden {
            #expect(throws: DatabaseError.self, "\(sql)") { try queue.write { try $0.execute(sql: sql) } }
        }
        try queue.close()
        let tag = try #require(EventTag("case:7"))
        let query = EventQuery([EventQuery.Item(tags: [tag])])
        let source = try filled.open()
        let log = try SQLiteEventLog.open(in: target.path, clock: filled.clock)
        let expected = try await source.read(query, after: .start, limit: 1000).events
        #expect(expected.count == 2)
        #expect(try await log.read(query, after: .start, limit: 1000).events == expected)
        var samples = EventSamples(generator: generator, logID: filled.identity.logID)
        let accepted = try await log.append(samples.append([try samples.event()]))
        #expect(accepted.position == Position(UInt64(FilledLog.events + 1)))
        await log.close()
        await source.close()
        #expect(try await LogVerifier(SQLiteLogReader(folder: target.path)).verify().finding == nil)
    }

    @Test func `a copy made while others append ends at one head and is whole`() async throws {
        var generator = SeededGenerator.printed()
        let filled = try await FilledLog(&generator)
        let log = try filled.open()
        let department = try #require(DepartmentCode("jiaoyu"))
        let disclosure = Disclosure([department: [DisclosedGroup(.reference)]])
        var samples = EventSamples(generator: generator, logID: filled.identity.logID)
        let appends = try (0..<400).map { _ in
            samples.append([try samples.event(disclosure: disclosure), try samples.event()])
        }
        let copies = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for append in appends { try await log.append(append) } }
            var copies: [(LogFolder, LogBackup.Copy)] = []
            for _ in 0..<4 { copies.append(try await Self.copy(filled)) }
            try await group.waitForAll()
            return copies
        }
        await log.close()
        let all = try await Self.events(in: filled.folder.path)
        #expect(all.count == FilledLog.events + 800)
        for (target, copy) in copies {
            let verified = try await LogVerifier(SQLiteLogReader(folder: target.path)).verify()
            #expect(verified.finding == nil)
            #expect(verified.head == copy.head)
            let held = try await Self.events(in: target.path)
            #expect(held == Array(all.prefix(Int(copy.head.position.number))))
        }
    }

    @Test(arguments: GoldenLogTests.names)
    func `a log of an earlier program is copied as it stands, and its copy goes on`(name: String) async throws {
        let generator = SeededGenerator.printed()
        let folder = try LogFolder()
        let logs = try #require(Bundle.module.url(forResource: "Logs", withExtension: nil))
        try FileManager.default.copyItem(
            at: logs.appending(path: "\(name).sqlite"), to: URL(filePath: folder.file))
        let before = try Data(contentsOf: URL(filePath: folder.file))
        let target = try LogFolder()
        let copy = try await LogBackup(of: folder.path).copy(to: target.path)
        #expect(try Data(contentsOf: URL(filePath: folder.file)) == before)
        #expect(try await Self.events(in: target.path) == Self.events(in: folder.path))
        let log = try SQLiteEventLog.open(in: target.path, clock: PushedClock(at: copy.head.recordedAt))
        var samples = EventSamples(generator: generator, logID: log.identity.logID)
        let accepted = try await log.append(samples.append([try samples.event()]))
        #expect(accepted.position == copy.head.position.next)
        await log.close()
        #expect(try await LogVerifier(SQLiteLogReader(folder: target.path)).verify().finding == nil)
    }

    @Test func `an empty log has a copy`() async throws {
        var generator = SeededGenerator.printed()
        let folder = try LogFolder()
        let log = try SQLiteEventLog.create(in: folder.path, identity: .sample(&generator), clock: PushedClock())
        await log.close()
        let target = try LogFolder()
        let copy = try await LogBackup(of: folder.path).copy(to: target.path)
        #expect(copy.head.position == .start)
        #expect(try await LogVerifier(SQLiteLogReader(folder: target.path)).verify().finding == nil)
    }

    @Test func `a folder whose name means something in a URI is copied too`() async throws {
        var generator = SeededGenerator.printed()
        let filled = try await FilledLog(&generator)
        let odd = "\(filled.folder.path)/100%?mode=rwc#一"
        try FileManager.default.createDirectory(atPath: odd, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: filled.folder.file, toPath: "\(odd)/\(SQLiteEventLog.fileName)")
        let target = try LogFolder()
        let copy = try await LogBackup(of: odd).copy(to: target.path)
        #expect(copy.counts.events == UInt64(FilledLog.events))
    }

    @Test func `a consumer ahead of the copy is taken back to the last entry, in a restore too`() async throws {
        var generator = SeededGenerator.printed()
        let filled = try await FilledLog(&generator)
        let log = try filled.open()
        let ahead = Data(repeating: 7, count: 32)
        let codes = try ["jiaoyu", "fulian", "sifa"].map { try #require(DepartmentCode($0)) }
        let known = try #require(try await log.feedEntries(for: codes[1], after: 0, limit: 1000).first)
        try await log.record([
            ConsumerProgress(
                department: codes[0], name: "adapter", sequence: 999, chain: ahead,
                acknowledgedAt: PushedClock.danyangMorning),
            ConsumerProgress(
                department: codes[1], name: "adapter", sequence: 1, chain: known.chain,
                acknowledgedAt: PushedClock.danyangMorning),
            ConsumerProgress(
                department: codes[2], name: "adapter", sequence: 5, chain: ahead,
                acknowledgedAt: PushedClock.danyangMorning),
        ])
        let last = try #require(try await log.feedHead(for: codes[0]))
        await log.close()
        let start = FeedChain.start(logID: filled.identity.logID.bytes, department: "sifa")
        let expected = ["fulian": (1, known.chain), "jiaoyu": (last.sequence, last.chain), "sifa": (0, start)]

        let (target, _) = try await Self.copy(filled)
        let restored = try LogFolder()
        try FileManager.default.copyItem(atPath: filled.folder.file, toPath: restored.file)
        _ = try LogRestore(folder: restored.path).begin(epoch: generator.uniqueID())
        for folder in [target, restored] {
            let copied = try SQLiteEventLog.open(in: folder.path, clock: filled.clock)
            let consumers = try await copied.consumers()
            #expect(consumers.count == 3)
            for consumer in consumers {
                let (sequence, chain) = try #require(expected[consumer.department.description])
                #expect(consumer.sequence == sequence && consumer.chain == chain, "\(consumer.department)")
            }
            await copied.close()
        }
    }

    @Test func `a restored log has a new epoch and is otherwise the same`() async throws {
        var generator = SeededGenerator.printed()
        let filled = try await FilledLog(&generator)
        let (target, copy) = try await Self.copy(filled)
        let epoch = generator.uniqueID()
        let identity = try LogRestore(folder: target.path).begin(epoch: epoch)
        #expect(identity == LogIdentity(logID: filled.identity.logID, epoch: epoch, isDemo: filled.identity.isDemo))
        let log = try SQLiteEventLog.open(in: target.path, clock: filled.clock)
        #expect(log.identity == identity)
        #expect(try await log.head() == copy.head)
        await log.close()
        #expect(try await Self.events(in: target.path) == Self.events(in: filled.folder.path))
    }

    /// What is altered in the source, and what the copying says of it.
    static let damages: [(sql: String, position: UInt64?)] = [
        ("UPDATE tree_edge SET root = zeroblob(32)", nil),
        ("UPDATE event SET leaf = zeroblob(32) WHERE position = 9", nil),
        ("DELETE FROM event WHERE position = 40", 40), ("DELETE FROM event WHERE position = 100", 100),
        ("UPDATE event SET append_first = 41 WHERE position = 40", nil),
    ]

    @Test(arguments: damages)
    func `a log whose leaves do not give its root has no copy`(sql: String, position: UInt64?) async throws {
        var generator = SeededGenerator.printed()
        let filled = try await FilledLog(&generator)
        try filled.tamper(sql)
        let target = try LogFolder()
        let error = await #expect(throws: EventLogError.self) {
            try await LogBackup(of: filled.folder.path).copy(to: target.path)
        }
        #expect(error?.code == .damaged)
        #expect(error?.position?.number == position)
        #expect(try FileManager.default.contentsOfDirectory(atPath: target.path).isEmpty)
    }

    @Test(arguments: FaultFolder.Failure.allCases)
    func `when the n-th write fails nothing is left of a copy, and the log is as it was`(
        failure: FaultFolder.Failure
    ) async throws {
        var generator = SeededGenerator.printed()
        let filled = try await FilledLog(&generator)
        let before = try Data(contentsOf: URL(filePath: filled.folder.file))
        var nth = 0
        while true {
            nth += 1
            let target = try LogFolder()
            let fault = try FaultFolder(target)
            fault.fail(.write, nth: nth, lasting: failure != .ioError, with: failure)
            do {
                let copy = try await LogBackup(of: filled.folder.path).copy(to: target.path)
                try #require(fault.faults == 0, "write \(nth) failed and nobody said so")
                #expect(copy.counts.events == UInt64(FilledLog.events))
                break
            } catch let error as EventLogError {
                #expect(fault.faults > 0)
                #expect(error.code == (failure == .ioError ? .unavailable : .full), "write \(nth)")
                #expect(try FileManager.default.contentsOfDirectory(atPath: target.path).isEmpty, "write \(nth)")
            }
        }
        #expect(nth > 20)
        #expect(try Data(contentsOf: URL(filePath: filled.folder.file)) == before)
    }

    @Test func `when the n-th read of the log fails nothing is left of a copy`() async throws {
        var generator = SeededGenerator.printed()
        let filled = try await FilledLog(&generator)
        let fault = try FaultFolder(filled.folder)
        var nth = 0
        while true {
            nth += 1
            let target = try LogFolder()
            let known = fault.faults
            fault.fail(.read, nth: nth)
            do {
                _ = try await LogBackup(of: filled.folder.path).copy(to: target.path)
                try #require(fault.faults == known, "read \(nth) failed and nobody said so")
                break
            } catch is EventLogError {
                #expect(fault.faults > known)
                #expect(try FileManager.default.contentsOfDirectory(atPath: target.path).isEmpty, "read \(nth)")
            }
        }
        #expect(nth > 10)
    }

    @Test func `a copy overwrites no log`() async throws {
        var generator = SeededGenerator.printed()
        let filled = try await FilledLog(&generator)
        let before = try Data(contentsOf: URL(filePath: filled.folder.file))
        let error = await #expect(throws: EventLogError.self) {
            try await LogBackup(of: filled.folder.path).copy(to: filled.folder.path)
        }
        #expect(error?.code == .unavailable)
        #expect(try Data(contentsOf: URL(filePath: filled.folder.file)) == before)
    }

    @Test func `persons with ciphertext are told page by page`() async throws {
        var generator = SeededGenerator.printed()
        let filled = try await FilledLog(&generator)
        let reader = try SQLiteLogReader(folder: filled.folder.path)
        let page = try await reader.persons(after: .start)
        #expect(page.persons.count == 1)
        #expect(page.reached == Position(UInt64(FilledLog.events)))
        let end = try await reader.persons(after: page.reached)
        #expect(end.persons.isEmpty && end.reached == page.reached)
        try filled.tamper("UPDATE sealed SET ciphertext = NULL, nonce = NULL")
        #expect(try await SQLiteLogReader(folder: filled.folder.path).persons(after: .start).persons.isEmpty)
    }

    private func rows(of table: String, in folder: LogFolder) throws -> [[DatabaseValue]] {
        let queue = try DatabaseQueue(path: folder.file)
        defer { try? queue.close() }
        let rows = try queue.read { try Row.fetchAll($0, sql: "SELECT * FROM \(table)") }
        return rows.map { Array($0.databaseValues) }.sorted { "\($0)" < "\($1)" }
    }
}
