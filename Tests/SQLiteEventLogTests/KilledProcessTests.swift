import EventSourcing
import Foundation
import Glibc
import HubTesting
import SQLiteEventLog
import Testing

/// A process killed under load, again and again, loses no answered append and lets nothing take effect twice.
@Suite struct KilledProcessTests {
    private static let rounds = Effort.of(normal: 30, full: 200)

    @Test func `a log killed under load keeps every promise, round after round`() async throws {
        let start = ContinuousClock.now
        var generator = SeededGenerator.printed()
        let filled = try await FilledLog(&generator)
        var answered: [LoadedChild.Answer] = []
        var slowest = Duration.zero
        var head = UInt64(FilledLog.events)
        for round in 0..<Self.rounds {
            let answers = "\(filled.folder.path)/answers"
            try? FileManager.default.removeItem(atPath: answers)
            let child = try ChildRun(part: "LoadedChild", folder: filled.folder.path)
            let enough = LoadedChild.Answer.size * Int.random(in: 1...120, using: &generator)
            while child.process.isRunning && LoadedChild.size(of: answers) < enough { await Task.yield() }
            kill(child.process.processIdentifier, SIGKILL)
            let said = try child.wait()
            #expect(LoadedChild.size(of: answers) >= enough, "the child ended by itself: \(said)")
            answered += LoadedChild.Answer.read(answers, process: child.process.processIdentifier)

            let before = ContinuousClock.now
            let log = try filled.open()
            slowest = max(slowest, ContinuousClock.now - before)
            // All that was ever answered is where it was, not only what this round answered.
            for answer in round % 10 == 9 ? answered : answered.suffix(200) {
                let ids = answer.ids
                let known = try #require(try await log.acceptance(of: ids.command, by: ids.actor)?.0)
                #expect(known.events?.lowerBound.number == answer.position)
            }
            let events = try await log.readAll(.all, after: Position(head)).events
            #expect(events.map(\.position.number) == Array(head + 1..<head + 1 + UInt64(events.count)))
            // Each producer appends under a number of its own, used once, and on the condition that it is unused.
            for event in events {
                let tag = try #require(event.tags.first { $0.kind == .number })
                #expect(try await log.readAll(.tagged(tag)).events.count == LoadedChild.eventsInAppend)
            }
            head += UInt64(events.count)
            await log.close()
        }
        #expect(try await filled.verify().finding == nil)
        #expect(answered.count > Self.rounds)
        Effort.report(
            "kill -9: \(Self.rounds) rounds, \(answered.count) answers, \(head) events, slowest restart \(slowest)",
            since: start)
    }
}

/// What the killed process does; nothing in a normal run.
@Suite struct LoadedChild {
    static let eventsInAppend = 2
    private static let producers = 8

    /// One answer as the child notes it.
    struct Answer {
        static let size = 16

        let process: Int32
        let producer: UInt32
        let number: UInt32
        let position: UInt64

        /// The ids of the command, which follow from who sent it.
        var ids: (command: UniqueID, actor: AccountID) {
            LoadedChild.ids(process: process, producer: producer, number: number)
        }

        /// All whole answers of a file: the last one may have been cut off.
        static func read(_ path: String, process: Int32) -> [Answer] {
            let bytes = [UInt8]((try? Data(contentsOf: URL(fileURLWithPath: path))) ?? Data())
            return stride(from: 0, to: bytes.count - bytes.count % size, by: size).map { start in
                func number(_ from: Int, _ count: Int) -> UInt64 {
                    bytes[start + from..<start + from + count].reduce(0) { $0 << 8 | UInt64($1) }
                }
                return Answer(
                    process: process, producer: UInt32(number(0, 4)), number: UInt32(number(4, 4)),
                    position: number(8, 8))
            }
        }

        var bytes: [UInt8] {
            let head = UInt64(producer) << 32 | UInt64(number)
            return [head, position].flatMap { value in
                stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> UInt64($0)) }
            }
        }
    }

    static func size(of path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    static func ids(process: Int32, producer: UInt32, number: UInt32) -> (command: UniqueID, actor: AccountID) {
        let at = Instant(milliseconds: 1)
        let who = UInt64(process) << 16 | UInt64(producer)
        return (
            UniqueID(versionSevenAt: at, random: (UInt64(number) & 0xfff, UInt64(number) << 24 ^ who)),
            AccountID(UniqueID(versionSevenAt: at, random: (0, who)))
        )
    }

    @Test(.enabled(if: ChildRun.folder != nil)) func `appends from many producers until it is killed`() async throws {
        let folder = try #require(ChildRun.folder)
        let log = try SQLiteEventLog.open(in: folder, clock: PushedClock())
        let answers = open("\(folder)/answers", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        try #require(answers >= 0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for producer in 0..<UInt32(Self.producers) {
                group.addTask { try await Self.produce(producer, on: log, answers: answers) }
            }
            try await group.waitForAll()
        }
        close(answers)
        await log.close()
    }

    private static func produce(_ producer: UInt32, on log: SQLiteEventLog, answers: Int32) async throws {
        var system = SystemRandomNumberGenerator()
        var samples = EventSamples(generator: SeededGenerator(seed: system.next()), logID: log.identity.logID)
        // Far more than any round waits for, so that a child nobody kills ends.
        for number in 0..<UInt32(2_000) {
            let ids = ids(process: getpid(), producer: producer, number: number)
            let tag = try #require(EventTag("number:\(getpid())-\(producer)-\(number)"))
            let person: PersonReference = samples.generator.id()
            var events: [NewEvent] = []
            for _ in 0..<eventsInAppend {
                events.append(
                    try samples.event(
                        tags: [tag], disclosure: Disclosure([GoldenListing.departments[0]: []]),
                        sealed: [.init(.contact, of: person, json: "1")]))
            }
            let append = samples.append(
                events, condition: AppendCondition(failIfEventsMatch: .tagged(tag), after: .start),
                commandID: ids.command, actor: ids.actor)
            let acceptance = try await log.append(append)
            let position = try #require(acceptance.events?.lowerBound.number)
            let answer = Answer(process: getpid(), producer: producer, number: number, position: position)
            try #require(write(answers, answer.bytes, Answer.size) == Answer.size)
            // A repeat gets the same answer; no second note is made of it.
            if number % 3 == 0 {
                let again = try await log.append(append)
                #expect(again.isRepeat && again.events == acceptance.events)
            }
        }
    }
}
