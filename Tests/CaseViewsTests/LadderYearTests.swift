import CaseViews
import Casework
import Deadlines
import EventSourcing
import HubTesting
import RuleBook
import Testing
import ViewTesting
import WorkingCalendar

/// The ladder across a year of random work, looked at irregularly by a hub that keeps dying and sometimes sleeps.
@Suite struct LadderYearTests {
    private struct Rung: Hashable, CustomStringConvertible {
        let deadline: DeadlineID
        let level: LadderLevel
        var description: String { "\(deadline) \(level)" }
    }

    @Test func `a year with random restarts: every deadline, cycle and level once, at the instant a calendar gives`()
        throws
    {
        var chance = SeededGenerator.printed()
        var story = Story(at: Instant(milliseconds: 0), seed: chance.next())
        story.day("2023-01-03", hour: 8)
        try story.layDownRules()
        try story.wander(cases: 5, steps: 360, pace: 5)
        var hub = SimulatedLadder()
        let restarts = try live(&hub, through: story.events, &chance)
        let end = story.now.advanced(byMilliseconds: 60 * 86_400_000)
        try hub.look(at: end)
        let span = (story.now.milliseconds - (story.events.first?.occurredAt.milliseconds ?? 0)) / 86_400_000
        // Far below what chance gives, so that no seed fails: only a year in which nothing died proves nothing.
        #expect(span > 300 && restarts > 5, "a year of \(span) days with \(restarts) restarts")
        try compare(hub, through: end)
        checkTold(hub)
        let rebuilt = try hub.rebuilt()
        #expect(rebuilt.rows == hub.views.rows, "the log alone gives other rows")
    }

    /// Everything people did, with looks between: it may die at any place among what it has to record.
    ///
    /// - Returns: How often it died.
    private func live(
        _ hub: inout SimulatedLadder, through events: [RecordedEvent], _ chance: inout SeededGenerator
    ) throws -> Int {
        var restarts = 0
        var asleep = 0
        for event in events {
            asleep = asleep > 0 ? asleep - 1 : chance.next() % 50 == 0 ? Int(chance.next() % 30) : 0
            if chance.next() % 24 == 0 { hub.store() }
            while asleep == 0, let last = hub.log.last?.recorded.recordedAt, last < event.recordedAt,
                chance.next() % 4 != 0
            {
                let gap = UInt64(event.recordedAt.milliseconds - last.milliseconds)
                let now = last.advanced(byMilliseconds: Int64(chance.next() % gap))
                let isDying = chance.next() % 10 == 0
                try hub.look(at: now, dyingAfter: isDying ? Int(chance.next() % 3) : .max)
                guard isDying else { break }
                restarts += 1
                try hub.restart()
            }
            try hub.append(event)
        }
        return restarts
    }

    private func compare(_ hub: SimulatedLadder, through end: Instant) throws {
        var found: [Rung: Instant] = [:]
        for (rung, recordedAt) in hub.recorded {
            let key = Rung(deadline: rung.deadline, level: rung.level)
            #expect(found[key] == nil, "\(key) twice")
            #expect(rung.at <= recordedAt, "\(key) before its time")
            found[key] = rung.at
        }
        #expect(found.count > 150, "\(found.count) crossings")
        var expected: [Rung: Instant] = [:]
        for row in hub.views.rows.values {
            var walk = DailyLadder(row, hub.views.rules)
            for (level, at) in try walk.crossings(through: end) {
                expected[Rung(deadline: row.id, level: level)] = at
            }
            #expect(
                row.nextCrossing.map { $0.at > end } ?? true, "\(row.id) has \(String(describing: row.nextCrossing))")
        }
        let differing = Set(found.keys).union(expected.keys).filter { found[$0] != expected[$0] }
        for rung in differing.sorted(by: { $0.description < $1.description }).prefix(20) {
            Issue.record("\(rung): \(String(describing: found[rung])), not \(String(describing: expected[rung]))")
        }
        #expect(differing.isEmpty)
    }

    /// One look tells each deadline's people of one rung at most, the highest, and nobody of what has ended.
    private func checkTold(_ hub: SimulatedLadder) {
        let looks = Dictionary(grouping: hub.recorded) { "\($0.rung.deadline) \($0.recordedAt)" }
        for look in looks.values {
            let told = look.filter { !$0.rung.told.isEmpty }.map(\.rung.level)
            #expect(told.isEmpty || told == look.map(\.rung.level).max().map { [$0] })
        }
        #expect(hub.recorded.contains { $0.rung.told.isEmpty } && hub.recorded.contains { !$0.rung.told.isEmpty })
    }
}

/// The same answer in another way: it stands at the opening of every office day and asks what a person would ask then.
private struct DailyLadder {
    private let row: DeadlineRow
    private let rules: RuleBook
    /// The due date by so many facts; a morning on which nothing new is known asks nothing new.
    private var answers: [Int: Due] = [:]

    init(_ row: DeadlineRow, _ rules: RuleBook) {
        self.row = row
        self.rules = rules
    }

    mutating func crossings(through end: Instant) throws -> [LadderLevel: Instant] {
        let rule = try #require(rules.deadlineRule(row.id.rule, version: row.ruleVersion))
        let kind = row.owner.flatMap { rules.department($0) }?.kind
        guard rule.ladder == .normal, rule.bound == .ceiling, kind != .judicial, kind != .voluntary else { return [:] }
        var reached: [LadderLevel: Instant] = [:]
        var day = CivilDay(containing: row.started.occurredAt.milliseconds)
        while day.startMilliseconds <= end.milliseconds, reached.count < 5 {
            defer { day = day.next }
            let opening = Instant(milliseconds: day.startMilliseconds + 9 * 3_600_000)
            guard opening <= end, opening >= row.started.occurredAt else { continue }
            if let ended = endedOn, opening >= ended { break }
            guard let (due, calendar) = known(at: opening), calendar.isWorkingDay(day), let dueDay = due.dueDay else {
                continue
            }
            for level in LadderLevel.allCases where reached[level] == nil {
                if holds(level, on: day, due, dueDay, calendar, at: opening) { reached[level] = opening }
            }
        }
        return reached
    }

    private func holds(
        _ level: LadderLevel, on day: CivilDay, _ due: Due, _ dueDay: CivilDay, _ calendar: WorkingCalendar,
        at opening: Instant
    ) -> Bool {
        let late = calendar.workingDays(after: dueDay, through: day)
        // Nobody comes to the office again before it is due.
        let isLastChance = calendar.workingDays(after: day, through: dueDay) == 0
        switch level {
        case .warning:
            let left = due.workingDaysLeft(at: opening) ?? 0
            return day > due.day0 && left <= due.warningLevel || isLastChance && day >= due.day0
        case .dueDay: return isLastChance && day >= due.day0
        case .overdue1: return !due.isProvisional && late >= 1
        case .overdue3: return !due.isProvisional && late >= 3
        case .overdue5: return !due.isProvisional && late >= 5
        }
    }

    private var endedOn: Instant? {
        switch row.ending {
        case .stopped(let event), .cancelled(let event): event.occurredAt
        case nil: nil
        }
    }

    /// The due date as the facts of that morning give it.
    private mutating func known(at instant: Instant) -> (Due, WorkingCalendar)? {
        let calendars = rules.calendars(since: row.started.position).filter { step in
            step.publishedAt.map { $0 <= instant } ?? true
        }
        guard let calendar = calendars.last?.calendar else { return nil }
        let pauses = row.pauses.filter { $0.from <= instant }.map { pause in
            DeadlinePause(from: pause.from, to: pause.to.flatMap { $0 > instant ? nil : $0 })
        }
        let extensions = row.extensions.filter { $0.at <= instant }.map(\.granted)
        let facts = calendars.count + pauses.count + pauses.count { $0.to != nil } + extensions.count
        if let answer = answers[facts] { return (answer, calendar) }
        let due = try? DeadlineEvaluation.evaluate(
            terms: row.terms, start: row.started.occurredAt, pauses: pauses, extensions: extensions, under: calendars)
        answers[facts] = due
        return due.map { ($0, calendar) }
    }
}
