import EventSourcing
import Foundation
import GRDB
import HubTesting
import SQLiteEventLog
import Testing

/// The write path of `DESIGN.md` §5: indexes behind a watermark, bounded waiting, deadlines before work, bounded pages.
@Suite struct WritePathTests {
    private let folder: LogFolder
    private let clock = PushedClock()
    private let identity: LogIdentity
    private var samples: EventSamples

    init() throws {
        var generator = SeededGenerator.printed()
        folder = try LogFolder()
        identity = LogIdentity.sample(&generator)
        samples = EventSamples(generator: generator, logID: identity.logID)
    }

    private func create(_ tuning: LogTuning) throws -> SQLiteEventLog {
        try SQLiteEventLog.create(in: folder.path, identity: identity, clock: clock, tuning: tuning)
    }

    private func mark(in path: String) throws -> Int {
        let queue = try DatabaseQueue(path: "\(path)/\(SQLiteEventLog.fileName)")
        defer { try? queue.close() }
        return try queue.read { try Int.fetchOne($0, sql: "SELECT position FROM index_mark") } ?? -1
    }

    @Test mutating func `queries and conditions are right at every state of a flush and after a crash in it`()
        async throws
    {
        var tuning = LogTuning()
        tuning.flushAfterEvents = 40
        let log = try create(tuning)
        let tags = ["case:a", "case:b", "person:p"].compactMap { EventTag($0) }
        var expected: [EventTag: [Position]] = [:]
        var marks: Set<Int> = []
        for number in 0..<130 as Range<UInt64> {
            let tag = tags[Int(number % 3)]
            let acceptance = try await log.append(
                samples.append([try samples.event("Type\(number % 4)", tags: [tag, tags[0]])]))
            expected[tag, default: []].append(acceptance.position)
            if tag != tags[0] { expected[tags[0], default: []].append(acceptance.position) }
            for tag in tags {
                let found = try await log.readAll(.tagged(tag)).events.map(\.position)
                #expect(found == expected[tag, default: []])
            }
            let last = try await log.readAll(.types(["Type\(number % 4)"])).events.last
            #expect(last?.position == acceptance.position)
            let late = AppendCondition(
                failIfEventsMatch: .tagged(tag), after: Position(acceptance.position.number - 1))
            await #expect(throws: EventLogError.self) {
                try await log.append(samples.append([try samples.event(tags: [tag])], condition: late))
            }
            guard number % 13 == 0 else { continue }
            // What a crash leaves: the files as they are now, taken over by another process.
            let copy = try LogFolder()
            for end in ["", "-wal"] where FileManager.default.fileExists(atPath: folder.file + end) {
                try FileManager.default.copyItem(atPath: folder.file + end, toPath: copy.file + end)
            }
            marks.insert(try mark(in: copy.path))
            let opened = try SQLiteEventLog.open(in: copy.path, clock: clock, tuning: tuning)
            for tag in tags {
                #expect(try await opened.readAll(.tagged(tag)).events.map(\.position) == expected[tag, default: []])
            }
            await opened.close()
            #expect(try await LogVerifier(SQLiteLogReader(folder: copy.path)).verify().finding == nil)
        }
        #expect(marks.count > 2, "the watermark moved on: \(marks)")
        await log.close()
        #expect(try mark(in: folder.path) == 130, "a closed log has whole indexes")
    }

    @Test mutating func `a settled log has whole indexes and an empty write-ahead log, and goes on`() async throws {
        let log = try create(LogTuning())
        for number in 0..<20 {
            try await log.append(samples.append([try samples.event(tags: [#require(EventTag("case:\(number)"))])]))
        }
        await log.settle()
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file + "-wal")).isEmpty)
        let next = try await log.append(samples.append([try samples.event(tags: [#require(EventTag("case:0"))])]))
        #expect(next.position == Position(21))
        #expect(try await log.readAll(.tagged(#require(EventTag("case:0")))).events.count == 2)
        await log.close()
    }

    @Test mutating func `an append past its deadline is not begun, and its command may come again`() async throws {
        let log = try create(LogTuning())
        let events = [try samples.event()]
        let past = samples.append(events)
        let late = Append(
            commandID: past.commandID, actor: past.actor, fingerprint: past.fingerprint, events: past.events,
            condition: nil, deadline: .now - .seconds(1))
        do {
            try await log.append(late)
            Issue.record("it was begun")
        } catch {
            #expect(error.code == .expired)
        }
        #expect(try await log.head().position == .start)
        #expect(try await log.append(past).isRepeat == false)
        await log.close()
    }

    @Test mutating func `when too many wait the rest hear busy, and nothing is half done`() async throws {
        var tuning = LogTuning()
        tuning.waitingAppends = 3
        let log = try create(tuning)
        var appends: [Append] = []
        for _ in 0..<200 { appends.append(samples.append([try samples.event()])) }
        let answers = await withTaskGroup(of: Result<Acceptance, EventLogError>.self) { group in
            for append in appends {
                group.addTask {
                    do throws(EventLogError) {
                        return .success(try await log.append(append))
                    } catch {
                        return .failure(error)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        var accepted = 0
        for answer in answers {
            switch answer {
            case .success: accepted += 1
            case .failure(let error): #expect(error.code == .busy)
            }
        }
        let head = try await log.head().position
        #expect(accepted > 0 && head == Position(UInt64(accepted)))
        await log.close()
    }

    @Test mutating func `a page ends by its bytes or its time, with at least one event, and the next goes on`()
        async throws
    {
        let tag = try #require(EventTag("dept:jiaoyu"))
        var small = LogTuning()
        small.pageBytes = 100_000
        var hasty = LogTuning()
        hasty.pageTime = .zero
        let log = try create(LogTuning())
        for _ in 0..<40 {
            let data = "\"\(String(repeating: "x", count: 30_000))\""
            try await log.append(samples.append([try samples.event(data: data, tags: [tag])]))
        }
        await log.close()
        for tuning in [small, hasty] {
            let log = try SQLiteEventLog.open(in: folder.path, clock: clock, tuning: tuning)
            for query in [EventQuery.all, .tagged(tag)] {
                var cursor = Position.start
                var positions: [Position] = []
                var pages = 0
                while true {
                    let page = try await log.read(query, after: cursor, limit: 1000)
                    #expect(page.reached > cursor)
                    positions += page.events.map(\.position)
                    pages += 1
                    cursor = page.reached
                    if page.isLast { break }
                }
                #expect(positions == (1...40).map { Position($0) })
                #expect(pages > 1 && pages <= 40)
            }
            await log.close()
        }
    }

    @Test func `a log of a newer index layout is refused, and not a byte of it changes`() async throws {
        let log = try create(LogTuning())
        await log.close()
        let queue = try DatabaseQueue(path: folder.file)
        try await queue.write { try $0.execute(sql: "UPDATE index_mark SET layout = 3") }
        try queue.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.file))
        #expect {
            try SQLiteEventLog.open(in: folder.path, clock: clock)
        } throws: { error in
            (error as? EventLogError)?.code == .newerFormat
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file)) == before)
    }
}
