import CSupport
import EventSourcing
import FoundationEssentials

/// `onedoor bench cases`: commands, search and rebuild on synthetic counties, through the shipping program.
package struct CasesBench: Sendable {
    /// What can be measured; also the words of `--only`.
    package static let names = ["growth", "referral", "sustained", "rebuild", "search"]

    /// Events of the case a referral command is measured on.
    static let eventsInCase = 200
    /// Commands a second while the time of one is measured.
    static let rate = 200.0

    private let options: BenchOptions
    private let people: Int
    private let say: @Sendable (String) -> Void
    private let executable: String

    /// - Parameters:
    ///   - people: How many are searched among.
    ///   - say: Takes progress for people.
    /// - Throws: ``BenchFailure`` `usage`.
    package init(
        _ options: BenchOptions, people: Int, say: @escaping @Sendable (String) -> Void = { _ in }
    ) throws(BenchFailure) {
        try options.check(names: Self.names)
        guard let executable = options.executable else { throw .served("executable", "there is no program to start") }
        self.options = options
        self.people = people
        self.say = say
        self.executable = executable
    }

    /// Makes or finds the counties, measures, and tells.
    ///
    /// - Throws: ``BenchFailure`` when nothing could be measured.
    package func run() throws(BenchFailure) -> CasesReport {
        let folder = try BenchFolder(options)
        defer { folder.remove() }
        let machine = MachineFacts.read(folder: folder.path)
        let disk = try DiskProbe.run(in: folder.path, seconds: 1).summary
        var report = CasesReport(
            bench: "cases", seed: options.seed, diskBefore: disk, diskAfter: disk, machine: machine)
        let sizes = [options.events / 100, options.events / 10, options.events].filter { $0 >= 1000 }
        for size in options.wants("growth") ? sizes : sizes.suffix(1) {
            try measure(size, isLargest: size == options.events, in: folder.path, &report)
        }
        if options.wants("growth") { judgeGrowth(&report) }
        if options.wants("search") { try search(in: folder.path, &report) }
        report.diskAfter = try DiskProbe.run(in: folder.path, seconds: 1).summary
        report.machine.loadAfter = MachineFacts.loadAverage()
        return report
    }

    // MARK: Commands

    private func measure(_ size: Int, isLargest: Bool, in folder: String, _ report: inout CasesReport)
        throws(BenchFailure)
    {
        let wanted = isLargest ? Set(["growth", "referral", "sustained", "rebuild"]) : ["growth"]
        guard wanted.contains(where: options.wants) else { return }
        say("生成 generating \(size)")
        let county = ServedCounty("\(folder)/county-\(size)", executable: executable)
        // A short log of a short time, so that each has enough cases under way at its end.
        let months = size < 20_000 ? 1 : size < 200_000 ? 3 : 24
        let made = try county.make(["--seed", "\(options.seed)", "--events", "\(size)", "--months", "\(months)"])
        report.notes.append("\(made.events) 个事件,生成用时 events, made in \(made.milliseconds / 1000) s,根 root \(made.root)")
        if isLargest, options.wants("rebuild") { try rebuild(county, &report) }
        if csupport_stop_requested() == 1 { throw .stopped }
        try county.serve()
        defer { county.stop() }
        var work = try CountyWork(county, most: 400, seed: options.seed)
        if options.wants("growth") { try growth(county, &work, made.events, &report) }
        if isLargest, options.wants("sustained") { try sustained(county, &work, &report) }
        if isLargest, options.wants("referral") { try referral(county, &work, &report) }
    }

    /// One report a case, so that no case grows: only the log differs.
    private func growth(
        _ county: ServedCounty, _ work: inout CountyWork, _ events: UInt64, _ report: inout CasesReport
    ) throws(BenchFailure) {
        say("growth \(events)")
        let load = try HTTPLoad(port: county.port, connections: 1)
        let targets = work.targets
        // The first round warms caches, the second is measured.
        var outcome = HTTPLoad.Outcome()
        for round in 0..<2 {
            var reports = work
            outcome = try load.run(seconds: 60, rate: nil) { number throws(BenchFailure) in
                number < targets.count ? reports.report(number + round + 1, of: targets[number]) : nil
            }
            work = reports
            note(outcome, "growth \(events)", &report)
        }
        report.growth.append(.init(events: events, command: outcome.latency.summary))
    }

    private func judgeGrowth(_ report: inout CasesReport) {
        guard let first = report.growth.first, let last = report.growth.last, report.growth.count > 1 else { return }
        report.goals.append(
            BenchReport.Goal(
                "growth", "命令耗时之比,最长与最短日志", "median of a command, longest log to shortest",
                last.command.p50 / max(0.001, first.command.p50), "×", floor: 1.5, aim: 1.1, isCeiling: true))
    }

    private func sustained(_ county: ServedCounty, _ work: inout CountyWork, _ report: inout CasesReport)
        throws(BenchFailure)
    {
        say("sustained")
        let load = try HTTPLoad(port: county.port, connections: max(1, min(32, work.targets.count / 4)))
        let targets = work.targets
        var reports = work
        let outcome = try load.run(seconds: options.seconds, rate: nil) { number throws(BenchFailure) in
            reports.report(number / targets.count + number, of: targets[number % targets.count])
        }
        work = reports
        note(outcome, "sustained", &report)
        report.goals.append(
            BenchReport.Goal(
                "sustained", "不同案件的命令,持续", "commands over different cases, sustained",
                Double(outcome.answered - outcome.failed) / max(0.001, outcome.seconds), "/s", floor: 1000))
        report.latencies["sustained"] = outcome.latency.summary
    }

    private func referral(_ county: ServedCounty, _ work: inout CountyWork, _ report: inout CasesReport)
        throws(BenchFailure)
    {
        // So many cases that measuring makes none of them longer by more than a fifth.
        let wanted = max(8, Int(Self.rate * options.seconds) / (Self.eventsInCase / 5))
        let count = min(work.targets.count, wanted)
        let targets = Array(work.targets.prefix(count))
        let filling = try HTTPLoad(port: county.port, connections: 8)
        var reports = work
        let rounds = Self.eventsInCase - 30
        for round in 0..<rounds {
            if round % 20 == 0 { say("referral: \(round)/\(rounds)") }
            let outcome = try filling.run(seconds: 600, rate: nil) { number throws(BenchFailure) in
                number < targets.count ? reports.report(number + round, of: targets[number]) : nil
            }
            note(outcome, "filling", &report)
        }
        let load = try HTTPLoad(port: county.port, connections: max(1, min(16, count / 4)))
        let outcome = try load.run(seconds: options.seconds, rate: Self.rate) { number throws(BenchFailure) in
            reports.report(number / targets.count + number, of: targets[number % targets.count])
        }
        work = reports
        note(outcome, "referral", &report)
        report.goals.append(
            BenchReport.Goal(
                "referral", "案件有 200 个事件时一条转办命令 p99,每秒 200 条",
                "p99 of a referral command on a case of 200 events, at 200/s",
                outcome.latency.summary.p99, "ms", floor: 10, isCeiling: true))
        report.latencies["referral"] = outcome.latency.summary
    }

    private func note(_ outcome: HTTPLoad.Outcome, _ name: String, _ report: inout CasesReport) {
        guard outcome.failed > 0 else { return }
        report.failures.append("\(name): \(outcome.failed)/\(outcome.answered) \(outcome.firstFailure)")
    }

    // MARK: Rebuild and search

    private func rebuild(_ county: ServedCounty, _ report: inout CasesReport) throws(BenchFailure) {
        struct Answer: Decodable { let position: UInt64 }
        say("rebuild")
        let began = ContinuousClock.now
        let output = try county.run(["rebuild", "--data", county.folder, "--json"])
        let seconds = (ContinuousClock.now - began).inSeconds
        guard let answer = try? JSONDecoder().decode(Answer.self, from: output) else {
            throw .served("rebuild", "its answer cannot be read")
        }
        report.goals.append(
            BenchReport.Goal(
                "rebuild", "重建全部视图", "rebuild of all views", Double(answer.position) / max(0.001, seconds),
                "events/s", floor: 20_000, aim: 50_000))
    }

    private func search(in folder: String, _ report: inout CasesReport) throws(BenchFailure) {
        say("生成 generating \(people) people")
        let county = ServedCounty("\(folder)/people-\(people)", executable: executable)
        let made = try county.make([
            "--seed", "\(options.seed)", "--people", "\(people)", "--events", "\(people + people / 10)",
        ])
        report.notes.append("\(made.people) 人,生成用时 people, made in \(made.milliseconds / 1000) s")
        try county.serve()
        defer { county.stop() }
        for kind in SearchKind.allCases {
            say("search \(kind.rawValue)")
            let load = try HTTPLoad(port: county.port, connections: 1)
            var questions = SearchQuestions(county, kind, people: people, seed: options.seed)
            // The first hundred warm caches.
            _ = try load.run(seconds: 30, rate: nil) { number throws(BenchFailure) in
                number < 100 ? questions.next() : nil
            }
            let outcome = try load.run(seconds: options.seconds, rate: nil) { number throws(BenchFailure) in
                number < 2000 ? questions.next() : nil
            }
            note(outcome, "search \(kind.rawValue)", &report)
            let name = "search.\(kind.rawValue)"
            report.goals.append(
                BenchReport.Goal(
                    name, "查找 p99:\(kind.chinese)", "p99 of a search by \(kind.english)",
                    outcome.latency.summary.p99, "ms", floor: 20, isCeiling: true))
            report.latencies[name] = outcome.latency.summary
        }
    }
}
