import EventSourcing
import Foundation
import GRDB
import Glibc
import HubTesting
import SQLiteEventLog
import Testing

/// Memory, write-ahead log and descriptors stay bounded however long the log grows.
@Suite struct SoakTests {
    @Test func `a long run stays within its bounds`() async throws {
        let start = ContinuousClock.now
        let folder = try LogFolder()
        // A process of its own, so that what is measured is the log's.
        let child = try ChildRun(part: "SoakChild", folder: folder.path)
        let said = try child.wait()
        #expect(child.process.terminationStatus == 0, "\(said)")
        let lines = said.split(separator: "\n").filter { $0.hasPrefix("soak: ") }
        #expect(lines.count == SoakChild.stages, "\(said)")
        for line in lines { print(line) }
        let verification = try await LogVerifier(SQLiteLogReader(folder: folder.path)).verify()
        #expect(verification.finding == nil && verification.head.position.number == UInt64(SoakChild.events))
        Effort.report("soak: \(SoakChild.events) events", since: start)
    }
}

/// What the soaking process does; nothing in a normal run.
@Suite struct SoakChild {
    static let events = Effort.of(normal: 20_000, full: 1_000_000)
    static let stages = 10
    /// The stages through which a reader stays in its transaction; in a full run one of them is long enough.
    private static let held = 3..<Effort.of(normal: 6, full: 4)
    private static let producers = 8
    private static let eventsInAppend = 25

    private static let mebibyte = 1 << 20
    /// So few in a normal run that they are reached many times.
    private static let frames = Effort.of(normal: 2048, full: LogTuning().checkpointAfterFrames)
    /// The frames, and what one round of groups may add before the next look.
    private static let writeAheadBound = frames * 4152 + 16 * mebibyte

    @Test(.enabled(if: ChildRun.folder != nil)) func `appends for long and watches what it uses`() async throws {
        let folder = try #require(ChildRun.folder)
        var generator = SeededGenerator.printed()
        var tuning = LogTuning()
        tuning.checkpointAfterFrames = Self.frames
        let log = try SQLiteEventLog.create(
            in: folder, identity: LogIdentity.sample(&generator), clock: PushedClock(), tuning: tuning)
        var configuration = Configuration()
        configuration.readonly = true
        configuration.allowsUnsafeTransactions = true
        let reader = try DatabaseQueue(path: "\(folder)/\(SQLiteEventLog.fileName)", configuration: configuration)
        var usages: [Usage] = []
        for stage in 0..<Self.stages {
            // It keeps the write-ahead log from being begun again.
            if stage == Self.held.lowerBound {
                try await reader.writeWithoutTransaction { db in
                    try db.execute(sql: "BEGIN; SELECT count(*) FROM tree_edge")
                }
            }
            if stage == Self.held.upperBound {
                try await reader.writeWithoutTransaction { db in
                    let seen = try Int.fetchOne(db, sql: "SELECT max(position) FROM event")
                    #expect(seen == Self.events / Self.stages * Self.held.lowerBound)
                    try db.execute(sql: "COMMIT")
                }
            }
            try await append(Self.events / Self.stages, to: log)
            // One that comes late reads on while the others write.
            let head = try await log.head().position
            #expect(head.number == UInt64(Self.events / Self.stages * (stage + 1)))
            let page = try await log.read(.all, after: Position(head.number - 100), limit: 100)
            #expect(page.events.count == 100)
            let usage = try Usage(folder: folder)
            print("soak: \(head) events, \(usage.description)")
            usages.append(usage)
        }
        try reader.close()
        await log.close()
        let early = usages[Self.held.lowerBound - 1]
        let last = try #require(usages.last)
        #expect(last.resident - early.resident < 48 * Self.mebibyte, "memory grows with the log")
        #expect(last.descriptors <= early.descriptors, "descriptors leak")
        #expect(early.writeAhead < Self.writeAheadBound)
        // After the reader the file grows until the next look at most, and is then used from its start again.
        #expect(last.writeAhead <= usages[Self.held.upperBound - 1].writeAhead + Self.writeAheadBound)
        #expect(try Usage(folder: folder).writeAhead == 0)
    }

    private func append(_ count: Int, to log: SQLiteEventLog) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            let each = count / Self.producers / Self.eventsInAppend
            for _ in 0..<Self.producers {
                group.addTask { for _ in 0..<each { try await Self.appendOnce(to: log) } }
            }
            try await group.waitForAll()
        }
        let rest = count - count / Self.producers / Self.eventsInAppend * Self.producers * Self.eventsInAppend
        for _ in 0..<rest / Self.eventsInAppend { try await Self.appendOnce(to: log) }
    }

    private static func appendOnce(to log: SQLiteEventLog) async throws {
        var system = SystemRandomNumberGenerator()
        var samples = EventSamples(generator: SeededGenerator(seed: system.next()), logID: log.identity.logID)
        var events: [NewEvent] = []
        for _ in 0..<eventsInAppend {
            let number = Int.random(in: 0..<20_000, using: &samples.generator)
            let tags = ["case:\(number)", "person:\(number % 7_000)", "town:\(number % 12)", "dept:\(number % 51)"]
            events.append(
                try samples.event(
                    data: #"{"note":"\#(String(repeating: "一扇门", count: 20))"}"#,
                    tags: Set(tags.compactMap { EventTag($0) }),
                    disclosure: Disclosure([GoldenListing.departments[number % 3]: []])))
        }
        try await log.append(samples.append(events))
    }

    /// What the process and its folder use at one moment.
    private struct Usage: CustomStringConvertible {
        let resident: Int
        let writeAhead: Int
        let descriptors: Int

        init(folder: String) throws {
            let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
            resident = (pages.count > 1 ? Int(pages[1]) ?? 0 : 0) * Int(getpagesize())
            writeAhead = LoadedChild.size(of: "\(folder)/\(SQLiteEventLog.fileName)-wal")
            descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        }

        var description: String {
            "resident \(resident >> 20) MiB, write-ahead log \(writeAhead >> 20) MiB, \(descriptors) descriptors"
        }
    }
}
