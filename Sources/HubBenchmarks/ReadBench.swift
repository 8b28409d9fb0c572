import CSupport
import Casework
import EventSourcing
import FoundationEssentials
import SQLiteEventLog

/// `onedoor bench read`: how fast the log is read, decoded, queried, verified and opened again after a kill.
package struct ReadBench: Sendable {
    /// What can be measured; also the words of `--only`.
    package static let names = ["recorded", "typed", "query", "decision", "verify", "restart", "memory"]

    /// Queries of each kind.
    static let queries = 2000
    static let kills = 5

    private let options: BenchOptions
    private let say: @Sendable (String) -> Void

    /// - Parameters:
    ///   - options: Checked here.
    ///   - say: Takes progress for people.
    /// - Throws: ``BenchFailure`` `usage`.
    package init(_ options: BenchOptions, say: @escaping @Sendable (String) -> Void = { _ in }) throws(BenchFailure) {
        try options.check(names: Self.names)
        self.options = options
        self.say = say
    }

    /// Makes or finds the log, measures, checks, and tells.
    ///
    /// - Throws: ``BenchFailure`` when nothing could be measured; a run whose checks fail is a report that is not valid.
    package func run() async throws(BenchFailure) -> BenchReport {
        let folder = try BenchFolder(options)
        defer { folder.remove() }
        return try await measure(in: folder)
    }

    private func measure(in folder: BenchFolder) async throws(BenchFailure) -> BenchReport {
        var machine = MachineFacts.read(folder: folder.path)
        let diskBefore = try DiskProbe.run(in: folder.path, seconds: min(2, options.seconds))
        var measured = try await MeasuredLog(in: folder, options, say: say)
        var found = Readings()
        let failure: BenchFailure?
        do throws(BenchFailure) {
            try await read(measured, &found)
            if csupport_stop_requested() == 1 { throw .stopped }
            say("核对 checking")
            found.checks += await LogChecks(log: measured.log, ledger: measured.ledger).reading()
            await measured.close()
            try await restart(&measured, &found)
            failure = nil
        } catch {
            failure = error
        }
        await measured.close()
        if let failure { throw failure }
        try measured.writeLedger()
        let diskAfter = try DiskProbe.run(in: folder.path, seconds: min(2, options.seconds))
        machine.loadAfter = MachineFacts.loadAverage()
        let sample = RowSample(measured.workload)
        return BenchReport(
            bench: "read", valid: found.checks.allSatisfy(\.passed), ratios: found.ratios, figures: found.figures,
            goals: found.goals, checks: found.checks, peers: [], diskBefore: diskBefore.summary,
            diskAfter: diskAfter.summary, machine: machine, shape: measured.ledger.shape,
            tags: measured.ledger.distribution, meanRowBytes: sample.meanRowBytes,
            meanFeedEntries: sample.meanFeedEntries, fileBytesAnEvent: measured.fileBytesAnEvent,
            notes: found.notes + [
                "文件已在页缓存中 the file is in the page cache, as it is beside a running hub",
                "机器上的其他工作会使数字变差 other work on the machine makes the figures worse; see the load average",
            ])
    }

    private func read(_ measured: MeasuredLog, _ found: inout Readings) async throws(BenchFailure) {
        do throws(EventLogError) {
            if options.wants("recorded") {
                say("recorded")
                found.take(
                    try await scan(measured, tasks: 1, decoding: false), "recorded", "读出全部记录",
                    "read all, recorded events")
            }
            if options.wants("typed") {
                say("typed")
                found.take(
                    try await scan(measured, tasks: 1, decoding: true), "typed.one", "读出全部并解码,一个任务",
                    "read all, typed events, one task")
                found.take(
                    try await scan(measured, tasks: 2, decoding: true), "typed.two", "读出全部并解码,两个任务",
                    "read all, typed events, two tasks")
            }
            if options.wants("query") {
                say("query")
                try await query(measured, events: 100, "query", "按一个标签查询", "query by one tag", &found)
            }
            if options.wants("decision") {
                say("decision")
                try await query(measured, events: 10, "decision", "决策读取,含日志头", "decision read with head", &found)
            }
        } catch {
            throw .log(error, "read")
        }
        if options.wants("verify") {
            say("verify")
            try await verify(measured, &found)
        }
    }

    // MARK: Everything

    /// Reads the whole log once, or again and again for as long as a figure is measured.
    private func scan(_ measured: MeasuredLog, tasks: Int, decoding: Bool) async throws(EventLogError) -> Readings.Scan
    {
        let head = try await measured.log.head().position.number
        let clock = ContinuousClock()
        let began = clock.now
        var scan = Readings.Scan()
        repeat {
            let parts = await withTaskGroup(of: Result<Readings.Scan, EventLogError>.self) { group in
                for task in 0..<tasks {
                    let from = head * UInt64(task) / UInt64(tasks)
                    let to = head * UInt64(task + 1) / UInt64(tasks)
                    group.addTask { await Self.scan(measured.log, after: from, to: to, decoding: decoding) }
                }
                var parts: [Result<Readings.Scan, EventLogError>] = []
                for await part in group { parts.append(part) }
                return parts
            }
            for part in parts { scan.merge(try part.get()) }
            scan.passes += 1
            if csupport_stop_requested() == 1 { break }
        } while (clock.now - began).inSeconds * Double(scan.passes + 1) / Double(scan.passes) < options.seconds
        scan.elapsed = (clock.now - began).inSeconds
        scan.expected = Int(clamping: head) * scan.passes
        return scan
    }

    private static func scan(_ log: SQLiteEventLog, after: UInt64, to: UInt64, decoding: Bool)
        async -> Result<Readings.Scan, EventLogError>
    {
        var scan = Readings.Scan()
        var cursor = Position(after)
        let clock = ContinuousClock()
        do throws(EventLogError) {
            while cursor.number < to {
                let begun = clock.now
                let page = try await log.read(.all, after: cursor, limit: Int(min(1000, to - cursor.number)))
                guard page.reached > cursor else { break }
                cursor = page.reached
                if decoding {
                    for event in page.events {
                        // What the product's own readers do with a recorded event.
                        if (try? HubEvent(event)) != nil { scan.events += 1 }
                    }
                } else {
                    scan.events += page.events.count
                }
                scan.pages.record(clock.now - begun)
            }
        } catch {
            return .failure(error)
        }
        return .success(scan)
    }

    // MARK: Queries

    private func query(
        _ measured: MeasuredLog, events: Int, _ name: String, _ chinese: String, _ english: String,
        _ found: inout Readings
    ) async throws(EventLogError) {
        let tags = measured.ledger.tags(.caseFile, nearEvents: events)
        guard !tags.isEmpty else { return }
        var chance = SeededChance(seed: measured.ledger.shape.seed, stream: UInt64(events))
        var latency = LatencyHistogram()
        var read = 0
        var wrong = 0
        let clock = ContinuousClock()
        for _ in 0..<Self.queries {
            let tag = tags[chance.below(tags.count)]
            let begun = clock.now
            let page = try await measured.log.readAll(.tagged(tag))
            latency.record(clock.now - begun)
            read += page.events.count
            if page.events.count != measured.ledger.tally[tag.description] || page.head.number == 0 { wrong += 1 }
        }
        found.take(
            latency, name, chinese, english, meanEvents: Double(read) / Double(Self.queries), tags: tags.count,
            wrong: wrong)
    }

    // MARK: Verify and restart

    private func verify(_ measured: MeasuredLog, _ found: inout Readings) async throws(BenchFailure) {
        let clock = ContinuousClock()
        let began = clock.now
        do {
            let verification = try await LogVerifier(SQLiteLogReader(folder: measured.folder)).verify()
            found.take(
                seconds: (clock.now - began).inSeconds, events: verification.head.position.number,
                finding: verification.finding.map { "\($0.fault) \($0.detail)" })
        } catch {
            throw .log(error, "verify")
        }
    }

    /// What needs a process of its own, with the log closed here.
    private func restart(_ measured: inout MeasuredLog, _ found: inout Readings) async throws(BenchFailure) {
        guard let executable = options.executable else {
            if options.wants("restart") || options.wants("memory") {
                found.notes.append("未测重启与内存:没有可启动的程序 restart and memory not measured: no program to start")
            }
            return
        }
        let trial = RestartTrial(
            executable: executable, folder: measured.folder, shape: measured.ledger.shape,
            seconds: min(2, options.seconds))
        if options.wants("memory") {
            say("memory")
            found.take(idleKibibytes: try trial.idleMemory())
        }
        guard options.wants("restart") else { return }
        var outcomes: [RestartTrial.Outcome] = []
        for number in 1...Self.kills {
            say("restart \(number)/\(Self.kills)")
            outcomes.append(try await trial.kill(&measured))
            await measured.close()
        }
        found.take(outcomes)
        try measured.open()
        found.checks += await LogChecks(log: measured.log, ledger: measured.ledger).reading().map { check in
            var later = check
            later.name += ".afterKill"
            return later
        }
    }
}
