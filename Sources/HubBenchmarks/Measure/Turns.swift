import EventSourcing
import FoundationEssentials

/// What the turns of an append benchmark came to, phase by phase, with the disk as it was around each.
struct Turns: Sendable {
    /// One way to append.
    enum Phase: String, CaseIterable, Sendable {
        case many, unconditional
        case peerMany = "peer.many"
        case single
        case peerSingle = "peer.single"
        case batch
        case peerBatch = "peer.batch"

        /// The word of `--only`.
        var option: String {
            switch self {
            case .many, .unconditional, .single, .batch: rawValue
            case .peerMany, .peerSingle, .peerBatch: "peer"
            }
        }

        /// How our producers work in it; nothing for a peer's.
        func plan(seconds: Double) -> ProducerPlan? {
            func plan(_ producers: Int, _ events: Int, _ isConditional: Bool = true) -> ProducerPlan {
                ProducerPlan(
                    producers: producers, eventsInAppend: events, isConditional: isConditional, seconds: seconds)
            }
            return switch self {
            case .many: plan(64, 1)
            case .unconditional: plan(64, 1, false)
            case .single: plan(1, 1)
            case .batch: plan(4, 100)
            case .peerMany, .peerSingle, .peerBatch: nil
            }
        }

        /// Requests in a group and events in a request of the C peer.
        var peerShape: (requests: Int, events: Int)? {
            switch self {
            case .peerMany: (64, 1)
            case .peerSingle: (1, 1)
            case .peerBatch: (1, 100)
            case .many, .unconditional, .single, .batch: nil
            }
        }

        var words: (chinese: String, english: String) {
            switch self {
            case .many: ("64 个写入者,每次 1 条,带条件", "64 producers, 1 event each, conditional")
            case .unconditional: ("64 个写入者,每次 1 条,不带条件", "64 producers, 1 event each, unconditional")
            case .single: ("1 个写入者,每次 1 条", "1 producer, 1 event each")
            case .batch: ("4 个写入者,每次 100 条", "4 producers, appends of 100")
            case .peerMany: ("C 程序,每组 64 次", "C peer, groups of 64 appends")
            case .peerSingle: ("C 程序,每组 1 次", "C peer, groups of 1 append")
            case .peerBatch: ("C 程序,每组 100 条", "C peer, groups of 100 events")
            }
        }
    }

    /// What one phase came to.
    private struct Outcome: Sendable {
        var totals = ProducerTotals()
        var disk = LatencyHistogram()
    }

    private let folder: String
    /// How long one turn of one phase takes.
    let seconds: Double
    private var outcomes: [Phase: Outcome] = [:]
    /// What our own log was answered, for the checks.
    private(set) var ours: [ProducerTotals] = []
    private var lastPhase: Phase?
    private var lastProbe = LatencyHistogram()
    /// Figures of programs that run by themselves.
    private(set) var others: [BenchReport.Figure] = []

    init(folder: String, seconds: Double) {
        self.folder = folder
        self.seconds = seconds
    }

    /// Probes the disk; the probe counts for the turn before it and for the one after it.
    mutating func probe(_ seconds: Double) throws(BenchFailure) {
        lastProbe = try DiskProbe.run(in: folder, seconds: min(seconds, self.seconds))
        if let phase = lastPhase { outcomes[phase]?.disk.merge(lastProbe) }
    }

    mutating func take(_ totals: ProducerTotals, _ phase: Phase) {
        outcomes[phase, default: Outcome()].totals.merge(totals)
        outcomes[phase]?.disk.merge(lastProbe)
        lastPhase = phase
        if phase.peerShape == nil { ours.append(totals) }
    }

    mutating func take(_ figures: [BenchReport.Figure]) { others += figures }

    // MARK: What is told

    func rate(_ phase: Phase) -> Double? { outcomes[phase].map(\.totals.eventsPerSecond) }

    func figures(filling: ProducerTotals?) -> [BenchReport.Figure] {
        var figures: [BenchReport.Figure] = Phase.allCases.compactMap { phase in
            guard let outcome = outcomes[phase] else { return nil }
            return BenchReport.Figure(
                name: phase.rawValue, chinese: phase.words.chinese, english: phase.words.english,
                value: outcome.totals.eventsPerSecond, unit: "events/s", latency: outcome.totals.latency.summary,
                disk: outcome.disk.summary, count: outcome.totals.events)
        }
        if let filling {
            figures.append(
                BenchReport.Figure(
                    name: "preload", chinese: "预置:4 个写入者,每次 256 条", english: "preload: 4 producers, appends of 256",
                    value: filling.eventsPerSecond, unit: "events/s", latency: filling.latency.summary,
                    count: filling.events))
        }
        return figures + others
    }

    /// How near a single producer comes to one append an `fdatasync`.
    private func ofDisk(_ phase: Phase) -> Double? {
        guard let outcome = outcomes[phase], outcome.disk.count > 0 else { return nil }
        return outcome.totals.eventsPerSecond * Double(outcome.disk.percentile(0.5)) / 1_000_000_000
    }

    private func share(_ phase: Phase, of other: Phase) -> Double? {
        guard let one = rate(phase), let two = rate(other), two > 0 else { return nil }
        return one / two
    }

    private func other(_ name: String) -> Double? { others.first { $0.name == name }?.value }

    var ratios: [BenchReport.Ratio] {
        var ratios: [BenchReport.Ratio] = []
        func add(_ name: String, _ chinese: String, _ english: String, _ value: Double?) {
            guard let value else { return }
            ratios.append(BenchReport.Ratio(name: name, chinese: chinese, english: english, value: value))
        }
        add("single.ofDisk", "1 个写入者,相对 1/fdatasync p50", "1 producer, of 1 / fdatasync p50", ofDisk(.single))
        add("many.ofDisk", "64 个写入者,每次 fdatasync 的条数", "64 producers, events an fdatasync", ofDisk(.many))
        add("many.ofPeer", "64 个写入者,相对 C 程序", "64 producers, of the C peer", share(.many, of: .peerMany))
        add("single.ofPeer", "1 个写入者,相对 C 程序", "1 producer, of the C peer", share(.single, of: .peerSingle))
        add("batch.ofPeer", "每次 100 条,相对 C 程序", "appends of 100, of the C peer", share(.batch, of: .peerBatch))
        for phase in [Phase.many, .single, .batch] {
            guard let ours = rate(phase), let theirs = other("umadb.\(phase.rawValue)"), theirs > 0 else { continue }
            add(
                "\(phase.rawValue).ofUmaDB", "\(phase.words.chinese),相对 UmaDB", "\(phase.words.english), of UmaDB",
                ours / theirs)
        }
        add("conditional", "带条件相对不带条件", "conditional, of unconditional", share(.many, of: .unconditional))
        return ratios
    }

    var goals: [BenchReport.Goal] {
        var goals: [BenchReport.Goal] = []
        if let outcome = outcomes[.many] {
            let words = Phase.many.words
            let latency = outcome.totals.latency.summary
            goals += [
                .init(
                    "many", words.chinese, words.english, outcome.totals.eventsPerSecond, "events/s", floor: 8000,
                    aim: 20_000),
                .init("many.p99", "其 p99", "its p99", latency.p99, "ms", floor: 20, isCeiling: true),
                .init("many.p999", "其 p99.9", "its p99.9", latency.p999, "ms", floor: 300, isCeiling: true),
            ]
        }
        if let value = share(.many, of: .peerMany) {
            goals.append(.init("many.ofPeer", "相对同形 C 程序", "of the same-shape C program", value, "×", floor: 0.5))
        }
        if let value = ofDisk(.single) {
            goals.append(
                .init(
                    "single", "1 个写入者 × fdatasync p50", "1 producer × fdatasync p50", value, "×", floor: 0.5, aim: 0.7))
        }
        if let value = rate(.batch) {
            goals.append(
                .init(
                    "batch", Phase.batch.words.chinese, Phase.batch.words.english, value, "events/s", floor: 15_000,
                    aim: 25_000))
        }
        if let value = share(.many, of: .unconditional) {
            goals.append(
                .init(
                    "conditional", "带条件相对不带条件", "conditional against unconditional", value, "×", floor: 0.85, aim: 0.95)
            )
        }
        return goals
    }
}
