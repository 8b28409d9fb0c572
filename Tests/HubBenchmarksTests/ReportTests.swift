import EventSourcing
import Foundation
import HubTesting
import Testing

@testable import HubBenchmarks

@Suite struct ReportTests {
    @Test func `a goal is held against floor and aim`() {
        func verdict(_ value: Double, isCeiling: Bool = false) -> BenchReport.Goal.Verdict {
            BenchReport.Goal(
                "x", "", "", value, "", floor: isCeiling ? 20 : 10, aim: isCeiling ? 10 : 20, isCeiling: isCeiling
            ).verdict
        }
        #expect([verdict(9.9), verdict(10), verdict(20)] == [.missed, .floor, .aim])
        #expect(
            [verdict(20.1, isCeiling: true), verdict(20, isCeiling: true), verdict(10, isCeiling: true)]
                == [.missed, .floor, .aim])
    }

    @Test(arguments: [
        (0.0, "0.000"), (0.0314, "0.031"), (7.25, "7.25"), (163.64, "163.6"), (8000, "8\u{202F}000"),
        (1_234_567, "1\u{202F}234\u{202F}567"), (-12.5, "-12.50"), (.infinity, "–"),
    ])
    func `numbers are written so that people can compare them`(value: Double, text: String) {
        #expect(BenchReport.number(value) == text)
    }

    @Test func `a tiny run measures our log and the C program, and is valid`() async throws {
        let seed = SeededGenerator.printed().seed
        let folder = FileManager.default.temporaryDirectory.appending(path: "onedoor-bench-test-\(seed)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let options = BenchOptions(
            events: 200, seconds: 0.3, directory: folder, seed: seed,
            only: ["many", "unconditional", "single", "batch", "peer"])
        let report = try await AppendBench(options).run()
        #expect(report.valid, "\(report.checks.filter { !$0.passed })")
        #expect(
            Set(report.checks.map(\.name))
                == ["positions", "answers", "count", "root", "tags", "conditions", "peer"])
        #expect(
            report.figures.map(\.name) == [
                "many", "unconditional", "peer.many", "single", "peer.single", "batch", "peer.batch", "preload",
            ])
        #expect(report.figures.allSatisfy { $0.value > 0 && $0.count > 0 })
        #expect(report.peers.map(\.ran) == [true], "\(report.peers)")
        #expect(report.shape.events == 200 && !report.isComparable)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [], "the files are removed")
        try expectShape(of: report)
    }

    @Test func `a tiny run of reads is checked, and a child it cannot start is told`() async throws {
        let seed = SeededGenerator.printed().seed
        let folder = FileManager.default.temporaryDirectory.appending(path: "onedoor-bench-test-\(seed)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let options = BenchOptions(events: 300, seconds: 0.1, reuse: folder, seed: seed)
        let report = try await ReadBench(options).run()
        #expect(report.valid, "\(report.checks.filter { !$0.passed })")
        #expect(report.figures.map(\.name) == ["recorded", "typed.one", "typed.two", "query", "decision", "verify"])
        #expect(report.notes.contains { $0.contains("restart and memory not measured") })
        // What was kept is used again, and is still what its ledger says.
        let again = try await AppendBench(
            BenchOptions(events: 300, seconds: 0.1, reuse: folder, seed: 1, only: ["single"])
        ).run()
        #expect(again.valid && again.shape.seed == seed)
        #expect(!again.figures.contains { $0.name == "preload" })
    }

    @Test func `a kept log that was changed behind its ledger is refused`() async throws {
        let seed = SeededGenerator.printed().seed
        let folder = FileManager.default.temporaryDirectory.appending(path: "onedoor-bench-test-\(seed)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let options = BenchOptions(events: 50, seconds: 0.1, reuse: folder, seed: seed, only: ["query"])
        _ = try await ReadBench(options).run()
        let ledger = URL(filePath: "\(folder)/log/\(BenchLedger.fileName)")
        var text = try JSONDecoder().decode(BenchLedger.self, from: Data(contentsOf: ledger))
        text.acknowledged += 1
        try JSONEncoder().encode(text).write(to: ledger)
        let failure = await #expect(throws: BenchFailure.self) { try await ReadBench(options).run() }
        #expect(failure?.code == "bench.reuse")
    }

    @Test func `another store that is not installed is told with reason and remedy`() async throws {
        let seed = SeededGenerator.printed().seed
        let options = BenchOptions(
            events: 50, seconds: 0.1, directory: FileManager.default.temporaryDirectory.path, seed: seed,
            only: ["umadb"], python: "/nonexistent/python")
        let report = try await AppendBench(options).run()
        let peer = try #require(report.peers.first)
        #expect(!peer.ran && !peer.reason.isEmpty && peer.remedy.contains("pip install umadb"))
        #expect(report.valid)
    }

    /// What scripts read of the JSON document.
    private func expectShape(of report: BenchReport) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(report)
        let document = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(
            Set(document.keys) == [
                "bench", "valid", "ratios", "figures", "goals", "checks", "peers", "diskBefore", "diskAfter", "machine",
                "shape", "tags", "meanRowBytes", "meanFeedEntries", "fileBytesAnEvent", "notes",
            ])
        let ratios = try #require(document["ratios"] as? [[String: Any]])
        #expect(
            Set(ratios.compactMap { $0["name"] as? String }) == [
                "single.ofDisk", "many.ofDisk", "many.ofPeer", "single.ofPeer", "batch.ofPeer", "conditional",
            ])
        let figure = try #require((document["figures"] as? [[String: Any]])?.first)
        #expect(Set(figure.keys) == ["name", "chinese", "english", "value", "unit", "latency", "disk", "count"])
        let disk = try #require(document["diskBefore"] as? [String: Any])
        #expect(Set(disk.keys) == ["requests", "mean", "p50", "p99", "p999", "max"])
        #expect(try JSONDecoder().decode(BenchReport.self, from: data) == report)
    }

    @Test(arguments: [
        BenchOptions(events: 0, seed: 1), BenchOptions(seconds: 0, seed: 1), BenchOptions(seconds: .nan, seed: 1),
        BenchOptions(seed: 1, only: ["fast"]), BenchOptions(keep: true, reuse: "/tmp/x", seed: 1),
    ])
    func `what cannot be meant is refused with the option and a remedy`(options: BenchOptions) {
        let refusal = #expect(throws: BenchFailure.self) { try AppendBench(options) }
        #expect(refusal?.kind == .usage)
        #expect(refusal?.field.hasPrefix("--") == true && refusal?.remedy.isEmpty == false)
    }

    @Test func `a folder that cannot be written is named`() async throws {
        let bench = try AppendBench(BenchOptions(events: 10, seconds: 0.1, directory: "/proc/none", seed: 1))
        await #expect(throws: BenchFailure.self) { try await bench.run() }
    }
}
