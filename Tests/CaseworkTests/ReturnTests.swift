import Casework
import EventSourcing
import Testing

/// Returns through the whole command, with the limit, the head's post and the rulings of a meeting.
@Suite struct ReturnTests {
    private func dispatched() throws -> DanyangStory {
        var story = try DanyangStory.met()
        try story.dispatch()
        return story
    }

    private func ask(_ reason: ReturnReason = .notOurDuty) -> RequestReturn {
        RequestReturn(reason: reason, clause: "三定方案 第四条")
    }

    private let head = TestHub.Sender.of(Fixture.jiaoyu, post: "jiaoyu/head")

    @Test func `the right of return lapses at the end of the second working day`() throws {
        var story = try dispatched()
        let subject = Subject.referral(story.referrals[1])
        let lastMoment = try #require(Instant("2023-08-22T23:59:59+08:00"))
        let tooLate = try #require(Instant("2023-08-23T00:00:00+08:00"))
        #expect(throws: ReferralRefusal.returnLapsed.told) {
            try story.hub.send(ask(), to: subject, as: head, at: tooLate)
        }
        let asked = try story.hub.send(ask(), to: subject, as: head, at: lastMoment)
        #expect(try asked.map { try $0.disclosure.audience } == [[Fixture.jiaoyu]])
    }

    @Test func `a return is asked by the head's post`() throws {
        var story = try dispatched()
        #expect(throws: ReferralRefusal.headOnly.told) {
            try story.hub.send(
                ask(), to: .referral(story.referrals[1]), as: .of(Fixture.jiaoyu, post: "jiaoyu/aid"),
                at: Fixture.morning("2023-08-21"))
        }
    }

    @Test func `after an approved return the item may go to another lead as successor`() throws {
        var story = try dispatched()
        let old = story.referrals[1]
        let monday = Fixture.morning("2023-08-21")
        try story.hub.send(ask(), to: .referral(old), as: head, at: monday)
        try story.hub.send(ApproveReturn(clause: "三定方案 第四条"), to: .referral(old), at: monday)
        #expect(story.file.referrals[old]?.stage == .returned)
        let sent = try story.hub.send(
            DispatchReferral(
                order: ReferralOrder(
                    items: [story.education], people: ["child": story.daughter], predecessor: old)),
            to: story.theCase, at: monday, isRepeatable: false)
        let successor: ReferralID = DanyangStory.tag(sent, .referral)
        #expect(successor != old)
        #expect(story.file.referrals[successor]?.stage == .dispatched)
        // The second return of the case is the supervisor's.
        try story.hub.send(ask(), to: .referral(successor), as: head, at: Fixture.morning("2023-08-22"))
        #expect(throws: ReferralRefusal.supervisorOnly.told) {
            try story.hub.send(
                RefuseReturn(clause: "三定方案"), to: .referral(successor), at: Fixture.morning("2023-08-22"))
        }
        try story.hub.send(
            RefuseReturn(clause: "三定方案"), to: .referral(successor), as: .supervisor,
            at: Fixture.morning("2023-08-22"))
    }

    @Test func `a designation is told with the refusal, and ends the right of return`() throws {
        var story = try dispatched()
        let subject = Subject.referral(story.referrals[1])
        let monday = Fixture.morning("2023-08-21")
        try story.hub.send(ask(), to: subject, as: head, at: monday)
        #expect(throws: CaseFileRefusal.noSuchResolution.told) {
            try story.hub.send(
                RefuseReturn(clause: "三定方案", designation: .resolution(Fixture.id(5))), to: subject, at: monday)
        }
        #expect(throws: CaseFileRefusal.actionNotResolved.told, "a resolution about something else designates nobody") {
            try story.hub.send(
                RefuseReturn(clause: "三定方案", designation: .resolution(story.resolution)), to: subject, at: monday)
        }
        let ruled = try story.hub.send(
            RefuseReturn(clause: "三定方案", designation: .instruction("市府办〔2023〕7号")), to: subject, at: monday)
        #expect(ruled.map(\.type) == ["ReturnRefused", "DepartmentDesignated"])
        #expect(story.file.referrals[story.referrals[1]]?.isDesignated == true)
        #expect(throws: ReferralRefusal.returnAfterDesignation.told) {
            try story.hub.send(ask(.wrongArea), to: subject, as: head, at: monday)
        }
    }

    @Test func `what the law forbids goes to the meeting`() throws {
        var story = try dispatched()
        let subject = Subject.referral(story.referrals[1])
        let monday = Fixture.morning("2023-08-21")
        try story.hub.send(ask(.lawForbids), to: subject, as: head, at: monday)
        #expect(throws: ReferralRefusal.meetingMustRule.told) {
            try story.hub.send(ApproveReturn(clause: "教育法"), to: subject, at: monday)
        }
        story.hub.checksRepeats = false
        let meeting: MeetingID = DanyangStory.tag(
            try story.hub.send(RequestJointMeeting(), to: story.theCase, at: monday), .meeting)
        let table = Subject.meeting(meeting)
        try story.hub.send(
            ConveneJointMeeting(items: [story.education], members: [Fixture.jiaoyu]), to: table, as: .office, at: monday
        )
        try story.hub.send(
            RecordAttendance(attended: [Attendee(department: Fixture.jiaoyu)]), to: table, as: .office, at: monday)
        let adopted = try story.hub.send(
            AdoptResolution(designates: story.referrals[1]), to: table, as: .office, at: monday)
        let resolution: ResolutionID = DanyangStory.tag(adopted, .resolution)
        try story.hub.send(ApproveReturn(clause: "教育法", resolution: resolution), to: subject, at: monday)
        #expect(story.file.referrals[story.referrals[1]]?.stage == .returned)
    }
}
