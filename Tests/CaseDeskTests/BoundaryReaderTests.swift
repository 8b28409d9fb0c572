import Casework
import EventSourcing
import HubTesting
import NIOConcurrencyHelpers
import Testing

@testable import CaseDesk

/// What is kept between commands never shows in a decision.
@Suite struct BoundaryReaderTests {
    @Test(arguments: [4, 40, 4000])
    func `a kept boundary is what the log tells from its beginning`(limit: Int) async throws {
        let bench = try await DeskBench()
        var chance = SeededGenerator.printed(for: "boundaries kept up to \(limit)")
        let reader = BoundaryReader(log: bench.log, limit: limit)
        var samples = Self.samples(of: bench)
        var cases: [CaseID] = []
        for name in ["张", "李", "王"] {
            cases.append(try await bench.openCase(of: try await bench.registerPerson(name)).caseFile)
        }
        for _ in 0..<60 {
            let caseFile = try #require(cases.randomElement(using: &chance))
            if Bool.random(using: &chance) {
                try await tell(caseFile, in: bench, &samples)
            }
            let other = try #require(cases.randomElement(using: &chance))
            let query = EventQuery.tagged(.caseFile(caseFile)).or(.tagged(.caseFile(other)))
            let kept = try await reader.read(query)
            let fresh = try await BoundaryReader(log: bench.log).read(query)
            #expect(kept.head == fresh.head)
            #expect(kept.boundary.sealed == fresh.boundary.sealed)
            #expect(kept.boundary.entries.map(\.recorded.position) == fresh.boundary.entries.map(\.recorded.position))
            #expect(kept.boundary.entries.map(\.metadata) == fresh.boundary.entries.map(\.metadata))
        }
    }

    @Test func `a boundary read again asks the log only for what is new`() async throws {
        let bench = try await DeskBench()
        let caseFile = try await bench.openCase(of: try await bench.registerPerson("张")).caseFile
        let reader = BoundaryReader(log: bench.log)
        var samples = Self.samples(of: bench)
        let query = EventQuery.tagged(.caseFile(caseFile))
        let first = try await reader.read(query)
        let before = bench.log.eventsRead
        _ = try await reader.read(query)
        #expect(bench.log.eventsRead == before)
        try await tell(caseFile, in: bench, &samples)
        let second = try await reader.read(query)
        #expect(bench.log.eventsRead == before + second.boundary.entries.count - first.boundary.entries.count)
        #expect(second.boundary.entries.count > first.boundary.entries.count)
    }

    private static func samples(of bench: DeskBench) -> EventSamples {
        EventSamples(generator: SeededGenerator(seed: 11), logID: bench.log.identity.logID)
    }

    /// One more event in a case, by somebody else than the desk.
    private func tell(_ caseFile: CaseID, in bench: DeskBench, _ samples: inout EventSamples) async throws {
        let data = #"{"attachments":[],"caseFile":"\#(caseFile)","means":"inPerson","recipient":"\#(caseFile)"}"#
        let told = try samples.event("ApplicantTold", data: data, tags: [.caseFile(caseFile)])
        try await bench.log.append(samples.append([told]))
    }
}
