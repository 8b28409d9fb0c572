import CaseViews
import Casework
import Deadlines
import EventSourcing
import RuleBook
import Testing
import ViewTesting
import WorkingCalendar

/// The dates of the Danyang case, as the rules that ship count them.
@Suite struct DanyangDeadlineTests {
    @Test func `a report of 14 August asks for contact by 17 August`() throws {
        var story = try danyang()
        story.day("2023-08-14")
        let request = try story.reportRequest("DY23-Q00001")
        story.day("2023-08-15")
        let file = try story.apply("DY23-00001", request: request)
        let contact = try Folded(story, file).only("request.contact")
        #expect(contact.dueDay?.description == "2023-08-17")
        #expect(contact.state(at: story.now) == .met)
    }

    @Test func `the person asking for themself is nobody's to contact`() throws {
        var story = try danyang()
        story.day("2023-08-14")
        let request = try story.reportRequest("DY23-Q00001", by: .personInNeed)
        story.day("2023-08-15")
        let file = try story.apply("DY23-00001", request: request)
        #expect(try Folded(story, file).runs("request.contact").isEmpty)
    }

    @Test func `an application of 15 August promises an exit by 12 September`() throws {
        var story = try danyang()
        story.day("2023-08-15")
        let file = try story.apply("DY23-00001")
        let exit = try Folded(story, file).only("case.exit")
        #expect(exit.dueDay?.description == "2023-09-12")
        #expect(exit.isPromise)
        #expect(exit.owner == nil)
        #expect(exit.state(at: story.now) == .onTime)
        story.day("2023-09-12", hour: 23)
        #expect(exit.state(at: story.now) == .dueSoon)
        story.day("2023-09-13", hour: 0)
        #expect(exit.state(at: story.now) == .overdue)
    }

    @Test func `the exit on the nineteenth working day meets the promise`() throws {
        var story = try danyang()
        story.day("2023-08-15")
        let file = try story.apply("DY23-00001")
        story.day("2023-09-11")
        try story.exit(file)
        #expect(try Folded(story, file).only("case.exit").state(at: story.now) == .met)
    }

    @Test func `seven calendar days from 1 September end on 8 September`() throws {
        var story = try danyang()
        story.day("2023-08-15")
        var file = try story.apply("DY23-00001")
        story.day("2023-09-01")
        try story.dispatch(&file, to: "sifa", limit: .calendarDays(7))
        let handle = try Folded(story, file).only("referral.handle")
        #expect(handle.dueDay?.description == "2023-09-08")
        #expect(handle.owner?.description == "sifa")
    }

    @Test func `a follow-up is reviewed by 12 October and, reviewed that day, by 9 November`() throws {
        var story = try danyang()
        story.day("2023-08-15")
        let file = try story.apply("DY23-00001")
        story.day("2023-09-08")
        let followUp = try story.openFollowUp(file, with: "sifa")
        #expect(try Folded(story, file).due("followup.review") == "2023-10-12")
        story.day("2023-09-11")
        try story.exit(file)
        story.day("2023-10-12")
        try story.review(file, followUp)
        let runs = try Folded(story, file).runs("followup.review")
        #expect(runs.map { $0.dueDay?.description } == ["2023-10-12", "2023-11-09"])
        #expect(runs.map(\.id.cycle) == [1, 2])
        #expect(runs.map { $0.state(at: story.now) } == [.met, .onTime])
        story.day("2023-11-01")
        try story.conclude(file, followUp)
        #expect(try Folded(story, file).states("followup.review", at: story.now) == [.met, .met])
    }

    @Test(arguments: [("2023-10-16", "2023-10-19", nil), ("2023-10-19", "2023-10-20", "2023-10-19")])
    func `a calendar published too late takes no day away by surprise`(
        published: String, due: String, legal: String?
    ) throws {
        var story = Story(at: Instant(milliseconds: 0))
        story.day("2023-10-16", hour: 8)
        let shipped = try ShippedRules.calendar()
        // Before, Wednesday 18 October was off, which put the third day on Friday.
        let overlay = CalendarOverlay(version: "CN-test", off: [try known("2023-10-18")], working: [])
        try story.record(.ruleBook(.calendarPublished(.init(calendar: shipped.overlaid(by: overlay)))))
        for rule in try ShippedRules.deadlines() { try story.record(.ruleBook(.deadlineRulePublished(rule))) }
        story.day("2023-10-16")
        let file = try story.apply("DY23-00001")
        #expect(try Folded(story, file).due("visit.home") == "2023-10-20")
        story.day(published, hour: 10)
        try story.record(.ruleBook(.calendarPublished(.init(calendar: shipped))))
        let visit = try Folded(story, file).only("visit.home")
        #expect(visit.dueDay?.description == due)
        #expect(visit.legalDueDay?.description == legal)
        let end = visit.dueDay.map { Instant(milliseconds: $0.endMilliseconds) }
        #expect(visit.dueAt == end)
    }

    @Test func `a pause recorded after a late notice does not take its protection away`() throws {
        var story = Story(at: Instant(milliseconds: 0))
        story.day("2023-10-16", hour: 8)
        let shipped = try ShippedRules.calendar()
        let overlay = CalendarOverlay(version: "CN-test", off: [try known("2023-10-18")], working: [])
        try story.record(.ruleBook(.calendarPublished(.init(calendar: shipped.overlaid(by: overlay)))))
        for rule in try ShippedRules.deadlines() { try story.record(.ruleBook(.deadlineRulePublished(rule))) }
        story.day("2023-10-16")
        let file = try story.apply("DY23-00001")
        story.day("2023-10-19", hour: 10)
        try story.record(.ruleBook(.calendarPublished(.init(calendar: shipped))))
        #expect(try Folded(story, file).due("visit.home") == "2023-10-20")
        let (rule, instance): (DeadlineRuleID, EventTag) = (try known("visit.home"), .caseFile(file.id))
        for event in [
            DeadlineEvent.paused(
                .init(
                    caseFile: file.id, rule: rule, instance: instance, reason: .applicant,
                    expectedUntil: try known("2023-10-19"), basis: "本人要求", noticeGivenAt: story.now)),
            .resumed(.init(caseFile: file.id, rule: rule, instance: instance)),
        ] {
            try story.record(.casework(.deadline(event)))
        }
        let visit = try Folded(story, file).only("visit.home")
        #expect(visit.dueDay?.description == "2023-10-20")
        #expect(visit.legalDueDay?.description == "2023-10-19")
    }

    @Test func `3 working days from 29 December are provisional until the new year is published`() throws {
        var story = Story(at: Instant(milliseconds: 0))
        story.day("2025-12-29", hour: 8)
        let final = try ShippedRules.calendar()
        let end = try known("2025-12-31", as: CivilDay.self)
        // Before the notice of 2026 the day after New Year's Day counted as worked and 4 January did not.
        let before = CalendarDocument(
            version: "CN-2025.1", first: final.first, firmUntil: end,
            offWeekdays: final.offWeekdays.filter { $0 <= end } + [try known("2026-01-01")],
            makeupWorkdays: final.makeupWorkdays.filter { $0 <= end })
        try story.record(.ruleBook(.calendarPublished(.init(calendar: before))))
        for rule in try ShippedRules.deadlines() { try story.record(.ruleBook(.deadlineRulePublished(rule))) }
        story.day("2025-12-29")
        let file = try story.apply("DY25-00001")
        let before2026 = try Folded(story, file).only("visit.home")
        #expect(before2026.dueDay?.description == "2026-01-02")
        #expect(before2026.isProvisional)
        story.day("2025-12-30")
        try story.record(.ruleBook(.calendarPublished(.init(calendar: final))))
        let after = try Folded(story, file).only("visit.home")
        #expect(after.dueDay?.description == "2026-01-04")
        #expect(!after.isProvisional)
        let folded = try Folded(story, file)
        #expect(try after.evaluate(by: folded.replay.rules).calendarVersion == final.version)
    }
}
