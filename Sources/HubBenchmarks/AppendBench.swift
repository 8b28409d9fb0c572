import CSupport
import EventSourcing
import FoundationEssentials

/// `onedoor bench append`: how fast events become durable, beside the disk, a C program and another event store.
package struct AppendBench: Sendable {
    /// What can be measured; also the words of `--only`.
    package static let names = ["many", "unconditional", "single", "batch", "peer", "umadb"]

    /// Measured in turns, so that a disk that swings swings for all.
    static let rounds = 3
    /// Seconds the disk is probed before each turn.
    static let probeSeconds = 0.35

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
        let sample = RowSample(measured.workload)
        let (peer, peerState) = try await preparedPeer(folder, measured, sample)
        let before = measured.ledger.acknowledged
        var turns = Turns(folder: folder.path, seconds: options.seconds / Double(Self.rounds))
        let failure: BenchFailure?
        do throws(BenchFailure) {
            try await takeTurns(&turns, &measured, peer)
            failure = nil
        } catch {
            failure = error
        }
        if let failure {
            await peer?.close()
            await measured.close()
            throw failure
        }
        say("核对 checking")
        var checks = await LogChecks(log: measured.log, ledger: measured.ledger).run(turns.ours, from: before)
        if let peer {
            checks.append(await peer.check())
            await peer.close()
        }
        await measured.close()
        // Closed, so that nothing of it stands in the write-ahead log.
        let bytes = measured.fileBytesAnEvent
        try measured.writeLedger()
        var peers = peerState.map { [$0] } ?? []
        if let uma = try measureUmaDB(folder, measured, sample, &turns, &checks) { peers.append(uma) }
        let diskAfter = try DiskProbe.run(in: folder.path, seconds: min(2, options.seconds))
        machine.loadAfter = MachineFacts.loadAverage()
        return BenchReport(
            bench: "append", valid: checks.allSatisfy(\.passed), ratios: turns.ratios,
            figures: turns.figures(filling: measured.filling), goals: turns.goals, checks: checks, peers: peers,
            diskBefore: diskBefore.summary, diskAfter: diskAfter.summary, machine: machine,
            shape: measured.ledger.shape, tags: measured.ledger.distribution, meanRowBytes: sample.meanRowBytes,
            meanFeedEntries: sample.meanFeedEntries, fileBytesAnEvent: bytes, notes: notes(sample))
    }

    private func notes(_ sample: RowSample) -> [String] {
        [
            "闭环:每个写入者收到应答后才发下一次 closed loop: a producer sends its next append when the last is answered",
            "写入者在同一进程、同样的核上生成事件,每条约 \(BenchReport.number(sample.microsecondsToMake)) 微秒"
                + " producers make their events in the same process on the same cores, µs an event as stated",
            "各项分 \(Self.rounds) 轮轮流测量 figures are measured in \(Self.rounds) turns each, so that the disk swings for all alike",
            "机器上的其他工作会使数字变差 other work on the machine makes the figures worse; see the load average",
        ]
    }

    // MARK: Turns

    private func takeTurns(_ turns: inout Turns, _ measured: inout MeasuredLog, _ peer: CPeer?)
        async throws(BenchFailure)
    {
        for round in 0..<Self.rounds {
            for phase in Turns.Phase.allCases where options.wants(phase.option) {
                if csupport_stop_requested() == 1 { throw .stopped }
                say("\(phase.rawValue) \(round + 1)/\(Self.rounds)")
                try turns.probe(Self.probeSeconds)
                if let (requests, events) = phase.peerShape {
                    guard let peer else { continue }
                    do {
                        let totals = try await peer.run(
                            requests: requests, eventsInRequest: events, seconds: turns.seconds)
                        turns.take(totals, phase)
                    } catch {
                        throw BenchFailure(
                            .log, code: "bench.peer", field: "peer", chinese: "对照程序出错",
                            english: "the C peer failed: \(error.reason)",
                            remedy: "检查磁盘空间,或用 --no-peers / check the space on the disk, or use --no-peers")
                    }
                } else if let plan = phase.plan(seconds: turns.seconds) {
                    let run = ProducerRun(
                        log: measured.log, workload: measured.workload, plan: plan,
                        start: measured.ledger.acknowledged, stream: measured.ledger.acknowledged + 2)
                    let totals = try await run.run()
                    measured.take(totals)
                    turns.take(totals, phase)
                }
            }
        }
        try turns.probe(Self.probeSeconds)
    }

    // MARK: Peers

    /// The C peer with a log as large as ours, or why it is not there.
    private func preparedPeer(_ folder: BenchFolder, _ measured: MeasuredLog, _ sample: RowSample)
        async throws(BenchFailure) -> (CPeer?, BenchReport.Peer?)
    {
        guard options.wants("peer") else { return (nil, nil) }
        guard options.peers else {
            return (nil, .init(name: "C", ran: false, reason: "--no-peers", remedy: "去掉 --no-peers / leave it out"))
        }
        let path = "\(try folder.folder("peer"))/peer.sqlite"
        do throws(CPeer.Unavailable) {
            let peer = try CPeer(path: path, shape: measured.ledger.shape, samples: sample.events)
            while await peer.head < measured.ledger.acknowledged, csupport_stop_requested() == 0 {
                let missing = Int(clamping: measured.ledger.acknowledged - (await peer.head))
                say("预置对照程序 preloading the C peer: \(missing)")
                do throws(CPeer.Unavailable) {
                    _ = try await peer.run(
                        requests: 1, eventsInRequest: 256, seconds: 600, events: min(missing, 65_536))
                } catch {
                    await peer.close()
                    throw error
                }
            }
            return (peer, .init(name: "C", ran: true, reason: "", remedy: ""))
        } catch {
            return (
                nil,
                .init(
                    name: "C", ran: false, reason: error.reason,
                    remedy: "apt-get install libssl3,并换一个空目录 / and use an empty folder")
            )
        }
    }

    /// UmaDB's own server on the same disk; the disk is probed before and after.
    private func measureUmaDB(
        _ folder: BenchFolder, _ measured: MeasuredLog, _ sample: RowSample, _ turns: inout Turns,
        _ checks: inout [BenchReport.Check]
    ) throws(BenchFailure) -> BenchReport.Peer? {
        guard options.wants("umadb") else { return nil }
        guard options.peers else {
            return .init(
                name: "UmaDB", ran: false, reason: "--no-peers", remedy: "去掉 --no-peers / leave it out")
        }
        let run = UmaDBRun(
            folder: try folder.folder("umadb"), shape: measured.ledger.shape, seconds: options.seconds,
            python: options.python, samples: sample.events)
        var disk = try DiskProbe.run(in: folder.path, seconds: min(1, options.seconds))
        let outcome = try run.run(say: say)
        disk.merge(try DiskProbe.run(in: folder.path, seconds: min(1, options.seconds)))
        switch outcome {
        case .notRun(let reason):
            return .init(name: "UmaDB", ran: false, reason: reason, remedy: UmaDBRun.remedy)
        case .measured(let version, let figures, let check):
            turns.take(
                figures.map { figure in
                    var beside = figure
                    beside.disk = disk.summary
                    return beside
                })
            checks.append(check)
            return .init(name: "UmaDB", ran: true, version: version, reason: "", remedy: "")
        }
    }
}
