import CSupport
import CaseViews
import Deadlines
import EventSourcing
import FoundationEssentials
package import RuleBook
import SQLiteViews
import WorkingCalendar

/// `onedoor bench board`: pages, counts, one event, a calendar change and memory on a board of many open cases, with
/// more and more closed ones beside them.
package struct BoardBench: Sendable {
    /// What can be measured; also the words of `--only`.
    package static let names = ["pages", "counts", "event", "rebuild", "calendar", "memory"]

    private let options: BenchOptions
    private let cases: Int
    private let closed: [Int]
    private let rules: [RuleBookCommand]
    private let say: @Sendable (String) -> Void

    /// - Parameters:
    ///   - cases: Open cases, with about seven clocks each.
    ///   - closed: Closed cases beside them, ascending; pages and counts are measured at each.
    ///   - rules: The rule book to lay down.
    ///   - say: Takes progress for people.
    /// - Throws: ``BenchFailure`` `usage`.
    package init(
        _ options: BenchOptions, cases: Int, closed: [Int], rules: [RuleBookCommand],
        say: @escaping @Sendable (String) -> Void = { _ in }
    ) throws(BenchFailure) {
        try options.check(names: Self.names)
        self.options = options
        self.cases = cases
        self.closed = closed
        self.rules = rules
        self.say = say
    }

    /// Fills the views, measures, and tells.
    ///
    /// - Throws: ``BenchFailure`` when nothing could be measured.
    package func run() async throws(BenchFailure) -> CasesReport {
        let folder = try BenchFolder(options)
        defer { folder.remove() }
        let disk = try DiskProbe.run(in: folder.path, seconds: 1).summary
        var report = CasesReport(
            bench: "board", seed: options.seed, diskBefore: disk, diskAfter: disk,
            machine: MachineFacts.read(folder: folder.path))
        do {
            let identity = LogIdentity(logID: Self.identity(1), epoch: Self.identity(2), isDemo: true)
            let views = try SQLiteViews.open(at: "\(folder.path)/views.sqlite", for: identity)
            try await measure(views, &report)
            try views.close()
        } catch let failure as BenchFailure {
            throw failure
        } catch {
            throw .served("views", "\(error)")
        }
        report.diskAfter = try DiskProbe.run(in: folder.path, seconds: 1).summary
        report.machine.loadAfter = MachineFacts.loadAverage()
        return report
    }

    private static func identity(_ number: UInt64) -> UniqueID {
        UniqueID(versionSevenAt: BoardCounty.now, random: (number, number))
    }

    private func measure(_ views: SQLiteViews, _ report: inout CasesReport) async throws {
        var county = try BoardCounty(rules, seed: options.seed)
        try await views.apply(county.ruleEvents)
        var some: [CaseID] = []
        var filling = Filling()
        try await fill(cases, of: &county, views, &filling, "open") { county, events throws(BenchFailure) in
            let id = try county.openCase(into: &events)
            if some.count < 2000 { some.append(id) }
        }
        let total = try await views.counts(BoardFilter(), at: BoardCounty.now).total
        report.notes.append(
            "\(cases) 个在办案件 open cases: \(total.open) 个时限 clocks, 逾期 overdue \(total.overdue),"
                + " 临期 due soon \(total.dueSoon), 暂停 paused \(total.paused)")
        try await look(views, 0, &report)
        if options.wants("event") { try await event(views, &county, some, &report) }
        var done = 0
        for count in closed {
            try await fill(count - done, of: &county, views, &filling, "closed") {
                county, events throws(BenchFailure) in
                try county.closedCase(into: &events)
            }
            done = count
            try await look(views, count, &report)
        }
        if options.wants("rebuild") {
            report.goals.append(
                BenchReport.Goal(
                    "rebuild", "事件折算并写入视图(不含读日志)", "events folded and written, the log's reading left out",
                    Double(filling.events) / max(0.001, filling.seconds), "events/s", floor: 20_000, aim: 50_000))
        }
        if options.wants("calendar") { try await calendar(views, &county, &report) }
        if options.wants("memory") {
            report.goals.append(
                BenchReport.Goal(
                    "memory", "常驻内存", "resident memory", Double(MachineFacts.residentKibibytes()) / 1024, "MiB",
                    floor: 500, isCeiling: true))
        }
    }

    // MARK: Filling

    private struct Filling {
        var events = 0
        var seconds = 0.0
    }

    private func fill(
        _ count: Int, of county: inout BoardCounty, _ views: SQLiteViews, _ filling: inout Filling, _ what: String,
        _ make: (inout BoardCounty, inout [RecordedEvent]) throws(BenchFailure) -> Void
    ) async throws {
        var made = 0
        while made < count {
            if csupport_stop_requested() == 1 { throw BenchFailure.stopped }
            var events: [RecordedEvent] = []
            while made < count, events.count < 20_000 {
                try make(&county, &events)
                made += 1
            }
            let began = ContinuousClock.now
            try await views.apply(events)
            filling.seconds += (ContinuousClock.now - began).inSeconds
            filling.events += events.count
            say("\(what) \(made)/\(count)")
        }
    }

    // MARK: Looking

    private func look(_ views: SQLiteViews, _ closed: Int, _ report: inout CasesReport) async throws {
        let beside = closed == 0 ? "" : ".closed\(closed)"
        if options.wants("pages") {
            try await ceiling("page\(beside)", "首页 p95", "p95 of the first page", 10, 200, &report) { _ in
                _ = try await views.board(BoardFilter(), at: BoardCounty.now, after: nil, limit: 50)
            }
            var asked = BoardQuestions(seed: options.seed, book: try BoardCounty(rules, seed: 1).book)
            let questions = (0..<400).map { _ in asked.next() }
            try await ceiling("filtered\(beside)", "任意筛选页 p95", "p95 of any filtered page", 10, 400, &report) {
                number in
                let first = try await views.board(questions[number], at: BoardCounty.now, after: nil, limit: 50)
                guard number % 4 == 0, let next = first.next else { return }
                _ = try await views.board(questions[number], at: BoardCounty.now, after: next, limit: 50)
            }
        }
        if options.wants("counts") {
            try await ceiling("counts\(beside)", "全部计数 p95", "p95 of all counts", 50, 50, &report) { _ in
                _ = try await views.counts(BoardFilter(), at: BoardCounty.now)
            }
        }
    }

    /// Measures one thing so often and judges its 95th percentile.
    private func ceiling(
        _ name: String, _ chinese: String, _ english: String, _ floor: Double, _ times: Int,
        _ report: inout CasesReport, _ body: (Int) async throws -> Void
    ) async throws {
        say(name)
        // The first ones warm the caches.
        for number in 0..<min(10, times) { try await body(number) }
        var histogram = LatencyHistogram()
        for number in 0..<times {
            let began = ContinuousClock.now
            try await body(number)
            histogram.record(ContinuousClock.now - began)
        }
        report.latencies[name] = histogram.summary
        report.goals.append(
            BenchReport.Goal(
                name, chinese, english, Double(histogram.percentile(0.95)) / 1_000_000, "ms", floor: floor,
                isCeiling: true))
    }

    private func event(
        _ views: SQLiteViews, _ county: inout BoardCounty, _ cases: [CaseID], _ report: inout CasesReport
    ) async throws {
        var changes: [(CaseID, RecordedEvent)] = []
        for number in 0..<200 where !cases.isEmpty {
            let id = cases[number * 7 % cases.count]
            changes.append((id, try county.pause(id)))
        }
        let all = changes
        var next = 0
        // Each event must follow the one before: none is measured twice.
        try await ceiling("event", "一个事件到看板行 p95", "p95 of one event to its board row", 100, 150, &report) { _ in
            let (id, event) = all[next]
            next += 1
            try await views.apply([event])
            _ = try await views.board(BoardFilter(caseID: id), at: BoardCounty.now, after: nil, limit: 50)
        }
        for (_, event) in all[next...] { try await views.apply([event]) }
    }

    private func calendar(
        _ views: SQLiteViews, _ county: inout BoardCounty, _ report: inout CasesReport
    ) async throws {
        say("calendar")
        let day = CivilDay("2026-10-09").map { BoardFilter(dueFrom: $0) } ?? BoardFilter()
        let moving = try await views.counts(day, at: BoardCounty.now).total.open
        let event = try county.nextCalendar()
        let began = ContinuousClock.now
        async let change: Void = views.apply([event])
        var histogram = LatencyHistogram()
        let position = event.position
        while try await views.position() < position {
            let asked = ContinuousClock.now
            _ = try await views.board(BoardFilter(), at: BoardCounty.now, after: nil, limit: 50)
            histogram.record(ContinuousClock.now - asked)
        }
        try await change
        let seconds = (ContinuousClock.now - began).inSeconds
        report.latencies["calendar"] = histogram.summary
        report.notes.append("日历变更移动 a calendar change moved \(moving) 个到期日 due dates, \(seconds) s")
        report.goals.append(
            BenchReport.Goal(
                "calendar", "日历变更,折合 220 万个到期日", "a calendar change, scaled to 2 200 000 due dates",
                seconds * 2_200_000 / Double(max(1, moving)), "s", floor: 60, isCeiling: true))
    }
}

/// Filters at random, alone and together, also such as match next to nothing.
private struct BoardQuestions {
    private var chance: SeededChance
    private let book: RuleBook

    init(seed: UInt64, book: RuleBook) {
        chance = SeededChance(seed: seed, stream: 0xf11)
        self.book = book
    }

    mutating func next() -> BoardFilter {
        var filter = BoardFilter()
        func one(_ odds: UInt64) -> Bool { chance.next() % odds == 0 }
        let open = DeadlineState.allCases.filter(\.isOpen)
        if one(2), let state = open.randomElement(using: &chance) { filter.states = [state] }
        if one(2) { filter.owner = book.departments.randomElement(using: &chance).map { .department($0.code) } }
        if one(3) { filter.town = book.towns.randomElement(using: &chance)?.code }
        if one(3) { filter.rule = book.deadlineRules.randomElement(using: &chance)?.id }
        if one(5) { filter.policyItem = book.policyItems.randomElement(using: &chance)?.code }
        if one(6) { filter.isPromise = one(2) }
        if one(6) { filter.isProvisional = one(2) }
        let today = CivilDay(containing: BoardCounty.now.milliseconds)
        if one(5) { filter.dueFrom = today.advanced(by: Int(chance.next() % 20)) }
        if one(8) { filter.startedFrom = today.advanced(by: -Int(chance.next() % 20)) }
        if one(8) { filter.startedThrough = today }
        return filter
    }
}
