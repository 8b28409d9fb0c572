import Casework
import EventSourcing
import RuleBook
import Testing

/// Several cases at one table: who is asked, invited and there is said item by item.
@Suite struct MeetingAgendaTests {
    private func cases(_ event: RecordedEvent) -> Set<CaseID> {
        Set(event.tags.filter { $0.kind == .caseFile }.compactMap { CaseID(String($0.name)) })
    }

    @Test func `a request placed on another agenda is dealt with there, and each case sees its own part`() throws {
        var story = try MeetingStory(cases: 2)
        let table = try story.convene()
        let meeting = story.meeting(table)
        let placed = story.hub.events.filter { $0.type == "MeetingRequestPlaced" }
        #expect(placed.map(\.type) == ["MeetingRequestPlaced"], "once, of the one request")
        #expect(meeting.cases == story.parties.map(\.caseID))
        #expect(meeting.agenda.map(\.item) == story.parties[1].items + story.parties[0].items)
        #expect(story.meeting(story.parties[1].request).stage == .placed(on: table))
        #expect(story.file(0).meetings[table]?.agenda.map(\.item) == story.parties[0].items)
        #expect(story.file(1).meetings[table]?.agenda.map(\.item) == story.parties[1].items)
        #expect(throws: JointMeetingRefusal.placedElsewhere.told) {
            try story.office(ConveneJointMeeting(members: [Fixture.fulian]), on: story.parties[1].request)
        }
        #expect(throws: JointMeetingRefusal.sameMeeting.told) {
            try story.office(PlaceOnAgenda(agendaOf: table), on: table)
        }
    }

    @Test func `events carry the tags of the cases they concern and of no other`() throws {
        var story = try MeetingStory(cases: 2)
        _ = try story.sit()
        let (first, second) = (story.parties[0].caseID, story.parties[1].caseID)
        for event in story.hub.events {
            switch event.type {
            case "JointMeetingConvened": #expect(cases(event) == [first, second])
            case "MemberInvited", "MemberAttended":
                let expected: Set<CaseID> =
                    event.tags.contains(.department(Fixture.fulian))
                    ? [first, second] : event.tags.contains(.department(Fixture.jiaoyu)) ? [second] : [first]
                #expect(cases(event) == expected, "\(event.type)")
            default: break
            }
        }
    }

    @Test func `with several cases an invitation names its items, so that nobody learns of a case by default`() throws {
        var story = try MeetingStory(cases: 2)
        let table = try story.convene()
        #expect(throws: JointMeetingRefusal.itemsMissing.told) {
            try story.office(InviteMember(department: Fixture.sifa), on: table)
        }
        #expect(throws: JointMeetingRefusal.itemsMissing.told) {
            try story.office(ConveneJointMeeting(members: [Fixture.sifa]), on: table)
        }
        #expect(throws: JointMeetingRefusal.notOnAgenda.told) {
            try story.office(InviteMember(department: Fixture.sifa, items: [Fixture.id(4242)]), on: table)
        }
        #expect(throws: JointMeetingRefusal.unknownDepartment.told) {
            try story.office(InviteMember(department: Fixture.department("nobody"), items: []), on: table)
        }
    }

    @Test func `attendance is kept per item, and a body is there only for what it was invited to`() throws {
        var story = try MeetingStory(cases: 2)
        let table = try story.convene()
        let (mine, theirs) = (story.parties[0].items, story.parties[1].items)
        #expect(throws: JointMeetingRefusal.notInvited.told) {
            try story.office(
                RecordAttendance(attended: [Attendee(department: Fixture.gongan, items: theirs)]), on: table)
        }
        try story.office(
            RecordAttendance(attended: [Attendee(department: Fixture.gongan, items: [mine[0]])]), on: table)
        #expect(throws: JointMeetingRefusal.notAttended.told) {
            try story.office(
                RecordOpinion(department: Fixture.gongan, item: mine[1], stance: .supports), on: table)
        }
        try story.office(RecordOpinion(department: Fixture.gongan, item: mine[0], stance: .supports), on: table)
        // A meeting is not held over an item that nobody came for.
        #expect(throws: JointMeetingRefusal.itemUnattended.told) { try story.office(HoldJointMeeting(), on: table) }
        try story.office(
            RecordAttendance(attended: [.init(department: Fixture.fulian), .init(department: Fixture.gongan)]),
            on: table)
        try story.office(HoldJointMeeting(), on: table)
        #expect(story.file(0).meetings[table]?.isHeld == true)
        #expect(story.file(1).meetings[table]?.isHeld == true)
    }

    @Test func `papers belong to an item, and who is not invited to it hears nothing of them`() throws {
        var story = try MeetingStory(cases: 2)
        let table = try story.convene()
        let paper = try Fixture.attachment("a")
        let laid = try story.office(AddAgendaPapers(item: story.parties[0].items[0], papers: [paper]), on: table)
        #expect(laid.map(\.type) == ["AgendaPapersAdded"])
        let told = try #require(try story.payloads(.papersAdded).first)
        #expect(told.audience == [Fixture.fulian, Fixture.gongan], "not the schools, and no court by feed")
        try story.office(
            InviteMember(department: Fixture.sifa, items: [story.parties[0].items[0]]), on: table)
        guard case .memberInvited(let invited) = try #require(try story.payloads(.memberInvited).last).event else {
            return
        }
        #expect(invited.papers == [AgendaPaper(item: story.parties[0].items[0], paper: paper)])
        #expect(throws: JointMeetingRefusal.papersMissing.told) {
            try story.office(AddAgendaPapers(item: story.parties[0].items[0], papers: []), on: table)
        }
    }

    @Test func `one item is withdrawn from a called meeting, and only who came for it alone leaves the table`() throws {
        var story = try MeetingStory(cases: 2)
        let table = try story.convene()
        let mine = story.parties[0].items
        let withdrawn = try story.office(WithdrawAgendaItem(item: mine[0], reason: .papersMissing), on: table)
        #expect(withdrawn.map(\.type) == ["AgendaItemWithdrawn"])
        #expect(try withdrawn[0].disclosure.audience == [Fixture.fulian, Fixture.gongan], "no court by feed")
        #expect(cases(withdrawn[0]) == [story.parties[0].caseID])
        let meeting = story.meeting(table)
        #expect(!meeting.agenda.contains { $0.item == mine[0] })
        #expect(meeting.members.first { $0.department == Fixture.gongan }?.invited == [mine[1]])
        #expect(throws: JointMeetingRefusal.lastItemStays.told, "the case that asked keeps its place") {
            try story.office(WithdrawAgendaItem(item: mine[1], reason: .circumstances), on: table)
        }
        #expect(throws: JointMeetingRefusal.notOnAgenda.told) {
            try story.office(WithdrawAgendaItem(item: Fixture.id(4242), reason: .circumstances), on: table)
        }
        // It may come back.
        try story.office(ConveneJointMeeting(items: [mine[0]], members: []), on: table)
        #expect(story.meeting(table).agenda.contains { $0.item == mine[0] })
    }

    @Test func `a request whose last item left the table waits again, and its case is free of that meeting`() throws {
        var story = try MeetingStory(cases: 2)
        let table = try story.convene()
        let guest = story.parties[1]
        for item in guest.items {
            try story.office(WithdrawAgendaItem(item: item, reason: .nothingToDealWith), on: table)
        }
        #expect(story.meeting(guest.request).stage == .awaiting)
        #expect(story.file(1).meetings[guest.request]?.stage == .awaiting)
        #expect(story.file(1).meetings[table]?.stage == .cancelled)
        #expect(story.meeting(table).members.map(\.department) == [Fixture.fulian, Fixture.gongan, Fixture.fayuan])
        try story.office(ConveneJointMeeting(members: [Fixture.jiaoyu]), on: guest.request)
        #expect(story.meeting(guest.request).stage == .convened)
    }

    @Test func `what the meeting resolved on, or has been held over, is not withdrawn`() throws {
        var story = try MeetingStory(cases: 2)
        let table = try story.sit()
        let item = story.parties[0].items[0]
        try story.office(
            AdoptResolution(actions: [.init(task: Fixture.task("living.support"), items: [item])]), on: table)
        #expect(throws: JointMeetingRefusal.resolutionsStand.told) {
            try story.office(WithdrawAgendaItem(item: item, reason: .circumstances), on: table)
        }
        try story.office(HoldJointMeeting(), on: table)
        #expect(throws: JointMeetingRefusal.alreadyHeld.told) {
            try story.office(
                WithdrawAgendaItem(item: story.parties[0].items[1], reason: .circumstances), on: table)
        }
    }

    @Test func `one agenda holds twelve cases at most`() throws {
        var story = try MeetingStory(cases: 13)
        let table = story.parties[0].request
        for party in story.parties[1...11] {
            try story.office(PlaceOnAgenda(agendaOf: table), on: party.request)
        }
        #expect(throws: JointMeetingRefusal.agendaFull.told) {
            try story.office(PlaceOnAgenda(agendaOf: table), on: story.parties[12].request)
        }
        try story.office(ConveneJointMeeting(members: []), on: table)
    }

    @Test func `a department asks only where it has a referral, and panels are not open yet`() throws {
        var story = try DanyangStory.met()
        let day = Fixture.morning("2023-08-18")
        #expect(throws: JointMeetingRefusal.notItsCase.told) {
            try story.hub.send(RequestJointMeeting(), to: story.theCase, as: .of(Fixture.jiaoyu), at: day)
        }
        try story.dispatch()
        let asked = try story.hub.send(
            RequestJointMeeting(items: [story.education]), to: story.theCase, as: .of(Fixture.jiaoyu), at: day)
        #expect(try asked.first?.disclosure.audience == [Fixture.jiaoyu])
        let request: MeetingID = DanyangStory.tag(asked, .meeting)
        let refused = try story.hub.send(
            RefuseJointMeeting(reason: .oneBodySuffices), to: .meeting(request), as: .office, at: day)
        #expect(refused.map(\.type) == ["JointMeetingRefused"])
        #expect(try refused.first?.disclosure.audience == [Fixture.jiaoyu], "who asked learns that it was refused")
        #expect(throws: JointMeetingRefusal.wasRefused.told) {
            try story.hub.send(
                ConveneJointMeeting(members: [Fixture.fulian]), to: .meeting(request), as: .office, at: day)
        }
        for kind in [MeetingKind.reviewPanel, .onSitePanel] {
            #expect(throws: JointMeetingRefusal.panelsLater.told) {
                try story.hub.send(RequestJointMeeting(kind: kind), to: story.theCase, at: day)
            }
        }
    }
}
