import CaseViews
import Casework
import Deadlines
import EventSourcing
import RuleBook
import Testing
import ViewTesting
import WorkingCalendar

/// What a calendar does to running deadlines, before and after it is published.
@Suite struct CalendarEffectTests {
    private func shipped(off: [CivilDay] = [], working: [CivilDay] = [], version: String = "CN-test") throws
        -> CalendarDocument
    {
        try ShippedRules.calendar().overlaid(by: CalendarOverlay(version: version, off: off, working: working))
    }

    private func move(_ effect: CalendarEffect) throws -> DueMove {
        guard case .moved(let move) = effect else { throw NotMoved() }
        return move
    }

    private struct NotMoved: Error {}

    @Test func `a day more off moves the promise, and owner and applicant are to be told`() throws {
        var story = try danyang()
        story.day("2023-08-15")
        let file = try story.apply("DY23-00001")
        let folded = try Folded(story, file)
        let promise = try folded.only("case.exit")
        let calendar = try WorkingCalendar(try shipped(off: [try known("2023-08-21")]))
        let move = try move(promise.effect(of: calendar, publishedAt: story.now, by: folded.replay.rules))
        #expect(move.before == promise.dueDay && move.after == move.before.next && move.legal == nil)
        #expect(move.isPromise && move.told == [.owner, .applicant])
        #expect(move.canonicalLine.split(separator: "\t").count == 7)
        // What was foretold is what happens.
        try story.record(.ruleBook(.calendarPublished(.init(calendar: shipped(off: [known("2023-08-21")])))))
        let after = try Folded(story, file)
        #expect(try after.only("case.exit").dueDay == move.after)
        let seen = try self.move(
            after.only("case.exit").effect(ofPublished: "CN-test", by: after.replay.rules))
        #expect(seen == move)
    }

    @Test func `nobody is put in breach backwards: an earlier date is held to the next working day`() throws {
        var story = Story(at: Instant(milliseconds: 0))
        story.day("2023-10-16", hour: 8)
        try story.record(.ruleBook(.calendarPublished(.init(calendar: shipped(off: [known("2023-10-18")])))))
        for rule in try ShippedRules.deadlines() { try story.record(.ruleBook(.deadlineRulePublished(rule))) }
        story.day("2023-10-16")
        let file = try story.apply("DY23-00001")
        story.day("2023-10-19", hour: 10)
        let folded = try Folded(story, file)
        let visit = try folded.only("visit.home")
        let calendar = try WorkingCalendar(try ShippedRules.calendar())
        let move = try? move(visit.effect(of: calendar, publishedAt: story.now, by: folded.replay.rules))
        // Held at the old day altogether: the law says the 19th, the hub keeps the 20th.
        #expect(move == nil)
        #expect(visit.dueDay?.description == "2023-10-20")
        story.day("2023-10-18", hour: 10)
        let earlier = try self.move(
            visit.effect(of: calendar, publishedAt: known("2023-10-17T02:00:00Z"), by: folded.replay.rules))
        #expect(earlier.before.description == "2023-10-20" && earlier.after.description == "2023-10-19")
    }

    @Test func `a calendar that was there before the start moved nothing`() throws {
        var story = try danyang()
        story.day("2023-08-15")
        let file = try story.apply("DY23-00001")
        let folded = try Folded(story, file)
        let promise = try folded.only("case.exit")
        let version = try #require(folded.replay.rules.calendar?.version)
        #expect(promise.effect(ofPublished: version, by: folded.replay.rules) == .none)
        #expect(promise.effect(ofPublished: "no-such", by: folded.replay.rules) == .none)
    }

    @Test func `a date that only loses its 暂定 is counted as confirmed`() throws {
        var impact = CalendarImpact(
            from: nil, to: try ShippedRules.calendar(), day: try known("2026-11-22"), position: .start)
        impact.count(.sameDay(isProvisional: false))
        impact.count(.none)
        #expect(impact.looked == 2 && impact.confirmed == 1 && impact.moved == 0)
    }
}
