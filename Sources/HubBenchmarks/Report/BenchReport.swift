/// What a benchmark found: ratios first, then figures, each with the disk beside it and the goals it is held against.
package struct BenchReport: Codable, Hashable, Sendable {
    /// The machine and program it ran on.
    package struct Machine: Codable, Hashable, Sendable {
        package var processor: String
        package var cores: Int
        package var memoryMebibytes: Int
        package var kernel: String
        package var sqlite: String
        /// The checkout the program lies in; nothing when it lies in none.
        package var commit: String?
        /// Figures of a debug build say nothing.
        package var isDebugBuild: Bool
        /// Load of the last minute when it started; other work beside a measurement makes it slower.
        package var loadBefore: Double
        package var loadAfter: Double
        package var folder: String
        /// A memory file system syncs nothing: its durable figures say nothing.
        package var isMemoryFileSystem: Bool
    }

    /// Milliseconds a request.
    package struct Latency: Codable, Hashable, Sendable {
        package var requests: UInt64
        package var mean: Double
        package var p50: Double
        package var p99: Double
        package var p999: Double
        package var max: Double
    }

    /// One measured thing.
    package struct Figure: Codable, Hashable, Sendable {
        /// Stable, for scripts.
        package var name: String
        package var chinese: String
        package var english: String
        package var value: Double
        package var unit: String
        package var latency: Latency?
        /// `fdatasync` of the same minutes, milliseconds; nothing where nothing is written.
        package var disk: Latency?
        /// How many events or requests it was measured on.
        package var count: Int
    }

    /// One figure relative to another.
    package struct Ratio: Codable, Hashable, Sendable {
        package var name: String
        package var chinese: String
        package var english: String
        package var value: Double
    }

    /// One line of the speed table.
    package struct Goal: Codable, Hashable, Sendable {
        /// Whether it was reached.
        package enum Verdict: String, Codable, Sendable {
            case aim, floor, missed
        }

        package var name: String
        package var chinese: String
        package var english: String
        package var measured: Double
        package var unit: String
        package var floor: Double
        package var aim: Double?
        /// Whether less is better.
        package var isCeiling: Bool
        package var verdict: Verdict
    }

    /// Whether the log held what it should.
    package struct Check: Codable, Hashable, Sendable {
        package var name: String
        package var chinese: String
        package var passed: Bool
        package var detail: String

        init(_ name: String, _ chinese: String, _ passed: Bool, _ detail: String) {
            self.name = name
            self.chinese = chinese
            self.passed = passed
            self.detail = detail
        }
    }

    /// Another program that was measured beside ours, or why not.
    package struct Peer: Codable, Hashable, Sendable {
        package var name: String
        package var ran: Bool
        package var version: String?
        /// Why it was not run; empty when it was.
        package var reason: String
        package var remedy: String
    }

    /// How events spread over the tags of one kind.
    package struct TagSpread: Codable, Hashable, Sendable {
        package var kind: String
        package var tags: Int
        package var least: Int
        package var median: Int
        package var p99: Int
        package var most: Int
    }

    /// `append` or `read`.
    package var bench: String
    /// Whether every check passed; otherwise the figures prove nothing.
    package var valid: Bool
    package var ratios: [Ratio]
    package var figures: [Figure]
    package var goals: [Goal]
    package var checks: [Check]
    package var peers: [Peer]
    package var diskBefore: Latency
    package var diskAfter: Latency
    package var machine: Machine
    package var shape: BenchShape
    package var tags: [TagSpread]
    /// Mean bytes an event's row holds, without SQLite's own.
    package var meanRowBytes: Double
    package var meanFeedEntries: Double
    /// Bytes on disk an event in the log, all tables and indexes.
    package var fileBytesAnEvent: Double
    /// What limits the figures; Chinese and English.
    package var notes: [String]

    /// Whether the figures may be held against the speed table.
    package var isComparable: Bool { shape.isStandard && !machine.isDebugBuild && !machine.isMemoryFileSystem }
}

extension BenchReport.Goal {
    init(
        _ name: String, _ chinese: String, _ english: String, _ measured: Double, _ unit: String, floor: Double,
        aim: Double? = nil, isCeiling: Bool = false
    ) {
        func holds(_ bound: Double) -> Bool { isCeiling ? measured <= bound : measured >= bound }
        let verdict: Verdict =
            if aim.map(holds) ?? false { .aim } else if holds(floor) { .floor } else { .missed }
        self.init(
            name: name, chinese: chinese, english: english, measured: measured, unit: unit, floor: floor, aim: aim,
            isCeiling: isCeiling, verdict: verdict)
    }
}
