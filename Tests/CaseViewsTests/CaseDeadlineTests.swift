import CaseViews
import Casework
import Deadlines
import EventSourcing
import RuleBook
import Testing
import ViewTesting
import WorkingCalendar

/// Clocks of cases, items, resolutions and meetings (`RULINGS.md` §1).
@Suite struct CaseDeadlineTests {
    private var story: Story
    private var file: CaseInStory

    init() throws {
        story = try danyang()
        story.day("2023-08-15")
        file = try story.apply("DY23-00001", items: 2)
    }

    @Test mutating func `triage runs for every item and stops item by item`() throws {
        #expect(try Folded(story, file).runs("triage").map { $0.dueDay?.description } == ["2023-08-18", "2023-08-18"])
        try story.triage(file, file.items[0], .handleHere)
        #expect(try Folded(story, file).runs("triage").filter(\.isOpen).map(\.id.scope) == [.item(file.items[1])])
    }

    @Test mutating func `an item added later is triaged from its own day`() throws {
        story.day("2023-08-17")
        try story.addItem(to: &file)
        #expect(try Folded(story, file).runs("triage").last?.dueDay?.description == "2023-08-22")
    }

    @Test mutating func `only a visit stops the home visit`() throws {
        #expect(try Folded(story, file).due("visit.home") == "2023-08-18")
        story.day("2023-08-16")
        try story.visit(file)
        #expect(try Folded(story, file).only("visit.home").isStopped)
    }

    @Test mutating func `an item to refer is dispatched within a day, and another item's referral does not count`()
        throws
    {
        try story.triage(file, file.items[0], .refer)
        #expect(try Folded(story, file).due("dispatch") == "2023-08-16")
        try story.dispatch(&file, to: "jiaoyu", items: [file.items[1]])
        #expect(try Folded(story, file).only("dispatch").isOpen)
        try story.dispatch(&file, to: "jiaoyu", items: [file.items[0]])
        #expect(try Folded(story, file).only("dispatch").isStopped)
    }

    @Test mutating func `an item handled here is not dispatched`() throws {
        try story.triage(file, file.items[0], .handleHere)
        #expect(try Folded(story, file).runs("dispatch").isEmpty)
    }

    @Test mutating func `a resolution is dispatched when every action has gone out`() throws {
        let meeting = try story.requestMeeting(file)
        let resolution = try story.resolve(
            file, meeting, actions: [story.action("gongan", co: ["fulian"]), story.action("jijinhui", offer: true)])
        try story.dispatch(&file, to: "gongan", co: ["fulian"], resolution: resolution)
        #expect(try Folded(story, file).only("dispatch").isOpen)
        try story.dispatch(&file, to: "jijinhui", offer: true, resolution: resolution)
        let run = try Folded(story, file).only("dispatch")
        #expect(run.isStopped)
        #expect(run.id.scope == .resolution(resolution))
    }

    @Test mutating func `a conditional resolution waits for its condition`() throws {
        let meeting = try story.requestMeeting(file)
        let resolution = try story.resolve(
            file, meeting, actions: [story.action("sifa")], condition: .mediationFailed)
        #expect(try Folded(story, file).runs("dispatch").isEmpty)
        story.day("2023-09-01")
        try story.meetCondition(file, meeting, resolution)
        #expect(try Folded(story, file).due("dispatch") == "2023-09-04")
    }

    @Test mutating func `triage to a meeting starts its convening once, and holding it ends it`() throws {
        try story.triage(file, file.items[0], .jointMeeting)
        try story.triage(file, file.items[1], .jointMeeting)
        let meeting = try story.requestMeeting(file)
        #expect(try Folded(story, file).due("meeting.convene") == "2023-08-18")
        story.day("2023-08-18")
        try story.convene(file, meeting, "DY23-M001", bodies: ["gongan", "fulian"])
        try story.hold(file, meeting)
        #expect(try Folded(story, file).only("meeting.convene").state(at: story.now) == .met)
    }

    @Test mutating func `an urgent request has one day`() throws {
        _ = try story.requestMeeting(file, urgent: true)
        #expect(try Folded(story, file).due("meeting.convene") == "2023-08-16")
    }

    @Test mutating func `minutes are out when every body invited has its extract, and each confirms its own`() throws {
        story.day("2023-08-18")
        let meeting = try story.requestMeeting(file)
        try story.convene(file, meeting, "DY23-M001", bodies: ["gongan", "fayuan"])
        try story.hold(file, meeting)
        #expect(try Folded(story, file).due("meeting.minutes") == "2023-08-23")
        try story.circulate(file, meeting, to: "gongan")
        #expect(try Folded(story, file).only("meeting.minutes").isOpen)
        try story.circulate(file, meeting, to: "fayuan")
        #expect(try Folded(story, file).only("meeting.minutes").isStopped)
        try story.confirm(file, meeting, by: "gongan")
        let confirmations = try Folded(story, file).runs("meeting.confirm")
        #expect(confirmations.map { $0.dueDay?.description } == ["2023-08-22", "2023-08-22"])
        #expect(confirmations.filter(\.isOpen).map(\.owner?.description) == ["fayuan"])
    }

    @Test mutating func `a decision is notified within a day`() throws {
        try story.decide(file, file.items[0])
        #expect(try Folded(story, file).due("decision.notice") == "2023-08-16")
        try story.notify(file, file.items[0])
        #expect(try Folded(story, file).only("decision.notice").isStopped)
    }

    @Test mutating func `the exit cancels what is left, but no follow-up`() throws {
        let followUp = try story.openFollowUp(file, with: "sifa")
        try story.dispatch(&file, to: "jiaoyu")
        try story.exit(file)
        let open = try Folded(story, file).replay.deadlines.filter(\.isOpen)
        #expect(
            Set(open.map(\.id.scope)) == [.followUp(followUp), .caseFile(file.id)],
            "the follow-up goes on, and the outcome has still to be verified")
        #expect(try Folded(story, file).only("referral.handle").state(at: story.now) == .cancelled)
    }

    @Test mutating func `a duplicate stops asking for anything`() throws {
        _ = try story.openFollowUp(file, with: "sifa")
        let other: CaseID = story.id()
        try story.record(
            .casework(.caseFile(.markedDuplicate(CaseFileEvent.MarkedDuplicate(caseFile: file.id, of: other)))))
        let folded = try Folded(story, file)
        #expect(folded.replay.deadlines.filter { !$0.isCancelled }.isEmpty)
        #expect(folded.replay.row.state == .duplicate)
    }

    @Test mutating func `a running limit keeps the rule it started under`() throws {
        var rule = try #require(try ShippedRules.deadlines().first { $0.id.description == "case.exit" })
        rule.version = 2
        rule.terms = DeadlineTerms(limit: .workingDays(5))
        try story.record(.ruleBook(.deadlineRulePublished(rule)))
        #expect(try Folded(story, file).due("case.exit") == "2023-09-12")
        let later = try story.apply("DY23-00002")
        #expect(try Folded(story, later).due("case.exit") == "2023-08-22")
        try story.exit(file)
        #expect(try Folded(story, file).only("case.exit").isStopped)
    }

    @Test mutating func `the light of a row agrees with the evaluation at every hour`() throws {
        try story.dispatch(&file, to: "sifa", limit: .calendarDays(9))
        let folded = try Folded(story, file)
        for row in folded.replay.deadlines where row.isOpen {
            let due = try row.evaluate(by: folded.replay.rules)
            for hour in 0..<(24 * 40) {
                let instant = row.started.occurredAt.advanced(byMilliseconds: Int64(hour) * 3_600_000)
                #expect(row.state(at: instant) == due.state(at: instant), "\(row.id) at \(instant)")
            }
        }
    }

    @Test mutating func `before any calendar a deadline has no date and is provisional`() throws {
        var bare = Story(at: story.now)
        for rule in try ShippedRules.deadlines() { try bare.record(.ruleBook(.deadlineRulePublished(rule))) }
        let file = try bare.apply("DY23-00001")
        let exit = try Folded(bare, file).only("case.exit")
        #expect(exit.dueDay == nil && exit.isProvisional)
        #expect(exit.state(at: bare.now) == .onTime)
    }
}
