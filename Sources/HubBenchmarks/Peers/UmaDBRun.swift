import CSupport
import EventSourcing
import FoundationEssentials

/// UmaDB with its own server on the same disk and the same events, driven by a small Python program of ours.
struct UmaDBRun: Sendable {
    /// What came of it.
    enum Outcome: Sendable {
        case measured(version: String, figures: [BenchReport.Figure], check: BenchReport.Check)
        case notRun(reason: String)
    }

    /// One line of the driver.
    private struct Line: Decodable {
        let progress: Int?
        let missing: String?
        let error: String?
        let version: String?
        let result: Result?
        let head: Int?
        let acknowledged: Int?
    }

    private struct Result: Decodable {
        let name: String
        let events: Int
        let elapsed: Double
        let conflicts: Int
        let nanoseconds: [UInt64]
    }

    /// What the driver is told.
    private struct Configuration: Encodable {
        struct Run: Encodable {
            let name: String
            let clients: Int
            let batch: Int
        }

        let folder: String
        let samples: String
        let events: Int
        let seconds: Double
        let seed: UInt64
        let shape: BenchShape
        let runs: [Run]
    }

    private struct Sample: Encodable {
        let type: String
        let data: String
        let meta: String
    }

    static let remedy =
        "python3 -m venv VENV && VENV/bin/pip install umadb,再加 --python VENV/bin/python / then add --python VENV/bin/python"

    let folder: String
    let shape: BenchShape
    let seconds: Double
    let python: String
    let samples: [NewEvent]

    /// Starts the driver and listens until it ends.
    ///
    /// It blocks its thread on purpose: the child is bound to the thread that started it, and nothing else is to do.
    func run(say: @Sendable (String) -> Void) throws(BenchFailure) -> Outcome {
        let child = try BenchChild("/usr/bin/env", [python, "-B", try writeDriver(), try writeConfiguration()])
        defer { child.wait() }
        var rest = Data()
        var state = State()
        // The longest silence is one filling of 50 000 events or one measurement.
        while let more = child.read(within: seconds + 300) {
            if csupport_stop_requested() == 1 {
                child.kill(15)
                throw .stopped
            }
            rest.append(more)
            while let end = rest.firstIndex(of: 10) {
                let line = Data(rest[rest.startIndex..<end])
                rest = Data(rest[rest.index(after: end)...])
                guard let line = try? JSONDecoder().decode(Line.self, from: line) else { continue }
                state.take(line, say: say)
            }
            if more.isEmpty { return state.outcome(python: python) }
        }
        child.kill(9)
        return .notRun(reason: "the driver said nothing for \(Int(seconds) + 300) s")
    }

    /// What the driver has said so far.
    private struct State {
        var version: String?
        var problem: String?
        var figures: [BenchReport.Figure] = []
        var conflicts = 0
        var check: BenchReport.Check?

        mutating func take(_ line: Line, say: (String) -> Void) {
            if let progress = line.progress { say("UmaDB: \(progress)") }
            if let version = line.version { self.version = version }
            if let missing = line.missing { problem = "not installed: \(missing)" }
            if let error = line.error { problem = error }
            if let result = line.result {
                conflicts += result.conflicts
                figures.append(UmaDBRun.figure(result))
            }
            if let head = line.head, let acknowledged = line.acknowledged {
                check = .init(
                    "umadb", "UmaDB 的条数与应答一致", head == acknowledged && conflicts == 0,
                    "head \(head), acknowledged \(acknowledged), \(conflicts) conflicts")
            }
        }

        func outcome(python: String) -> Outcome {
            if let problem { return .notRun(reason: problem) }
            guard let version, let check else { return .notRun(reason: "\(python) did not run") }
            return .measured(version: version, figures: figures, check: check)
        }
    }

    private static func figure(_ result: Result) -> BenchReport.Figure {
        var histogram = LatencyHistogram()
        for one in result.nanoseconds { histogram.record(one) }
        let words = Turns.Phase(rawValue: result.name)?.words
        return BenchReport.Figure(
            name: "umadb.\(result.name)", chinese: "UmaDB,\(words?.chinese ?? result.name)",
            english: "UmaDB, \(words?.english ?? result.name)",
            value: result.elapsed > 0 ? Double(result.events) / result.elapsed : 0, unit: "events/s",
            latency: histogram.summary, count: result.events)
    }

    // MARK: Files

    private func write(_ data: Data, _ name: String) throws(BenchFailure) -> String {
        let path = "\(folder)/\(name)"
        do { try data.write(to: URL(filePath: path)) } catch { throw .folder(folder, errno: 28) }
        return path
    }

    private func writeDriver() throws(BenchFailure) -> String {
        try write(Data(PackageResources.umadb_driver_py), "umadb_driver.py")
    }

    private func writeConfiguration() throws(BenchFailure) -> String {
        var lines = Data()
        let encoder = JSONEncoder()
        for event in samples {
            let sample = Sample(
                type: event.type, data: String(decoding: event.data, as: UTF8.self),
                meta: String(decoding: event.meta, as: UTF8.self))
            guard let line = try? encoder.encode(sample) else { continue }
            lines.append(line)
            lines.append(10)
        }
        let runs = [Turns.Phase.many, .single, .batch].compactMap { phase in
            phase.plan(seconds: seconds).map {
                Configuration.Run(name: phase.rawValue, clients: $0.producers, batch: $0.eventsInAppend)
            }
        }
        let configuration = Configuration(
            folder: folder, samples: try write(lines, "samples.jsonl"), events: shape.events, seconds: seconds,
            seed: shape.seed, shape: shape, runs: runs)
        guard let data = try? encoder.encode(configuration) else { throw .folder(folder, errno: 28) }
        return try write(data, "driver.json")
    }
}
