import CaseViews
import Casework
import Deadlines
import EventSourcing
import Foundation
import GRDB
import HubTesting
import RuleBook
import SQLiteViews
import Testing
import ViewTesting
import WorkingCalendar

/// Rates, percentiles and trend against plain countings of all rows.
@Suite struct BoardRateTests {
    private func rows(_ file: ViewsFile) async throws -> [DeadlineRow] {
        let queue = try DatabaseQueue(path: file.path)
        let bodies = try await queue.read { db in try Data.fetchAll(db, sql: "SELECT body FROM deadline") }
        try queue.close()
        return try bodies.map { try EventJSON.decode(DeadlineRow.self, from: $0) }
    }

    private func book(_ story: Story) throws -> RuleBook {
        var history = RuleBookHistory()
        for event in story.events { _ = try history.evolve(with: event) }
        return history.current
    }

    @Test func `a cohort is what falls due in the period, whenever it was closed, and what is open counts against it`()
        async throws
    {
        var chance = SeededGenerator.printed()
        let (story, _) = try wandered(seed: chance.next(), cases: 8, steps: 500)
        let file = try ViewsFile()
        let views = try file.open()
        try await views.apply(story.events)
        let all = try await rows(file)
        let rules = try book(story)
        for _ in 0..<40 {
            let rule = try #require(all.randomElement(using: &chance)).id.rule
            let today = CivilDay(containing: story.now.milliseconds)
            let from = today.advanced(by: -Int(chance.next() % 30))
            let question = RateQuestion(rule: rule, from: from, through: from.advanced(by: Int(chance.next() % 40)))
            let rates = try await views.rates(question, at: story.now, rules: rules)
            var expected = CohortOutcome()
            var closed: [Int: Int] = [:]
            for row in all where row.id.rule == rule && row.bound != .floor {
                guard let due = row.dueAt?.milliseconds, due > question.from.startMilliseconds,
                    due <= question.through.endMilliseconds
                else { continue }
                switch row.state(at: story.now) {
                case .met: expected.met += 1
                case .metLate: expected.metLate += 1
                case .overdue: expected.openOverdue += 1
                case .onTime, .dueSoon, .paused: expected.openInTime += 1
                case .cancelled, .waiting, .free: continue
                }
                if !row.pauses.isEmpty { expected.paused += 1 }
                if !row.extensions.isEmpty { expected.extended += 1 }
                if row.isLateRecord == true { expected.lateRecords += 1 }
                guard case .stopped(let stop) = row.ending else { continue }
                let end = CivilDay(containing: stop.occurredAt.milliseconds)
                closed[try row.evaluate(by: rules).workingDaysUsed(through: end), default: 0] += 1
            }
            #expect(rates.total == expected, "\(question)")
            #expect(rates.closedDays == Percentiles(closed), "\(question)")
            #expect(rates.allDays.count == expected.judged + expected.openInTime, "\(question)")
        }
        try views.close()
    }

    @Test func `the trend of each day is what a plain counting of all rows gives`() async throws {
        var chance = SeededGenerator.printed()
        let (story, _) = try wandered(seed: chance.next(), cases: 8, steps: 500)
        let file = try ViewsFile()
        let views = try file.open()
        try await views.apply(story.events)
        let all = try await rows(file)
        let calendar = try #require(try book(story).calendar)
        let owners: [BoardFilter.Owner?] = [nil, .centre, .department(try known("gongan"))]
        for (owner, town) in [(owners[0], nil), (owners[1], nil), (owners[2], nil), (owners[2], try Story.town())] {
            let own = all.filter { row in
                switch owner {
                case .centre: row.owner == nil
                case .department(let code): row.owner == code
                case nil: true
                }
            }.filter { town == nil || $0.town == town }
            let trend = try await views.trend(
                of: owner, in: town, workingDays: 30, at: story.now, calendar: calendar)
            #expect(trend.days.filter(\.isWorkingDay).count == 30)
            for day in trend.days {
                func isOn(_ instant: Instant) -> Bool { CivilDay(containing: instant.milliseconds) == day.day }
                #expect(day.opened == own.filter { isOn($0.started.occurredAt) }.count, "\(day.day)")
                let ended = own.compactMap { row -> Instant? in
                    switch row.ending {
                    case .stopped(let event), .cancelled(let event): event.occurredAt
                    case nil: nil
                    }
                }
                #expect(day.closed == ended.filter(isOn).count, "\(day.day)")
                let overdue = own.filter { row in
                    guard row.bound != .floor, let due = row.dueAt, due.milliseconds <= day.day.endMilliseconds else {
                        return false
                    }
                    switch row.ending {
                    case .stopped(let event), .cancelled(let event):
                        return CivilDay(containing: event.occurredAt.milliseconds) > day.day
                    case nil: return true
                    }
                }
                #expect(day.overdueAtEnd == overdue.count, "\(day.day)")
            }
        }
        try views.close()
    }

    @Test func `first help stands beside the exit, in calendar days from the application`() async throws {
        var story = Story(at: Instant(milliseconds: 0), seed: 2)
        story.day("2023-08-01")
        try story.layDownRules()
        story.day("2023-08-15")
        var helped = try story.apply("DY23-00001")
        let other = try story.apply("DY23-00002")
        let referral = try story.dispatch(&helped, to: "jiaoyu")
        story.day("2023-08-25")
        try story.complete(helped, referral, by: "jiaoyu", .granted)
        story.day("2023-09-04")
        try story.exit(helped)
        try story.exit(other)
        let file = try ViewsFile()
        let views = try file.open()
        try await views.apply(story.events)
        let question = RateQuestion(
            rule: try known("case.exit"), from: try known("2023-09-01"), through: try known("2023-09-30"))
        let rates = try await views.rates(question, at: story.now, rules: try book(story))
        #expect(rates.way.exits == 2 && rates.way.withoutHelp == 1)
        #expect(rates.way.toExit.max == 20 && rates.way.toHelp.p50 == 10)
        #expect(rates.total.met == 2 && rates.total.rate == 1)
        try views.close()
    }

    @Test func `percentiles are values that occurred, by nearest rank`() {
        let some = Percentiles([1: 5, 2: 3, 9: 1, 30: 1])
        #expect(some.count == 10 && some.p50 == 1 && some.p80 == 2 && some.p95 == 30 && some.max == 30)
        let none = Percentiles([:])
        #expect(none.count == 0 && none.p50 == nil && none.max == nil)
    }

    @Test func `ten closed are too few to rank, eleven are enough`() {
        var outcome = CohortOutcome()
        #expect(outcome.rate == nil)
        outcome.met = 9
        outcome.metLate = 1
        #expect(!outcome.isRanked && outcome.rate == 0.9)
        outcome.openOverdue = 10
        #expect(!outcome.isRanked && outcome.rate == 0.45)
        outcome.met = 10
        #expect(outcome.isRanked)
    }
}
