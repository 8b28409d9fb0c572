import Casework
import EventSourcing
import RuleBook
import Testing

/// Refusal, postponement, cancellation, series and closing of meetings.
@Suite struct MeetingCourseTests {
    @Test func `a postponed meeting tells the bodies at the table, and nothing of the cases`() throws {
        var story = try MeetingStory(cases: 2)
        let table = try story.convene()
        let later = Fixture.morning("2023-08-21")
        #expect(
            try story.office(PostponeJointMeeting(meetsAt: later, reason: .papersMissing), on: table).map(\.type) == [
                "JointMeetingPostponed"
            ])
        let told = try #require(try story.payloads(.postponed).first)
        #expect(told.audience == [Fixture.fulian, Fixture.gongan, Fixture.jiaoyu])
        #expect(JointMeetingEvent.fieldGroups(of: .postponed)["caseFile"] == .otherReferrals)
        #expect(JointMeetingEvent.fieldGroups(of: .postponed)["cases"] == .otherReferrals)
        #expect(story.meeting(table).meetsAt == later)
        #expect(throws: JointMeetingRefusal.notConvened.told) {
            var other = try MeetingStory(cases: 1)
            try other.office(
                PostponeJointMeeting(meetsAt: later, reason: .papersMissing), on: other.parties[0].request)
        }
    }

    @Test func `a cancelled meeting gives every request back to its case`() throws {
        var story = try MeetingStory(cases: 2)
        let table = try story.convene()
        try story.office(CancelJointMeeting(reason: .membersUnavailable), on: table)
        #expect(story.meeting(table).stage == .awaiting)
        #expect(story.meeting(story.parties[1].request).stage == .awaiting)
        #expect(story.file(1).meetings[story.parties[1].request]?.stage == .awaiting)
        #expect(story.file(1).meetings[table]?.stage == .cancelled)
        #expect(story.file(0).meetings[table]?.isOpenForExit == true)
        // Called again it keeps its number and asks everybody anew.
        let number = story.meeting(table).number
        let again = try story.office(ConveneJointMeeting(members: [Fixture.fulian]), on: table)
        #expect(again.map(\.type) == ["JointMeetingConvened", "MemberInvited"])
        #expect(story.meeting(table).number == number)
    }

    @Test func `what was resolved cannot be called off, and a called meeting is not refused`() throws {
        var story = try MeetingStory(cases: 2)
        let table = try story.sit()
        #expect(throws: JointMeetingRefusal.alreadyConvened.told) {
            try story.office(RefuseJointMeeting(reason: .notReady), on: table)
        }
        try story.office(
            AdoptResolution(
                assignments: [MeetingAssignment(department: Fixture.gongan, kind: .reportBack)]), on: table)
        #expect(throws: JointMeetingRefusal.resolutionsStand.told) {
            try story.office(CancelJointMeeting(reason: .circumstances), on: table)
        }
    }

    @Test func `a request with others on its agenda is not refused alone`() throws {
        var story = try MeetingStory(cases: 2)
        try story.office(PlaceOnAgenda(agendaOf: story.parties[0].request), on: story.parties[1].request)
        #expect(throws: JointMeetingRefusal.othersPlacedHere.told) {
            try story.office(RefuseJointMeeting(reason: .notReady), on: story.parties[0].request)
        }
        try story.office(ConveneJointMeeting(members: []), on: story.parties[0].request)
        #expect(throws: JointMeetingRefusal.placedElsewhere.told) {
            try story.office(RefuseJointMeeting(reason: .notReady), on: story.parties[1].request)
        }
    }

    @Test func `a series meets every so many working days, and its agenda is collected from requests`() throws {
        var story = try MeetingStory(cases: 2)
        story.hub.checksRepeats = false
        // 2023-10-01 was a holiday Sunday; the 7th was the first working day.
        let begun = try story.hub.send(
            ScheduleMeetingSeries(firstDay: Fixture.day("2023-10-02"), everyWorkingDays: 5), as: .office, at: story.day)
        let regular: MeetingID = DanyangStory.tag(begun, .meeting)
        #expect(story.meeting(regular).scheduled?.meetsOn == Fixture.day("2023-10-07"))
        #expect(throws: JointMeetingRefusal.agendaEmpty.told) {
            try story.office(ConveneJointMeeting(members: [Fixture.fulian]), on: regular)
        }
        for party in story.parties { try story.office(PlaceOnAgenda(agendaOf: regular), on: party.request) }
        try story.office(ConveneJointMeeting(members: []), on: regular)
        let items = story.parties.flatMap(\.items)
        try story.office(InviteMember(department: Fixture.fulian, items: items), on: regular)
        try story.office(RecordAttendance(attended: [Attendee(department: Fixture.fulian)]), on: regular)
        let held = try story.office(HoldJointMeeting(), on: regular, at: Fixture.morning("2023-10-09"))
        #expect(held.map(\.type) == ["JointMeetingHeld", "RegularMeetingScheduled"])
        let next: MeetingID = DanyangStory.tag([held[1]], .meeting)
        #expect(story.meeting(next).scheduled?.series == regular)
        #expect(story.meeting(next).scheduled?.meetsOn == Fixture.day("2023-10-16"))
        #expect(story.file(1).meetings[regular]?.isHeld == true)
        let ended = try story.office(EndMeetingSeries(), on: next, at: Fixture.morning("2023-10-09"))
        #expect(ended.map(\.type) == ["MeetingSeriesEnded"])
        let fallen = try story.office(
            CancelJointMeeting(reason: .nothingToDealWith), on: next, at: Fixture.morning("2023-10-16"))
        #expect(fallen.map(\.type) == ["JointMeetingCancelled"], "an ended series has no next meeting")
        #expect(throws: JointMeetingRefusal.wasCancelled.told) {
            try story.office(
                ConveneJointMeeting(members: [Fixture.fulian]), on: next, at: Fixture.morning("2023-10-16"))
        }
    }

    @Test func `a series has an interval, and only its own meetings end it`() throws {
        var story = try MeetingStory(cases: 1)
        story.hub.checksRepeats = false
        for interval in [0, 251] {
            #expect(throws: JointMeetingRefusal.intervalOutOfRange.told) {
                try story.hub.send(
                    ScheduleMeetingSeries(firstDay: Fixture.day("2023-10-09"), everyWorkingDays: interval), as: .office,
                    at: story.day)
            }
        }
        #expect(throws: JointMeetingRefusal.dayUnknown.told) {
            try story.hub.send(
                ScheduleMeetingSeries(firstDay: Fixture.day("1999-10-09"), everyWorkingDays: 5), as: .office,
                at: story.day)
        }
        #expect(throws: JointMeetingRefusal.notRegular.told) {
            try story.office(EndMeetingSeries(), on: story.parties[0].request)
        }
        let begun = try story.hub.send(
            ScheduleMeetingSeries(firstDay: Fixture.day("2023-10-09"), everyWorkingDays: 5), as: .office, at: story.day)
        #expect(throws: JointMeetingRefusal.onlyRequestsAreRefused.told) {
            try story.office(RefuseJointMeeting(reason: .notReady), on: DanyangStory.tag(begun, .meeting))
        }
    }

    @Test func `a meeting closes when it is signed, every body has answered and every action is done`() throws {
        var story = try MeetingStory(cases: 2)
        let table = try story.sit()
        #expect(throws: JointMeetingRefusal.notHeld.told) { try story.office(SignMinutes(), on: table) }
        let adopted = try story.office(
            AdoptResolution(assignments: [MeetingAssignment(department: Fixture.gongan, kind: .reportBack)]), on: table)
        let resolution: ResolutionID = DanyangStory.tag(adopted, .resolution)
        try story.office(HoldJointMeeting(), on: table)
        #expect(throws: JointMeetingRefusal.notSigned.told) { try story.office(CloseJointMeeting(), on: table) }
        #expect(try story.office(SignMinutes(), on: table).map(\.type) == ["MinutesSigned"])
        #expect(throws: JointMeetingRefusal.extractsMissing.told) { try story.office(CloseJointMeeting(), on: table) }
        try story.office(CirculateMinutes(), on: table)
        #expect(throws: JointMeetingRefusal.confirmationsMissing.told) {
            try story.office(CloseJointMeeting(), on: table)
        }
        // Two working days of silence: 16 August to the end of the 18th.
        #expect(throws: JointMeetingRefusal.silenceTooEarly.told) {
            try story.office(
                ConfirmMinutes(department: Fixture.fayuan, isSilent: true), on: table,
                at: Fixture.morning("2023-08-18"))
        }
        let monday = Fixture.morning("2023-08-21")
        #expect(throws: JointMeetingRefusal.silenceIsNotSaid.told) {
            try story.hub.send(
                ConfirmMinutes(isSilent: true), to: .meeting(table), as: .of(Fixture.gongan), at: monday)
        }
        let confirmed = try story.hub.send(
            ConfirmMinutes(), to: .meeting(table), as: .of(Fixture.gongan), at: monday)
        #expect(confirmed.map(\.type) == ["MinutesConfirmed"])
        for body in [Fixture.fulian, Fixture.jiaoyu, Fixture.fayuan] {
            try story.office(ConfirmMinutes(department: body, isSilent: true), on: table, at: monday)
        }
        #expect(throws: JointMeetingRefusal.actionsOpen.told) {
            try story.office(CloseJointMeeting(), on: table, at: monday)
        }
        try story.hub.send(
            CompleteMeetingAction(), to: .resolution(resolution), as: .of(Fixture.gongan), at: monday)
        #expect(try story.office(CloseJointMeeting(), on: table, at: monday).map(\.type) == ["JointMeetingClosed"])
        #expect(story.file(0).meetings[table]?.stage == .closed)
        #expect(story.file(1).meetings[table]?.stage == .closed)
        #expect(throws: JointMeetingRefusal.alreadyClosed.told) {
            try story.hub.send(
                RecordDissent(department: Fixture.fulian), to: .resolution(resolution), as: .office, at: monday)
        }
    }
}
