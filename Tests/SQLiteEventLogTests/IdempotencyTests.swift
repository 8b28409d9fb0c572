import EventSourcing
import Foundation
import HubTesting
import SQLiteEventLog
import Testing

/// A command takes effect at most once, in whatever order it, its repeats and its forgeries come.
@Suite struct IdempotencyTests {
    /// Something that happens to one command id.
    private enum Step: CaseIterable {
        /// The command on a condition that does not hold.
        case refused
        case command, `repeat`
        /// The same id with another body.
        case otherBody
        /// Something else is appended, so that positions move.
        case stranger
        case restart
    }

    private struct Bench {
        let folder: LogFolder
        let clock = PushedClock()
        var log: SQLiteEventLog
        var samples: EventSamples

        init(_ generator: SeededGenerator) throws {
            var generator = generator
            folder = try LogFolder()
            log = try SQLiteEventLog.create(in: folder.path, identity: .sample(&generator), clock: clock)
            samples = EventSamples(generator: generator, logID: log.identity.logID)
        }

        mutating func restart() async throws {
            await log.close()
            log = try SQLiteEventLog.open(in: folder.path, clock: clock)
        }

        func send(_ append: Append) async -> Result<Acceptance, EventLogError> {
            do throws(EventLogError) {
                return .success(try await log.append(append))
            } catch {
                return .failure(error)
            }
        }

        /// All at once, while the writer is busy with a large append, so that they meet in one group.
        mutating func sendTogether(_ appends: [Append]) async throws -> [(Append, Result<Acceptance, EventLogError>)] {
            var large: [NewEvent] = []
            for _ in 0..<200 { large.append(try samples.event()) }
            let first = samples.append(large)
            return await withTaskGroup(of: (Append, Result<Acceptance, EventLogError>).self) { [self] group in
                for append in [first] + appends { group.addTask { (append, await send(append)) } }
                return await group.reduce(into: []) { if $1.0.commandID != first.commandID { $0.append($1) } }
            }
        }
    }

    private static func permutations<Element>(of list: [Element]) -> [[Element]] {
        guard let first = list.first else { return [[]] }
        return permutations(of: Array(list.dropFirst())).flatMap { rest in
            (0...rest.count).map { Array(rest[..<$0]) + [first] + Array(rest[$0...]) }
        }
    }

    @Test func `a command takes effect once in every order of what may happen to it`() async throws {
        let start = ContinuousClock.now
        let generator = SeededGenerator.printed()
        var bench = try Bench(generator)
        try await bench.log.append(bench.samples.append([try bench.samples.event()]))
        let orders = Self.permutations(of: Step.allCases)
        #expect(orders.count == 720)
        // Restarting costs the most; in a normal run every third order has its turn.
        let stride = Effort.of(normal: 3, full: 1)
        for order in orders.dropFirst(Int(generator.seed % UInt64(stride))).enumerated()
        where order.offset % stride == 0 {
            try await play(order.element, &bench)
        }
        await bench.log.close()
        #expect(try await LogVerifier(SQLiteLogReader(folder: bench.folder.path)).verify().finding == nil)
        Effort.report("idempotency: \(orders.count / stride) orders", since: start)
    }

    /// Plays one order on a new command and holds each answer against the first body that was accepted.
    private func play(_ order: [Step], _ bench: inout Bench) async throws {
        let command = bench.samples.append([try bench.samples.event(), try bench.samples.event()])
        let other = command.withBody(bench.samples.generator.bytes(32), events: [try bench.samples.event()])
        var accepted: (body: Append, as: Acceptance)?
        for step in order {
            let sent: Append
            switch step {
            case .restart:
                try await bench.restart()
                continue
            case .stranger:
                try await bench.log.append(bench.samples.append([try bench.samples.event()]))
                continue
            case .refused: sent = command.on(AppendCondition(failIfEventsMatch: .all, after: .start))
            case .command, .repeat: sent = command
            case .otherBody: sent = other
            }
            let head = try await bench.log.head().position
            let answer = await bench.send(sent)
            if let accepted {
                let isSame = accepted.body.fingerprint == sent.fingerprint
                switch answer {
                case .success(let acceptance):
                    #expect(isSame && acceptance.isRepeat && acceptance.events == accepted.as.events, "\(order)")
                    #expect(acceptance.position == accepted.as.position)
                case .failure(let error): #expect(!isSame && error.code == .otherBody, "\(order)")
                }
                #expect(try await bench.log.head().position == head)
            } else {
                switch answer {
                case .success(let acceptance):
                    #expect(step != .refused && !acceptance.isRepeat, "\(order)")
                    #expect(acceptance.events?.lowerBound == head.next)
                    accepted = (sent, acceptance)
                case .failure(let error):
                    #expect(step == .refused && error.code == .conflict, "\(order)")
                    #expect(try await bench.log.head().position == head)
                }
            }
        }
    }

    @Test func `of concurrent repeats one takes effect and all get its answer`() async throws {
        var bench = try Bench(SeededGenerator.printed())
        for round in 0..<20 {
            let command = bench.samples.append(
                round % 4 == 3 ? [] : [try bench.samples.event(), try bench.samples.event()])
            let before = try await bench.log.head().position.number
            let answers = try await bench.sendTogether(Array(repeating: command, count: 24))
            let accepted = try answers.map { try $0.1.get() }
            #expect(accepted.count == 24 && accepted.count { !$0.isRepeat } == 1)
            #expect(Set(accepted.map(\.events)).count == 1 && Set(accepted.map(\.position)).count == 1)
            let grown = try await bench.log.head().position.number - before
            #expect(grown == UInt64(200 + command.events.count))
            try await bench.restart()
            #expect(try await bench.log.append(command).events == accepted[0].events)
        }
        await bench.log.close()
    }

    @Test func `of concurrent bodies of one command id one is accepted and the others are told`() async throws {
        var bench = try Bench(SeededGenerator.printed())
        for _ in 0..<20 {
            let command = bench.samples.append([try bench.samples.event()])
            var bodies = [command]
            for _ in 0..<5 {
                bodies.append(
                    command.withBody(bench.samples.generator.bytes(32), events: [try bench.samples.event()]))
            }
            let answers = try await bench.sendTogether(bodies + bodies + bodies)
            var accepted: [(Append, Acceptance)] = []
            for (append, answer) in answers {
                switch answer {
                case .success(let acceptance): accepted.append((append, acceptance))
                case .failure(let error): #expect(error.code == .otherBody)
                }
            }
            #expect(accepted.count == 3 && accepted.count { !$0.1.isRepeat } == 1)
            #expect(Set(accepted.map(\.0.fingerprint)).count == 1 && Set(accepted.map(\.1.events)).count == 1)
        }
        await bench.log.close()
    }

    @Test func `a command refused in a group may succeed later in the same group's wake`() async throws {
        var bench = try Bench(SeededGenerator.printed())
        for round in 0..<20 {
            let tag = try #require(EventTag("case:\(round)"))
            let query = EventQuery.tagged(tag)
            let head = try await bench.log.head().position
            // Both need the tag unused; one of them is refused in the group of the other, or after it.
            let first = bench.samples.append([try bench.samples.event(tags: [tag])])
                .on(AppendCondition(failIfEventsMatch: query, after: head))
            let second = bench.samples.append([try bench.samples.event(tags: [tag])])
                .on(AppendCondition(failIfEventsMatch: query, after: head))
            let answers = try await bench.sendTogether([first, second, first, second])
            let refused = try #require(answers.first { (try? $0.1.get()) == nil }?.0)
            #expect(answers.count { (try? $0.1.get()) != nil } == 2)
            #expect(try await bench.log.acceptance(of: refused.commandID, by: refused.actor) == nil)
            let now = AppendCondition(failIfEventsMatch: query, after: try await bench.log.head().position)
            let later = try await bench.log.append(refused.on(now))
            #expect(!later.isRepeat)
            #expect(try await bench.log.append(refused).events == later.events)
            #expect(try await bench.log.readAll(query).events.count == 2)
        }
        await bench.log.close()
    }
}
