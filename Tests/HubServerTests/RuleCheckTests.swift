import Deadlines
import EventSourcing
import Foundation
import HubServer
import RuleBook
import Testing
import WorkingCalendar

@Suite struct RuleCheckTests {
    private func paths(_ check: RuleCheck) -> [String: String] {
        Dictionary(uniqueKeysWithValues: check.paths.filter { $0.task == nil }.map { ($0.name.english, $0.sum) })
    }

    @Test func `the shipped paths fit twenty working days`() throws {
        let check = try RuleCheck(RuleFixture.shipped())
        #expect(
            paths(check) == [
                "joint meeting": "3+3+1+10+2+1", "referral": "3+1+10+2+1",
                "referral with one return": "3+1+2+1+10+2+1",
                "minimum living allowance, handled here": "3+5+1+6+1+3+1",
            ])
        let sums = check.paths.filter { $0.task == nil }.map(\.workingDays)
        #expect(sums == [20, 17, 20, 20])
        #expect(check.paths.allSatisfy { !$0.overruns && $0.promised == 20 })
    }

    @Test func `the meeting path keeps the promise from every day of four years`() throws {
        let book = try RuleFixture.shippedBook()
        let calendar = try #require(book.calendar)
        let limits = [3, 3, 1, 10, 2, 1].map { DeadlineLimit.workingDays($0) }
        let returned = [3, 1, 2, 1, 10, 2, 1].map { DeadlineLimit.workingDays($0) }
        let aid: [DeadlineLimit] = [
            .workingDays(3), .workingDays(3), .workingDays(1), .calendarDays(7), .workingDays(2), .workingDays(1),
        ]
        var day = try #require(CivilDay("2023-01-01"))
        let last = try #require(CivilDay("2026-11-01"))
        while day < last {
            let promised = try calendar.due(after: day, workingDays: 20).day
            for stages in [limits, returned, aid] {
                #expect(try end(of: stages, from: day, calendar) <= promised, "from \(day)")
            }
            day = day.next
        }
    }

    /// The last day of a chain of limits, each used to its end.
    private func end(of stages: [DeadlineLimit], from day: CivilDay, _ calendar: WorkingCalendar) throws -> CivilDay {
        try stages.reduce(day) { day, limit in
            let due = try DeadlineEvaluation.evaluate(
                terms: DeadlineTerms(limit: limit), start: Instant(milliseconds: day.startMilliseconds),
                calendar: calendar)
            return try #require(due.dueDay)
        }
    }

    @Test(arguments: [
        ("triage", "{ limit: { workingDays: 4 } }"), ("referral.handle", "{ limit: { workingDays: 11 } }"),
        ("case.exit", "{ limit: { workingDays: 19 } }"),
    ])
    func `rules whose path overruns the promise are refused`(rule: String, terms: String) throws {
        let shipped = try RuleFixture.shippedBook()
        let old = try #require(DeadlineRuleID(rule).flatMap { shipped.deadlineRule($0) })
        let changed = RuleFixture.rule(id: rule, version: old.version + 1, terms: terms, from: "2024-01-01")
        let set = try RuleFixture.set(RuleFixture.deadlines(changed))
        let error = #expect(throws: RuleFileError.self) { try RuleCheck(set, against: shipped) }
        #expect(error?.code == .pathOverruns)
    }

    @Test func `a task whose own limit overruns the promise is refused with its name`() throws {
        let shipped = try RuleFixture.shippedBook()
        let set = try RuleFixture.set(
            """
            catalogue:
              - code: long.task
                version: 1
                kind: referral
                name: { zh: 长, en: Long }
                items: []
                participants: [{ department: minzheng, part: lead, slice: [] }]
                limit: { workingDays: 15 }
                basis: b
                purpose: p
            """)
        let error = #expect(throws: RuleFileError.self) { try RuleCheck(set, against: shipped) }
        #expect(error?.code == .pathOverruns && error?.sentence.english.contains("long.task") == true)
        #expect(error?.place.line == 2)
    }

    @Test func `a promise without a rule for every stage is refused`() throws {
        let set = try RuleFixture.set(RuleFixture.deadlines(RuleFixture.rule(id: "case.exit")))
        let error = #expect(throws: RuleFileError.self) { try RuleCheck(set) }
        #expect(error?.code == .missingRule)
    }

    @Test func `files already published differ in nothing`() throws {
        let set = try RuleFixture.shipped()
        let check = try RuleCheck(set, against: set.applied())
        #expect(check.isSame && check.differences.isEmpty)
    }

    @Test func `against an empty log everything is added`() throws {
        let check = try RuleCheck(RuleFixture.shipped())
        #expect(!check.isSame && check.differences.count == 24 + 12 + 57 + 61 + 39 + 1)
        #expect(check.differences.allSatisfy { $0.kind == .added && $0.place != nil })
    }

    @Test func `a newer version and what only the log has are told apart`() throws {
        let log = try RuleFixture.set(RuleFixture.deadlines(RuleFixture.rule(), RuleFixture.rule(id: "other.limit")))
        let files = try RuleFixture.set(
            RuleFixture.deadlines(RuleFixture.rule(), RuleFixture.rule(version: 2, from: "2024-01-01")))
        let check = try RuleCheck(files, against: log.applied())
        #expect(check.differences.map(\.kind) == [.onlyInLog, .newVersion])
        #expect(check.differences.map(\.subject) == ["other.limit", "some.limit"])
        #expect(!check.isSame)
    }

    @Test func `a change without a new version is refused`() throws {
        let log = try RuleFixture.set(RuleFixture.deadlines(RuleFixture.rule()))
        let files = try RuleFixture.set(
            RuleFixture.deadlines(RuleFixture.rule(terms: "{ limit: { workingDays: 5 } }")))
        let error = #expect(throws: RuleFileError.self) { try RuleCheck(files, against: log.applied()) }
        #expect(error?.code == .refused && error?.sentence.english.contains("rules.versionTaken") == true)
    }
}
