import Casework
import Deadlines
import EventSourcing
import RuleBook
import Testing

/// 催办 by hand, and the marks that notices were read.
@Suite struct ReminderTests {
    private let friday = Fixture.morning("2023-08-18")

    private func reminder(_ rule: String) -> RemindOwner { RemindOwner(rule: Fixture.rule(rule)) }

    @Test func `a reminder goes to the body's desk and head, once a limit and day, and its lead learns of it`() throws {
        var story = try DanyangStory.met()
        try story.dispatch()
        let subject = Subject.referral(story.referrals[0])
        let sent = try story.hub.send(
            reminder("referral.handle"), to: subject, as: .supervisor, at: friday, isRepeatable: false)
        #expect(sent.map(\.type) == ["DeadlineReminded"])
        #expect(try sent.map { try $0.disclosure.audience } == [[Fixture.minzheng]])
        guard case .deadline(.reminded(let first))? = try CaseworkEvent(try #require(sent.first)) else {
            Issue.record("no reminder")
            return
        }
        #expect(first.serial == 1 && first.told.contains(.department(Fixture.minzheng)))
        #expect(throws: DeadlineRefusal.remindedToday.told) {
            try story.hub.send(reminder("referral.handle"), to: subject, at: friday)
        }
        let monday = try story.hub.send(
            reminder("referral.handle"), to: subject, at: Fixture.morning("2023-08-21"), isRepeatable: false)
        guard case .deadline(.reminded(let second))? = try CaseworkEvent(try #require(monday.first)) else {
            Issue.record("no reminder")
            return
        }
        #expect(second.serial == 2)
    }

    @Test func `nobody is reminded of a paused limit, of an offer, or of what does not run`() throws {
        var story = try DanyangStory.met()
        try story.dispatch()
        try story.hub.send(
            PauseDeadline(
                rule: Fixture.rule("case.exit"), reason: .applicant, expectedUntil: Fixture.day("2023-08-25"),
                basis: "本人外出", noticeGivenAt: Fixture.morning("2023-08-17")), to: story.theCase, at: friday)
        #expect(throws: DeadlineRefusal.alreadyPaused.told) {
            try story.hub.send(reminder("case.exit"), to: story.theCase, at: friday)
        }
        // The last order went to a voluntary body.
        #expect(throws: DeadlineRefusal.noLadder.told) {
            try story.hub.send(reminder("offer.answer"), to: .referral(story.referrals[4]), at: friday)
        }
        try story.take(1, by: Fixture.minzheng, post: "minzheng/relief", "2023-08-18")
        #expect(throws: DeadlineRefusal.notRunning.told) {
            try story.hub.send(
                reminder("referral.remit"), to: .referral(story.referrals[0]), at: Fixture.morning("2023-08-21"))
        }
    }

    @Test func `notices are marked by whoever they are for, and a mark never goes back`() throws {
        var story = try DanyangStory.met()
        let own = MarkNoticesRead(recipient: .role(.dispatcher), through: 9)
        #expect(try story.hub.send(own, to: .none, as: .dispatcher, at: friday).map(\.type) == ["NoticesRead"])
        #expect(try story.hub.send(own, to: .none, as: .dispatcher, at: friday).isEmpty)
        #expect(
            try story.hub.send(
                MarkNoticesRead(recipient: .role(.dispatcher), through: 3), to: .none, as: .dispatcher, at: friday
            ).isEmpty)
        for other in [NoticeRecipient.role(.supervisor), .department(Fixture.jiaoyu)] {
            #expect(throws: DeadlineRefusal.noticesOfOthers.told) {
                try story.hub.send(
                    MarkNoticesRead(recipient: other, through: 9), to: .none, as: .dispatcher, at: friday)
            }
        }
        #expect(throws: DeadlineRefusal.nothingRead.told) {
            try story.hub.send(
                MarkNoticesRead(recipient: .role(.dispatcher), through: 0), to: .none, as: .dispatcher, at: friday)
        }
    }
}
