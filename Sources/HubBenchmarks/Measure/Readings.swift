/// What the parts of a read benchmark came to.
struct Readings: Sendable {
    /// One way through the whole log.
    struct Scan: Sendable {
        var events = 0
        var expected = 0
        var passes = 0
        var elapsed: Double = 0
        var pages = LatencyHistogram()

        mutating func merge(_ other: Self) {
            events += other.events
            pages.merge(other.pages)
        }
    }

    private(set) var figures: [BenchReport.Figure] = []
    private(set) var goals: [BenchReport.Goal] = []
    var checks: [BenchReport.Check] = []
    var notes: [String] = []

    private func value(_ name: String) -> Double? { figures.first { $0.name == name }?.value }

    mutating func take(_ scan: Scan, _ name: String, _ chinese: String, _ english: String) {
        let rate = scan.elapsed > 0 ? Double(scan.events) / scan.elapsed : 0
        figures.append(
            .init(
                name: name, chinese: chinese, english: english + " (pages of 1000)", value: rate, unit: "events/s",
                latency: scan.pages.summary, count: scan.events))
        checks.append(
            .init(
                name, "读到的条数", scan.events == scan.expected,
                "\(scan.events) of \(scan.expected) events in \(scan.passes) passes"))
        let isTyped = name != "recorded"
        goals.append(
            .init(
                name, chinese, english, rate, "events/s", floor: isTyped ? 120_000 : 500_000,
                aim: isTyped ? 300_000 : 1_000_000))
    }

    mutating func take(
        _ latency: LatencyHistogram, _ name: String, _ chinese: String, _ english: String, meanEvents: Double,
        tags: Int, wrong: Int
    ) {
        let summary = latency.summary
        let about = BenchReport.number(meanEvents)
        figures.append(
            .init(
                name: name, chinese: "\(chinese),每次约 \(about) 条", english: "\(english), \(about) events on average",
                value: summary.p99, unit: "ms p99", latency: summary, count: Int(clamping: latency.count)))
        checks.append(
            .init(
                name, "查询条数", wrong == 0,
                "\(wrong) of \(latency.count) answers are not what producers wrote, \(tags) tags"))
        goals.append(
            .init(
                "\(name).p99", "\(chinese) p99", "\(english) p99", summary.p99, "ms", floor: 2, aim: 0.7,
                isCeiling: true))
    }

    mutating func take(seconds: Double, events: UInt64, finding: String?) {
        figures.append(
            .init(
                name: "verify", chinese: "校验整个日志", english: "verify the whole log", value: seconds, unit: "s",
                count: Int(clamping: events)))
        checks.append(.init("verify", "校验没有发现", finding == nil, finding ?? "\(events) events verified"))
        goals.append(
            .init(
                "verify", "校验,每百万条", "verify, per million events", seconds * 1_000_000 / Double(max(1, events)), "s",
                floor: 8, aim: 4, isCeiling: true))
    }

    mutating func take(idleKibibytes: Int) {
        let mebibytes = Double(idleKibibytes) / 1024
        figures.append(
            .init(
                name: "memory", chinese: "空闲时的常驻内存", english: "resident memory, log open and idle", value: mebibytes,
                unit: "MiB", count: 1))
        goals.append(
            .init(
                "memory", "空闲时的常驻内存", "resident memory, log open and idle", mebibytes, "MiB", floor: 80,
                isCeiling: true))
    }

    mutating func take(_ outcomes: [RestartTrial.Outcome]) {
        var histogram = LatencyHistogram()
        for outcome in outcomes { histogram.record(.seconds(outcome.seconds)) }
        let worst = outcomes.map(\.seconds).max() ?? 0
        let answered = outcomes.map(\.answered).reduce(0, +)
        figures.append(
            .init(
                name: "restart", chinese: "kill -9 后从打开到第一次应答,最慢一次",
                english: "after kill -9, from opening to the first answered append, slowest", value: worst, unit: "s",
                latency: histogram.summary, count: outcomes.count))
        let loss = outcomes.compactMap(\.loss).first
        checks.append(
            .init(
                "restart", "被杀进程应答过的都在", loss == nil && answered > 0,
                loss ?? "\(answered) answers of \(outcomes.count) killed processes are all there"))
        goals.append(
            .init("restart", "kill -9 后重启", "restart after kill -9", worst, "s", floor: 2, aim: 0.5, isCeiling: true))
    }

    var ratios: [BenchReport.Ratio] {
        var ratios: [BenchReport.Ratio] = []
        if let typed = value("typed.one"), let recorded = value("recorded"), recorded > 0 {
            ratios.append(
                .init(
                    name: "typed.ofRecorded", chinese: "解码相对只读", english: "typed events, of recorded events",
                    value: typed / recorded))
        }
        if let two = value("typed.two"), let one = value("typed.one"), one > 0 {
            ratios.append(
                .init(
                    name: "typed.twoOfOne", chinese: "两个任务相对一个", english: "two tasks, of one task", value: two / one))
        }
        return ratios
    }
}
