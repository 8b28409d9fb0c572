import Casework
import Deadlines
import EventSourcing
import RuleBook
import Testing

@Suite struct DeadlineChangeTests {
    private let friday = Fixture.morning("2023-08-18")

    private func pause(
        _ rule: String = "case.exit", _ reason: DeadlineRule.PauseReason = .applicant, until: String = "2023-08-25",
        notice: Instant? = Fixture.morning("2023-08-17"), basis: String = "本人外出"
    ) -> PauseDeadline {
        PauseDeadline(
            rule: Fixture.rule(rule), reason: reason, expectedUntil: Fixture.day(until), basis: basis,
            noticeGivenAt: notice)
    }

    @Test func `the promise is paused by the centre only, after notice, for the applicant's reasons`() throws {
        var story = try DanyangStory.met()
        func refusal(_ body: PauseDeadline, as sender: TestHub.Sender = .dispatcher) -> String? {
            do throws(CommandRefusal) {
                try story.hub.send(body, to: story.theCase, as: sender, at: friday)
                return nil
            } catch {
                return error.code
            }
        }
        #expect(refusal(pause(notice: nil)) == "deadline.noticeMissing")
        #expect(refusal(pause(notice: Fixture.morning("2023-08-21"))) == "deadline.noticeInTheFuture")
        #expect(refusal(pause("case.exit", .expert)) == "deadline.notPausable")
        #expect(refusal(pause(), as: .of(Fixture.minzheng)) == "deadline.centreOnly")
        #expect(refusal(pause(until: "2023-08-17")) == "deadline.endInThePast")
        #expect(refusal(pause(basis: "")) == "deadline.basisEmpty")
        #expect(refusal(pause("no.such")) == "deadline.unknownRule")
        #expect(refusal(pause("referral.handle", .expert)) == "deadline.instanceDiffers")
        #expect(refusal(pause()) == nil)
        #expect(refusal(pause(until: "2023-08-28")) == "deadline.alreadyPaused")
    }

    @Test func `a paused limit is resumed once, and one that never stopped is not`() throws {
        var story = try DanyangStory.met()
        let resume = ResumeDeadline(rule: Fixture.rule("case.exit"))
        #expect(throws: DeadlineRefusal.notPaused.told) {
            try story.hub.send(resume, to: story.theCase, at: friday)
        }
        try story.hub.send(pause(), to: story.theCase, at: friday)
        try story.hub.send(resume, to: story.theCase, at: Fixture.morning("2023-08-21"))
        #expect(story.file.pauses.isEmpty)
    }

    @Test func `an expert's opinion stops a department's own limit by its head, and its lead learns of it`() throws {
        var story = try DanyangStory.met()
        try story.dispatch()
        let subject = Subject.referral(story.referrals[0])
        let body = pause("referral.handle", .expert, notice: nil)
        #expect(throws: DeadlineRefusal.headOnly.told) {
            try story.hub.send(body, to: subject, as: .of(Fixture.minzheng, post: "minzheng/relief"), at: friday)
        }
        #expect(throws: DeadlineRefusal.headOnly.told) {
            try story.hub.send(body, to: subject, as: .of(Fixture.jiaoyu, post: "jiaoyu/head"), at: friday)
        }
        let paused = try story.hub.send(
            body, to: subject, as: .of(Fixture.minzheng, post: "minzheng/head"), at: friday)
        #expect(try paused.map { try $0.disclosure.audience } == [[Fixture.minzheng]])
    }

    @Test func `an expert's opinion stops what a department confirms by its head, once the file is with it`() throws {
        var story = try DoorStory.submitted()
        var rule = try #require(story.hub.rules.deadlineRule(Fixture.rule("referral.handle")))
        rule.id = Fixture.rule("dibao.confirm")
        (rule.scope, rule.owner, rule.pausable) = (.item, .department, [.expert])
        (rule.start, rule.stop) = ([.init("FileSubmitted")], [.init("ItemDecided")])
        story.hub.rules.evolve(with: .deadlineRulePublished(rule))
        var body = pause("dibao.confirm", .expert, notice: nil)
        body.instance = .item(story.living)
        let head = TestHub.Sender.of(Fixture.minzheng, post: "minzheng/head")
        #expect(story.refusal(of: body, as: head) == DeadlineRefusal.headOnly.told, "no file has gone up")
        try story.send(CompleteTriage(items: [.init(item: story.living, path: .handleHere)]))
        try story.send(SubmitFile(items: [story.living], opinion: .grant, clause: "办法"), as: .station)
        let other = TestHub.Sender.of(Fixture.jiaoyu, post: "jiaoyu/head")
        #expect(story.refusal(of: body, as: other) == DeadlineRefusal.headOnly.told)
        #expect(try story.send(body, as: head).map(\.type) == ["DeadlinePaused"])
        var resumption = ResumeDeadline(rule: body.rule)
        resumption.instance = body.instance
        try story.send(resumption, as: head)
        var longer = ExtendDeadline(rule: body.rule, granted: .add(2), basis: "办法")
        longer.instance = body.instance
        try story.send(DecideItem(item: story.living, result: .granted, clause: "办法"))
        #expect(story.refusal(of: longer, as: .supervisor) == DeadlineRefusal.notRunning.told, "it is decided")
        #expect(story.refusal(of: body, as: head) == DeadlineRefusal.notRunning.told)
    }

    @Test func `a limit is extended once, by a supervisor`() throws {
        var story = try DanyangStory.met()
        try story.dispatch()
        let subject = Subject.referral(story.referrals[0])
        let body = ExtendDeadline(rule: Fixture.rule("referral.handle"), granted: .add(5), basis: "办法")
        #expect(throws: (any Error).self) { try story.hub.send(body, to: subject, at: friday) }
        let extended = try story.hub.send(body, to: subject, as: .supervisor, at: friday)
        #expect(extended.map(\.type) == ["DeadlineExtended"])
        #expect(throws: DeadlineRefusal.extendedBefore.told) {
            try story.hub.send(
                ExtendDeadline(rule: Fixture.rule("referral.handle"), granted: .add(9), basis: "办法"), to: subject,
                as: .supervisor, at: friday)
        }
    }
}
