import EventSourcing
import Foundation
import HubTesting
import SQLiteEventLog
import Testing

/// Many writers decide at once; the condition lets exactly one of them through, whatever they asked and wrote.
@Suite struct RaceTests {
    /// What a racer asks before it decides, and what it writes when nothing speaks against it.
    struct Racer: Sendable {
        let query: EventQuery
        let type: String
        let tags: Set<EventTag>
    }

    /// Races in which every racer's event matches every racer's question.
    enum Race: String, CaseIterable, Sendable {
        case uniqueness = "all ask for one tag and write it"
        case typeAgainstTag = "some ask by type, the others by tag, and each writes what the other asks for"
        case narrowAgainstWide = "some ask for one tag, some for two and a type, some for everything"

        /// The racer of a number in a round; names come again, so that old events are met.
        func racer(_ number: Int, round: Int) throws -> Racer {
            let case1 = try #require(EventTag("case:\(round % 20)"))
            let person = try #require(EventTag("person:\(round % 20)"))
            let offer = try #require(EventTag("number:\(round % 20)"))
            switch self {
            case .uniqueness: return Racer(query: .tagged(offer), type: "CaseOpened", tags: [offer])
            case .typeAgainstTag:
                let byType = EventQuery.types(["OfferMade"]).or(.tagged(case1, types: ["CaseExited"]))
                let byTag = EventQuery.tagged(case1).or(.tagged(person, types: ["OfferMade"]))
                return number.isMultiple(of: 2)
                    ? Racer(query: byType, type: "CaseExited", tags: [case1])
                    : Racer(query: byTag, type: "OfferMade", tags: [person])
            case .narrowAgainstWide:
                let queries = [.tagged(case1), .tagged(case1, person, types: ["ReferralAccepted"]), EventQuery.all]
                return Racer(query: queries[number % 3], type: "ReferralAccepted", tags: [case1, person])
            }
        }
    }

    private enum Outcome {
        case won, sawIt, refused
    }

    @Test(arguments: Race.allCases, [(16, 200), (64, Effort.of(normal: 50, full: 200))])
    func `exactly one of many deciders wins each round`(race: Race, size: (writers: Int, rounds: Int)) async throws {
        let start = ContinuousClock.now
        var generator = SeededGenerator.printed()
        let folder = try LogFolder()
        let clock = PushedClock()
        // Small, so that conditions meet the memory tail, the flushed indexes and a map that has forgotten.
        let tuning = LogTuning.tiny(&generator)
        var log = try SQLiteEventLog.create(
            in: folder.path, identity: .sample(&generator), clock: clock, tuning: tuning)
        var samples = EventSamples(generator: generator, logID: log.identity.logID)
        var refused = 0
        for round in 0..<size.rounds {
            let before = try await log.head().position
            var entries: [(Racer, Append)] = []
            for number in 0..<size.writers {
                let racer = try race.racer(number, round: round)
                entries.append((racer, samples.append([try samples.event(racer.type, tags: racer.tags)])))
            }
            let outcomes = try await Self.run(entries, on: log, after: before)
            #expect(outcomes.count { $0 == .won } == 1, "round \(round)")
            refused += outcomes.count { $0 == .refused }
            // Counted in the log too, by the questions themselves.
            #expect(try await log.head().position == before.next)
            for (racer, _) in entries.prefix(3) {
                #expect(try await log.read(racer.query, after: before, limit: 1000).events.count == 1)
            }
            if round % 50 == 49 {
                // Opened again, the writer remembers no tag and must look in the file.
                await log.close()
                log = try SQLiteEventLog.open(in: folder.path, clock: clock, tuning: tuning)
            }
        }
        await log.close()
        #expect(try await LogVerifier(SQLiteLogReader(folder: folder.path)).verify().finding == nil)
        #expect(refused > size.rounds, "too few of them raced")
        Effort.report("race, \(race), \(size.writers) writers: \(size.rounds) rounds, \(refused) refused", since: start)
    }

    /// All are under way before the first one reads.
    private static func run(_ entries: [(Racer, Append)], on log: SQLiteEventLog, after: Position) async throws
        -> [Outcome]
    {
        let line = StartingLine(racers: entries.count)
        return try await withThrowingTaskGroup(of: Outcome.self) { group in
            for (racer, append) in entries {
                group.addTask {
                    await line.ready()
                    let page = try await log.read(racer.query, after: after, limit: 1)
                    guard page.events.isEmpty else { return .sawIt }
                    let condition = AppendCondition(failIfEventsMatch: racer.query, after: page.head)
                    do throws(EventLogError) {
                        try await log.append(append.on(condition))
                        return .won
                    } catch {
                        guard error.code == .conflict else { throw error }
                        return .refused
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}

extension Append {
    /// The same append on a condition.
    func on(_ condition: AppendCondition?) -> Append {
        Append(commandID: commandID, actor: actor, fingerprint: fingerprint, events: events, condition: condition)
    }

    /// The same command with another body.
    func withBody(_ fingerprint: Data, events: [NewEvent]) -> Append {
        Append(commandID: commandID, actor: actor, fingerprint: fingerprint, events: events, condition: condition)
    }
}
