import Casework
import EventSourcing
import HubTesting
import RuleBook
import Testing
import WorkingCalendar

/// Refusals that seldom come, each with the history that brings it.
@Suite struct RareRefusalTests {
    @Test func `an item the centre handles itself is referred to nobody`() throws {
        var story = try DoorStory.submitted()
        try story.send(CompleteTriage(items: [.init(item: story.education, path: .handleHere)]))
        let order = ReferralOrder(items: [story.education], people: ["child": story.child])
        #expect(
            story.refusal(of: DispatchReferral(order: order)) == CaseFileRefusal.itemNotForReferral.told)
    }

    @Test func `a clause that is given says something`() throws {
        var story = try DoorStory.submitted()
        let choice = ItemPath(item: story.education, path: .handleHere, clause: "")
        #expect(story.refusal(of: CompleteTriage(items: [choice])) == CaseFileRefusal.clauseEmpty.told)
    }

    @Test func `nobody goes out by the one door while a meeting is asked for`() throws {
        var story = try DoorStory.submitted()
        try story.send(CompleteTriage(items: [.init(item: story.education, path: .jointMeeting)]))
        try story.send(RequestJointMeeting())
        #expect(throws: CaseFileRefusal.meetingOpen.told) { try story.exit() }
    }

    @Test func `I-1: cases of two people are not one`() throws {
        var story = try MeetingStory(cases: 2)
        #expect(throws: CaseFileRefusal.otherSubject.told) {
            try story.hub.send(
                LinkDuplicateCase(of: story.parties[0].caseID), to: story.parties[1].subject, at: story.day)
        }
    }

    @Test func `a limit that is over is not paused`() throws {
        var story = try DanyangStory.answered()
        let pause = PauseDeadline(
            rule: Fixture.rule("referral.handle"), reason: .expert, expectedUntil: Fixture.day("2023-09-18"),
            basis: "专家意见", noticeGivenAt: nil)
        #expect(throws: DeadlineRefusal.notRunning.told) {
            try story.hub.send(
                pause, to: .referral(story.referrals[0]), as: .of(Fixture.minzheng, post: "minzheng/head"),
                at: Fixture.morning("2023-09-11"))
        }
    }

    @Test func `nothing happens in the future, nor before its case was opened`() throws {
        var story = try DoorStory.submitted()
        let tomorrow = Fixture.morning("2023-08-16")
        #expect(throws: TimeRefusal.inTheFuture.told) {
            try story.hub.send(
                CompleteTriage(items: [.init(item: story.education, path: .handleHere)]), to: story.theCase,
                at: tomorrow, now: Fixture.morning(DoorStory.day))
        }
        #expect(throws: TimeRefusal.beforeStart.told) {
            try story.hub.send(
                CompleteTriage(items: [.init(item: story.education, path: .handleHere)]), to: story.theCase,
                at: Fixture.morning("2023-08-14"), now: tomorrow)
        }
    }

    // MARK: Follow-ups

    private static let opening = FollowUpEvent.Opened(
        caseFile: Fixture.id(1), followUp: Fixture.id(2), number: Fixture.number.followUp(1), kind: .court,
        department: Fixture.sifa)

    @Test func `a follow-up is opened once, and only what was opened goes on`() {
        let other = FollowUpEvent.Opened(
            caseFile: Fixture.id(1), followUp: Fixture.id(2), number: Fixture.number.followUp(1), kind: .arbitration,
            department: Fixture.sifa)
        expect(
            FollowUp.self, given: [.opened(Self.opening)], when: .open(Self.opening, sealed: []), then: [])
        expect(
            FollowUp.self, given: [.opened(Self.opening)], when: .open(other, sealed: []), refuses: .alreadyOpen)
        expect(FollowUp.self, when: .review(.waiting, sealed: []), refuses: .unknown)
    }

    @Test(arguments: FollowUpOutcome.allCases)
    func `what came of a follow-up is told, unless it was given up`(outcome: FollowUpOutcome) {
        let silent = FollowUpCommand.conclude(outcome, means: nil, attachments: [], sealed: [])
        let concluded = FollowUpEvent.Concluded(
            caseFile: Fixture.id(1), followUp: Fixture.id(2), outcome: outcome, means: nil, attachments: [])
        switch outcome {
        case .achieved, .partlyAchieved, .notAchieved:
            expect(FollowUp.self, given: [.opened(Self.opening)], when: silent, refuses: .notTold)
        case .withdrawn:
            expect(FollowUp.self, given: [.opened(Self.opening)], when: silent, then: [.concluded(concluded)])
        }
    }

    @Test func `more items than one command takes are told as too many`() throws {
        let items = (0..<17).map { _ in RequestedItem(policyItem: Fixture.item("living.allowance")) }
        #expect(throws: CaseFileRefusal.tooManyItems.told) { try DoorStory.submitted { $0.items = items } }
        var story = try DoorStory.submitted()
        let order = ReferralOrder(task: Fixture.task("living.support"), items: (0..<17).map { Fixture.id(800 + $0) })
        #expect(story.refusal(of: DispatchReferral(order: order)) == CaseFileRefusal.tooManyItems.told)
    }

    // MARK: Meetings

    @Test func `a body sits at the table through its own post`() throws {
        var story = try MeetingStory(cases: 2)
        let table = try story.convene()
        let attendee = Attendee(department: Fixture.fulian, post: Fixture.post("gongan/household"))
        #expect(throws: JointMeetingRefusal.postOfAnotherDepartment.told) {
            try story.office(RecordAttendance(attended: [attendee]), on: table)
        }
    }

    @Test func `a resolution gives work as the catalogue says`() throws {
        var story = try MeetingStory(cases: 2)
        let table = try story.sit()
        let items = [story.parties[0].items[0]]
        #expect(throws: JointMeetingRefusal.unknownTask.told) {
            try story.office(
                AdoptResolution(actions: [.init(task: Fixture.task("no.such"), items: items)]), on: table)
        }
        #expect(throws: JointMeetingRefusal.leadDiffers.told) {
            try story.office(
                AdoptResolution(
                    actions: [.init(task: Fixture.task("living.support"), items: items, lead: Fixture.fulian)]),
                on: table)
        }
    }

    // MARK: Referrals

    @Test func `T05: a department proposes only a body the rules know`() throws {
        var story = try DanyangStory.met()
        try story.dispatch()
        #expect(throws: ReferralRefusal.proposedUnknown.told) {
            try story.act(
                RequestReturn(reason: .notOurDuty, clause: "三定方案", proposed: Fixture.department("nobody")), on: 1,
                by: Fixture.minzheng, "2023-08-21")
        }
    }

    @Test func `a limit is not counted over days the calendar does not know`() throws {
        var story = try DanyangStory.met()
        try story.dispatch()
        story.hub.calendar = try WorkingCalendar(
            CalendarDocument(
                version: "2023", first: Fixture.day("2023-09-01"), firmUntil: Fixture.day("2023-12-31"),
                offWeekdays: [], makeupWorkdays: []))
        do throws(CommandRefusal) {
            try story.hub.send(
                RequestReturn(reason: .notOurDuty, clause: "三定方案"), to: .referral(story.referrals[0]),
                as: .of(Fixture.minzheng), at: Fixture.morning("2023-08-21"))
            Issue.record("the limit began before the calendar")
        } catch {
            #expect(error.code == "deadline.calendar")
        }
    }

    @Test func `T08: an instruction that designates has a number`() {
        let refusal = ReferralCommand.Act.refuseReturn(
            clause: "三定方案", resolution: nil, designation: .instruction(""), isSecondOfCase: false)
        expect(
            Referral.self, given: ReferralTests.history("returnRequested"),
            when: ReferralTests.command(refusal, by: nil), refuses: .instructionEmpty)
    }

    @Test func `N-16: the centre counts no broken promise against a voluntary body`() {
        expect(
            Referral.self,
            given: [.drafted(ReferralTests.drafted(.offer)), .dispatched(ReferralTests.dispatched(.offer))],
            when: ReferralTests.command(.breakPromise(of: nil, nextPromise: nil), by: nil),
            refuses: .voluntaryNotSupervised)
    }
}
