import EventSourcing
import Foundation
import GRDB
import HubTesting
import SQLiteEventLog
import Testing

/// Random histories give the same answers on SQLite, closed and opened again at any time, as on the plain array.
@Suite struct ModelTests {
    /// `deploy/test` sets ten thousand, in a full run more.
    private static let sequences =
        ProcessInfo.processInfo.environment["ONEDOOR_SEQUENCES"].flatMap { UInt64($0) } ?? 200
    private static let tasks: UInt64 = 3

    @Test func `random histories give the same answers on both stores`() async throws {
        let start = ContinuousClock.now
        let base = SeededGenerator.printed().seed
        await withTaskGroup(of: Void.self) { group in
            for first in 0..<Self.tasks {
                group.addTask {
                    for number in stride(from: first, to: Self.sequences, by: Int(Self.tasks)) {
                        guard await Self.playsEqual(seed: base &+ number) else { return }
                    }
                }
            }
        }
        Effort.report("model: \(Self.sequences) sequences", since: start)
    }

    private static func playsEqual(seed: UInt64) async -> Bool {
        do {
            var run = try ModelRun(seed: seed)
            // Most histories are short, since most of what can go wrong shows early; some are long.
            let isLong = seed % 50 == 0
            try await run.play(steps: isLong ? 40 : 4 + Int(seed % 5), reopensAtEnd: isLong, verifies: seed % 5 == 0)
            if run.hasDiffered {
                Issue.record("the stores differ for seed \(seed), after \(run.steps) steps")
                return false
            }
            return true
        } catch {
            Issue.record("seed \(seed): \(error)")
            return false
        }
    }

    @Test func `concurrent appends take effect as if one after the other`() async throws {
        var generator = SeededGenerator.printed()
        for _ in 0..<20 {
            let folder = try LogFolder()
            let identity = LogIdentity.sample(&generator)
            let clock = PushedClock()
            let log = try SQLiteEventLog.create(in: folder.path, identity: identity, clock: clock)
            var samples = EventSamples(generator: generator, logID: identity.logID)
            var appends: [Append] = []
            for _ in 0..<60 { appends.append(try ModelRun.randomAppend(&samples, head: 20)) }
            generator = samples.generator
            let outcomes = await withTaskGroup(of: (Int, Result<Acceptance, EventLogError>).self) { group in
                for (index, append) in appends.enumerated() {
                    group.addTask {
                        do throws(EventLogError) {
                            return (index, .success(try await log.append(append)))
                        } catch {
                            return (index, .failure(error))
                        }
                    }
                }
                var outcomes: [(Int, Result<Acceptance, EventLogError>)] = []
                for await outcome in group { outcomes.append(outcome) }
                return outcomes
            }
            let model = InMemoryEventLog(identity: identity, clock: clock)
            let accepted = outcomes.compactMap { index, result in
                (try? result.get()).flatMap { acceptance in acceptance.events.map { (index, acceptance, $0) } }
            }
            for (index, acceptance, _) in accepted.sorted(by: { $0.2.lowerBound < $1.2.lowerBound }) {
                #expect(try await model.append(appends[index]) == acceptance)
            }
            #expect(try await model.head() == log.head())
            for (index, result) in outcomes {
                guard case .failure(let error) = result else { continue }
                let condition = try #require(appends[index].condition)
                let place = try #require(error.position)
                let match = try #require(try await model.event(at: place))
                #expect(error.code == .conflict && place > condition.after)
                #expect(condition.failIfEventsMatch.matches(type: match.type, tags: Set(match.tags)))
            }
            await log.close()
        }
    }
}

/// One random history played on both stores.
private struct ModelRun {
    private static let types = ["CaseOpened", "ReferralAccepted", "CaseExited"]
    private static let tags = ["case:a", "case:b", "person:p", "dept:jiaoyu", "number:1"].compactMap { EventTag($0) }
    private static let departments = ["jiaoyu", "fulian", "gongan"].compactMap { DepartmentCode($0) }

    /// An empty log, made once: each history begins with a copy of it.
    private static let empty = Result {
        var generator = SeededGenerator(seed: 1)
        let folder = try LogFolder()
        let identity = LogIdentity.sample(&generator)
        _ = try SQLiteEventLog.create(in: folder.path, identity: identity, clock: PushedClock())
        let queue = try DatabaseQueue(path: folder.file)
        _ = try queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        try queue.close()
        return (identity: identity, file: try Data(contentsOf: URL(fileURLWithPath: folder.file)))
    }

    private var folder: LogFolder
    private let clock = PushedClock()
    private let model: InMemoryEventLog
    private var log: SQLiteEventLog
    private let tuning: LogTuning
    private var samples: EventSamples
    private var sent: [Append] = []
    private(set) var steps = 0
    private(set) var hasDiffered = false

    init(seed: UInt64) throws {
        folder = try LogFolder()
        let empty = try Self.empty.get()
        let identity = empty.identity
        try empty.file.write(to: URL(fileURLWithPath: folder.file))
        model = InMemoryEventLog(identity: identity, clock: clock)
        var generator = SeededGenerator(seed: seed)
        tuning = LogTuning.tiny(&generator)
        log = try SQLiteEventLog.open(in: folder.path, clock: clock, tuning: tuning)
        samples = EventSamples(generator: generator, logID: identity.logID)
    }

    mutating func play(steps count: Int, reopensAtEnd: Bool, verifies: Bool) async throws {
        for _ in 0..<count where !hasDiffered {
            steps += 1
            try await step()
        }
        if reopensAtEnd { try await reopen() }
        try await compareAll()
        await log.close()
        guard verifies else { return }
        // The root covers every event, so that what the file holds is compared too.
        let reader = try SQLiteLogReader(folder: folder.path)
        let verification = try await LogVerifier(reader).verify()
        check(verification.finding == nil)
        check(try await verification.head == model.head())
    }

    private mutating func step() async throws {
        switch Int.random(in: 0..<20, using: &samples.generator) {
        case 0..<9:
            let head = try await model.head().position.number
            try await send(try Self.randomAppend(&samples, head: head))
        case 9, 10:
            guard let earlier = sent.randomElement(using: &samples.generator) else { return }
            try await send(earlier)
        case 11:
            guard let earlier = sent.randomElement(using: &samples.generator) else { return }
            try await send(
                samples.append(earlier.events, commandID: earlier.commandID, actor: earlier.actor))
        case 12:
            try await send(samples.append([try samples.event(data: String(repeating: " ", count: 65_537))]))
        case 13:
            clock.advance(byMilliseconds: Int64.random(in: -5000...10_000, using: &samples.generator))
        case 14:
            let progress = ConsumerProgress(
                department: Self.departments[samples.generator.index(below: 3)],
                name: Bool.random(using: &samples.generator) ? "adapter" : "courier",
                sequence: UInt64(samples.generator.index(below: 9)), chain: samples.generator.bytes(32),
                acknowledgedAt: clock.now())
            try await model.record([progress])
            try await log.record([progress])
        case 15, 16, 17:
            let query = Self.randomQuery(&samples.generator)
            let after = Position(UInt64(samples.generator.index(below: 8)))
            let limit = 1 + samples.generator.index(below: 6)
            let expected = try await model.read(query, after: after, limit: limit)
            let page = try await log.read(query, after: after, limit: limit)
            check(page.events == expected.events && page.head == expected.head)
        case 18:
            if Bool.random(using: &samples.generator) { try await reopen() } else { try await crash() }
        default:
            try await compareAll()
        }
    }

    private mutating func send(_ append: Append) async throws {
        sent.append(append)
        let expected = await outcome(append, on: model)
        let actual = await outcome(append, on: log)
        check(expected == actual)
    }

    /// An answer in a form that can be compared.
    private func outcome(_ append: Append, on log: any EventLog) async -> String {
        do throws(EventLogError) {
            return "\(try await log.append(append))"
        } catch {
            return "\(error.code) \(error.position?.description ?? "-")"
        }
    }

    private mutating func reopen() async throws {
        await log.close()
        log = try SQLiteEventLog.open(in: folder.path, clock: clock, tuning: tuning)
    }

    /// Goes on with what the files hold at this moment, as after a process was killed.
    private mutating func crash() async throws {
        let left = try LogFolder()
        for end in ["", "-wal"] where FileManager.default.fileExists(atPath: folder.file + end) {
            try FileManager.default.copyItem(atPath: folder.file + end, toPath: left.file + end)
        }
        await log.close()
        folder = left
        log = try SQLiteEventLog.open(in: folder.path, clock: clock, tuning: tuning)
    }

    private mutating func compareAll() async throws {
        check(try await model.readAll(.all).events == log.readAll(.all).events)
        check(try await model.head() == log.head())
        check(try await model.consumers() == log.consumers())
        for department in Self.departments {
            check(
                try await model.feedEntries(for: department, after: 0, limit: 1000)
                    == log.feedEntries(for: department, after: 0, limit: 1000))
            check(try await model.feedHead(for: department) == log.feedHead(for: department))
        }
        for append in sent {
            let expected = try await model.acceptance(of: append.commandID, by: append.actor)
            let actual = try await log.acceptance(of: append.commandID, by: append.actor)
            check(expected?.0 == actual?.0 && expected?.fingerprint == actual?.fingerprint)
        }
    }

    private mutating func check(_ holds: Bool) {
        if !holds { hasDiffered = true }
    }

    static func randomQuery(_ generator: inout SeededGenerator) -> EventQuery {
        if generator.index(below: 10) == 0 { return .all }
        let items = (0...generator.index(below: 2)).map { _ -> EventQuery.Item in
            let types = Set(types.filter { _ in generator.index(below: 3) == 0 })
            var tags = Set(tags.filter { _ in generator.index(below: 4) == 0 })
            if types.isEmpty && tags.isEmpty { tags = [Self.tags[generator.index(below: Self.tags.count)]] }
            return EventQuery.Item(types: types, tags: tags)
        }
        return EventQuery(items)
    }

    static func randomAppend(_ samples: inout EventSamples, head: UInt64) throws -> Append {
        var events: [NewEvent] = []
        for _ in 0..<samples.generator.index(below: 5) {
            let isSealed = samples.generator.index(below: 4) == 0
            let person: PersonReference = samples.generator.id()
            events.append(
                try samples.event(
                    types[samples.generator.index(below: types.count)],
                    data: #"{"n":\#(samples.generator.index(below: 1000))}"#,
                    tags: Set(tags.filter { _ in samples.generator.index(below: 3) == 0 }),
                    disclosure: Disclosure(
                        Dictionary(
                            uniqueKeysWithValues: departments.filter { _ in samples.generator.index(below: 4) == 0 }
                                .map { ($0, [DisclosedGroup(.reference), DisclosedGroup(.contact, of: person)]) })),
                    sealed: isSealed ? [.init(.contact, of: person, json: "\"13800000000\"")] : []))
        }
        var condition: AppendCondition?
        if samples.generator.index(below: 5) > 1 {
            let back = UInt64(samples.generator.index(below: 6))
            condition = AppendCondition(
                failIfEventsMatch: randomQuery(&samples.generator), after: Position(head > back ? head - back : 0))
        }
        return samples.append(events, condition: condition)
    }
}

extension SeededGenerator {
    fileprivate mutating func index(below bound: Int) -> Int {
        Int.random(in: 0..<bound, using: &self)
    }
}
