import EventSourcing
import Foundation
import GRDB
import HubTesting
import SQLiteEventLog
import Testing

/// The same appends for many runs, each on a fresh copy of one small closed log.
struct Workload {
    enum Step {
        /// Sent at once, so that the writer finds groups.
        case together([Append])
        case progress(ConsumerProgress)
        /// Moves the write-ahead log into the file from outside, so that it is begun again at its start.
        case checkpoint
        case reopen
    }

    /// One append, its answer, and the place in the record of the folder when the answer was there.
    struct Asked {
        /// The number of the step; what has one number was sent at once.
        var step = 0
        let append: Append
        let answer: Result<Acceptance, EventLogError>
        let moment: Int
    }

    let identity: LogIdentity
    let clock = PushedClock()
    let base: Data
    let baseEvents: UInt64
    let steps: [Step]
    /// Small, so that flushes of the indexes and checkpoints fall among the appends.
    let tuning: LogTuning

    /// - Parameter rounds: Each is a lone append, one of several events, and four at once.
    init(_ generator: inout SeededGenerator, rounds: Int, reopens: Bool = false) async throws {
        let folder = try LogFolder()
        identity = LogIdentity.sample(&generator)
        tuning = .tiny(&generator)
        let log = try SQLiteEventLog.create(in: folder.path, identity: identity, clock: clock)
        var samples = EventSamples(generator: generator, logID: identity.logID)
        try await log.append(samples.append([try Self.event(&samples), try Self.event(&samples)]))
        baseEvents = try await log.head().position.number
        await log.close()
        base = try Data(contentsOf: URL(fileURLWithPath: folder.file))
        var steps: [Step] = []
        for round in 0..<rounds {
            steps.append(.together([try Self.append(events: 1, &samples)]))
            steps.append(.together([try Self.append(events: round % 4, &samples)]))
            var group: [Append] = []
            for _ in 0..<4 { group.append(try Self.append(events: 1, &samples)) }
            steps.append(.together(group))
            if round % 3 == 1 {
                steps.append(
                    .progress(
                        ConsumerProgress(
                            department: GoldenListing.departments[0], name: "adapter", sequence: 1,
                            chain: samples.generator.bytes(32), acknowledgedAt: clock.now())))
                steps.append(.checkpoint)
            }
            if reopens && round % 3 == 2 { steps.append(.reopen) }
        }
        self.steps = steps
        generator = samples.generator
    }

    private static func append(events: Int, _ samples: inout EventSamples) throws -> Append {
        var list: [NewEvent] = []
        for _ in 0..<events { list.append(try event(&samples)) }
        return samples.append(list)
    }

    private static func event(_ samples: inout EventSamples) throws -> NewEvent {
        let number = Int.random(in: 0..<20, using: &samples.generator)
        let person: PersonReference = samples.generator.id()
        let data = String(repeating: "一扇门", count: 1 + number * 8)
        return try samples.event(
            number < 10 ? "CaseOpened" : "ReferralAccepted", data: #"{"note":"\#(data)"}"#,
            tags: Set(["case:\(number)", "dept:jiaoyu", "person:\(person)"].compactMap { EventTag($0) }),
            disclosure: number % 2 == 0 ? Disclosure([GoldenListing.departments[number % 3]: []]) : .none,
            sealed: number % 4 == 0 ? [.init(.contact, of: person, json: #""13800000000""#)] : [])
    }

    // MARK: Playing

    /// What came of playing the steps.
    struct Run {
        var asked: [Asked] = []
        /// Why the log did not open, the first time or again.
        var notOpened: EventLogError?
    }

    /// Puts the base into a folder, before it is watched or again.
    func prepare(_ folder: LogFolder) throws {
        for name in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: folder.file + name) }
        try base.write(to: URL(fileURLWithPath: folder.file))
    }

    /// Plays all steps on the log of a folder and closes it.
    func play(in folder: LogFolder, watchedBy faults: FaultFolder) async throws -> Run {
        var run = Run()
        do throws(EventLogError) {
            var log = try SQLiteEventLog.open(in: folder.path, clock: clock, tuning: tuning)
            for (number, step) in steps.enumerated() {
                switch step {
                case .together(let appends):
                    run.asked += await Self.send(appends, step: number, to: log, watchedBy: faults)
                case .progress(let progress): try? await log.record([progress])
                case .checkpoint: Self.checkpoint(folder)
                case .reopen:
                    await log.close()
                    log = try SQLiteEventLog.open(in: folder.path, clock: clock, tuning: tuning)
                }
            }
            await log.close()
        } catch {
            run.notOpened = error
        }
        return run
    }

    private static func send(_ appends: [Append], step: Int, to log: SQLiteEventLog, watchedBy faults: FaultFolder)
        async
        -> [Asked]
    {
        await withTaskGroup(of: Asked.self) { group in
            for append in appends {
                group.addTask {
                    do throws(EventLogError) {
                        let acceptance = try await log.append(append)
                        return Asked(step: step, append: append, answer: .success(acceptance), moment: faults.moment)
                    } catch {
                        return Asked(step: step, append: append, answer: .failure(error), moment: faults.moment)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    /// Its failure is nobody's but its own: the log is written by others.
    private static func checkpoint(_ folder: LogFolder) {
        guard let queue = try? DatabaseQueue(path: folder.file) else { return }
        _ = try? queue.writeWithoutTransaction { try $0.checkpoint(.passive) }
        try? queue.close()
    }

    // MARK: Judging

    /// Opens the log of a folder and holds it against what was answered.
    ///
    /// - Returns: What does not hold, in words; nothing when all is well.
    func judge(_ asked: [Asked], in folder: LogFolder) async throws -> String? {
        let log: SQLiteEventLog
        do throws(EventLogError) {
            log = try SQLiteEventLog.open(in: folder.path, clock: clock, tuning: tuning)
        } catch {
            return "it does not open: \(error)"
        }
        let fault = try await judge(asked, on: log)
        await log.close()
        if let fault { return fault }
        let finding = try await LogVerifier(SQLiteLogReader(folder: folder.path)).verify().finding
        return finding.map { "the verifier found \($0)" }
    }

    private func judge(_ asked: [Asked], on log: SQLiteEventLog) async throws -> String? {
        let events = try await log.readAll(.all).events
        guard events.map(\.position.number) == Array(1...UInt64(events.count)) else { return "positions have a gap" }
        var count = baseEvents
        for each in asked {
            let known = try await log.acceptance(of: each.append.commandID, by: each.append.actor)?.0
            if let known {
                let first = Int(known.events?.lowerBound.number ?? 1) - 1
                let ids = each.append.events.map(\.eventID)
                guard events.dropFirst(first).prefix(ids.count).map(\.eventID) == ids else {
                    return "an append is there in part, or at another place"
                }
                count += UInt64(ids.count)
            }
            switch each.answer {
            case .success(let acceptance):
                guard known?.events == acceptance.events, known?.position == acceptance.position else {
                    return "an answered append is not there as answered, but \(known.map { "\($0)" } ?? "lost")"
                }
            case .failure(let error):
                if error.code == .outcomeUnknown { continue }
                guard known == nil else { return "an append refused as \(error.code) is there" }
            }
        }
        guard count == UInt64(events.count) else { return "\(events.count) events are there, \(count) belong there" }
        var samples = EventSamples(generator: SeededGenerator(seed: count), logID: identity.logID)
        let next = try await log.append(samples.append([try samples.event()]))
        return next.position.number == count + 1 ? nil : "the next append went to \(next.position)"
    }
}
