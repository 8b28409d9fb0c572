import EventSourcing
import HubTesting
import Testing

@testable import HubBenchmarks

/// A check that cannot fail would prove nothing.
@Suite struct CheckTests {
    private struct Run {
        let log: InMemoryEventLog
        var ledger: BenchLedger
        var totals: ProducerTotals

        /// Names of the checks that failed.
        func failing() async -> Set<String> {
            let checks = await LogChecks(log: log, ledger: ledger).run([totals], from: 0, samples: 400)
            return Set(checks.filter { !$0.passed }.map(\.name))
        }
    }

    private func run(conditional: Bool = true) async throws -> Run {
        var generator = SeededGenerator.printed()
        let identity = LogIdentity(logID: generator.uniqueID(), epoch: generator.uniqueID(), isDemo: false)
        let log = InMemoryEventLog(identity: identity, clock: PushedClock())
        let shape = BenchShape(events: 200, seed: generator.next())
        let plan = ProducerPlan(
            producers: 8, eventsInAppend: 3, isConditional: conditional, seconds: nil, events: 200)
        let totals = try await ProducerRun(
            log: log, workload: BenchWorkload(shape), plan: plan, start: 0, stream: 1
        ).run()
        var ledger = BenchLedger(shape: shape)
        ledger.take(totals)
        return Run(log: log, ledger: ledger, totals: totals)
    }

    @Test func `an honest run passes every check`() async throws {
        let run = try await run()
        #expect(run.totals.events == 200)
        #expect(await run.failing() == [])
    }

    @Test func `an acknowledgement of an event that is not there is found`() async throws {
        var run = try await run()
        run.ledger.acknowledged += 1
        #expect(await run.failing() == ["count"])
    }

    @Test func `a position given twice is found`() async throws {
        var run = try await run()
        let last = try #require(run.totals.answers.last)
        run.totals.answers[0] = last
        #expect(await run.failing() == ["positions"])
    }

    @Test func `a position that nobody was told of is found`() async throws {
        var run = try await run()
        run.totals.answers.sort { $0.lowerBound < $1.lowerBound }
        run.totals.answers.remove(at: 5)
        #expect(await run.failing() == ["positions"])
    }

    @Test func `an event under another tag is found`() async throws {
        var run = try await run()
        // The check reads some tags, whichever chance gives it.
        for tag in run.ledger.tally.keys { run.ledger.tally[tag]? += 1 }
        #expect(await run.failing() == ["tags"])
    }

    @Test func `a refusal where none may be is found`() async throws {
        var run = try await run()
        run.totals.conflicts = 1
        #expect(await run.failing() == ["answers"])
        run.totals.conflicts = 0
        run.totals.failures = ["an append failed: full"]
        #expect(await run.failing() == ["answers"])
    }
}
