import Casework
import EventSourcing
import HubTesting
import RuleBook
import Testing

@Suite struct JointMeetingTests {
    private static let meeting: MeetingID = Fixture.id(1)
    private static let caseFile: CaseID = Fixture.id(2)
    private static let item: ItemID = Fixture.id(3)
    private static let other: ItemID = Fixture.id(4)
    private static let number = EntityNumber("DY23-M001") ?? Fixture.number

    private let requested = JointMeetingEvent.requested(
        .init(meeting: meeting, caseFile: caseFile, kind: .jointMeeting, isUrgent: false))

    private var convened: [JointMeetingEvent] {
        [
            requested,
            .convened(
                .init(meeting: Self.meeting, caseFile: Self.caseFile, number: Self.number, kind: .jointMeeting)),
            .agendaItemAdded(.init(meeting: Self.meeting, caseFile: Self.caseFile, item: Self.item)),
            invited(Fixture.fulian), invited(Fixture.fayuan, .paper),
        ]
    }

    private func invited(_ department: DepartmentCode, _ delivery: PaperOrFeed = .feed) -> JointMeetingEvent {
        .memberInvited(
            .init(
                meeting: Self.meeting, caseFile: Self.caseFile, number: Self.number, department: department,
                items: [Self.item], delivery: delivery))
    }

    private var sitting: [JointMeetingEvent] {
        convened + [
            .memberAttended(.init(meeting: Self.meeting, caseFile: Self.caseFile, department: Fixture.fulian))
        ]
    }

    private var held: [JointMeetingEvent] {
        sitting + [
            .resolutionAdopted(resolution()), .held(.init(meeting: Self.meeting, caseFile: Self.caseFile)),
        ]
    }

    private func resolution(
        _ id: UInt64 = 9, condition: ResolutionCondition? = nil, items: [ItemID] = [item],
        lead: DepartmentCode = Fixture.fulian, coHandlers: [DepartmentCode] = [Fixture.gongan]
    ) -> JointMeetingEvent.ResolutionAdopted {
        .init(
            meeting: Self.meeting, caseFile: Self.caseFile, resolution: Fixture.id(id), condition: condition,
            actions: [
                ResolutionAction(
                    task: Fixture.task("mediate.support"), kind: .referral, items: items, lead: lead,
                    coHandlers: coHandlers)
            ])
    }

    private func department(_ code: DepartmentCode) throws -> Department {
        try #require(Fixture.rules.department(code))
    }

    @Test func `a judicial body is invited on paper and gets no feed entry`() throws {
        let command = JointMeetingCommand.convene(
            number: Self.number, meetsAt: nil, items: [Self.item],
            members: [try department(Fixture.fulian), try department(Fixture.fayuan)])
        let decided = try JointMeeting(replaying: [requested]).decide(command)
        #expect(decided.map(\.event.stored.kind) == [.convened, .agendaItemAdded, .memberInvited, .memberInvited])
        #expect(decided.map(\.disclosure.audience) == [[], [], [Fixture.fulian], []])
        expect(JointMeeting.self, given: convened, when: command, then: [])
    }

    @Test func `a meeting is asked for once`() {
        let request = JointMeetingEvent.Requested(
            meeting: Self.meeting, caseFile: Self.caseFile, kind: .jointMeeting, isUrgent: false)
        let urgent = JointMeetingEvent.Requested(
            meeting: Self.meeting, caseFile: Self.caseFile, kind: .jointMeeting, isUrgent: true)
        expect(JointMeeting.self, given: [requested], when: .request(request, sealed: []), then: [])
        expect(JointMeeting.self, given: [requested], when: .request(urgent, sealed: []), refuses: .alreadyRequested)
    }

    @Test func `asked for again it is the same meeting, unless it is about more or cannot wait`() throws {
        var story = try DoorStory.submitted()
        let paths = [story.living, story.relief].map { item in
            ItemPath(item: item, path: .jointMeeting, beyondPromise: true)
        }
        try story.send(CompleteTriage(items: paths))
        let first = RequestJointMeeting(items: [story.living])
        try story.send(first)
        #expect(try story.send(first, isRepeatable: false).isEmpty)
        #expect(try story.send(RequestJointMeeting()).map(\.type) == ["JointMeetingRequested"], "about more")
        #expect(try story.send(RequestJointMeeting(items: [story.relief])).isEmpty, "the second is about all")
        let urgent = try story.send(RequestJointMeeting(isUrgent: true, items: [story.relief]))
        #expect(urgent.map(\.type) == ["JointMeetingRequested"])
        #expect(try story.send(first).isEmpty)
    }

    @Test func `a meeting needs an agenda and somebody at the table`() throws {
        let fulian = try department(Fixture.fulian)
        expect(
            JointMeeting.self, given: [requested],
            when: .convene(number: Self.number, meetsAt: nil, items: [], members: [fulian]), refuses: .agendaEmpty)
        expect(
            JointMeeting.self, given: [requested],
            when: .convene(number: Self.number, meetsAt: nil, items: [Self.item], members: []),
            refuses: .membersMissing)
        expect(JointMeeting.self, given: convened, when: .hold(attachments: []), refuses: .nobodyAttended)
        expect(
            JointMeeting.self, given: convened, when: .adopt(resolution(), judicial: []), refuses: .nobodyAttended)
    }

    @Test func `only who was invited attends, and only who attends speaks`() {
        expect(
            JointMeeting.self, given: convened, when: .attend([Attendee(department: Fixture.sifa)]),
            refuses: .notInvited)
        let speak = JointMeetingCommand.recordOpinion(Fixture.fulian, item: Self.item, .supports, sealed: [])
        expect(JointMeeting.self, given: convened, when: speak, refuses: .notAttended)
        expect(
            JointMeeting.self, given: sitting,
            when: .recordOpinion(Fixture.fulian, item: Self.other, .supports, sealed: []), refuses: .notOnAgenda)
        let spoken = JointMeetingEvent.opinionRecorded(
            .init(
                meeting: Self.meeting, caseFile: Self.caseFile, department: Fixture.fulian, item: Self.item,
                stance: .supports))
        expect(JointMeeting.self, given: sitting, when: speak, then: [spoken])
        expect(JointMeeting.self, given: sitting + [spoken], when: speak, then: [])
        expect(
            JointMeeting.self, given: sitting + [spoken],
            when: .recordOpinion(Fixture.fulian, item: Self.item, .opposes, sealed: []), refuses: .opinionDiffers)
    }

    @Test func `a judicial body bears no action and an item gets one lead`() {
        expect(
            JointMeeting.self, given: sitting,
            when: .adopt(resolution(lead: Fixture.fayuan), judicial: [Fixture.fayuan]), refuses: .judicialBearsNothing)
        expect(
            JointMeeting.self, given: sitting,
            when: .adopt(resolution(coHandlers: [Fixture.fayuan]), judicial: [Fixture.fayuan]),
            refuses: .judicialBearsNothing)
        expect(
            JointMeeting.self, given: sitting + [.resolutionAdopted(resolution())],
            when: .adopt(resolution(10, condition: .mediationFailed), judicial: []), refuses: .itemHasLead)
        expect(
            JointMeeting.self, given: sitting, when: .adopt(resolution(items: [Self.other]), judicial: []),
            refuses: .notOnAgenda)
        expect(
            JointMeeting.self, given: sitting + [.resolutionAdopted(resolution())],
            when: .adopt(resolution(11), judicial: []), then: [])
    }

    @Test func `an extract shows a body its own part only, and the court's goes on paper`() throws {
        let decided = try JointMeeting(replaying: held).decide(
            .circulateMinutes(judicial: [Fixture.fayuan], attachments: []))
        let extracts = decided.compactMap { decided -> JointMeetingEvent.MinutesCirculated? in
            if case .minutesCirculated(let extract) = decided.event { extract } else { nil }
        }
        #expect(extracts.map(\.department) == [Fixture.fulian, Fixture.fayuan, Fixture.gongan])
        #expect(extracts.map { $0.actions.map(\.role) } == [[.lead], [], [.coHandler]])
        #expect(decided.map(\.disclosure.audience) == [[Fixture.fulian], [], [Fixture.gongan]])
        expect(
            JointMeeting.self, given: sitting, when: .circulateMinutes(judicial: [], attachments: []),
            refuses: .notHeld)
    }

    @Test func `a body confirms its own extract, after it got it`() {
        let circulated =
            held + [
                .minutesCirculated(
                    .init(
                        meeting: Self.meeting, caseFile: Self.caseFile, department: Fixture.fulian, delivery: .feed,
                        actions: []))
            ]
        func confirm(by actor: DepartmentCode?) -> JointMeetingCommand {
            .confirmMinutes(of: Fixture.fulian, isSilent: actor == nil, by: actor)
        }
        expect(JointMeeting.self, given: held, when: confirm(by: nil), refuses: .notCirculated)
        expect(JointMeeting.self, given: circulated, when: confirm(by: Fixture.gongan), refuses: .notTheirs)
        let silence = JointMeetingEvent.minutesConfirmed(
            .init(meeting: Self.meeting, caseFile: Self.caseFile, department: Fixture.fulian, isSilent: true))
        expect(JointMeeting.self, given: circulated, when: confirm(by: nil), then: [silence])
        expect(JointMeeting.self, given: circulated + [silence], when: confirm(by: nil), then: [])
    }

    @Test func `what was held stays held`() throws {
        let fulian = try department(Fixture.fulian)
        expect(JointMeeting.self, given: held, when: .hold(attachments: []), then: [])
        expect(
            JointMeeting.self, given: held, when: .attend([Attendee(department: Fixture.fulian)]),
            refuses: .alreadyHeld)
        expect(
            JointMeeting.self, given: held,
            when: .convene(number: Self.number, meetsAt: nil, items: [Self.other], members: [fulian]),
            refuses: .alreadyHeld)
        expect(JointMeeting.self, given: [requested], when: .hold(attachments: []), refuses: .notConvened)
        expect(JointMeeting.self, when: .hold(attachments: []), refuses: .unknown)
    }

    @Test func `a condition is met once, by a result that shows it`() throws {
        expect(
            JointMeeting.self, given: held, when: .meetCondition(Fixture.id(9), evidence: nil),
            refuses: .resolutionHasNoCondition)
        expect(
            JointMeeting.self, given: held, when: .meetCondition(Fixture.id(99), evidence: nil),
            refuses: .noSuchResolution)
        var story = try DanyangStory.met()
        let friday = Fixture.morning("2023-08-18")
        #expect(throws: CaseFileRefusal.evidenceMissing.told) {
            try story.hub.send(MeetResolutionCondition(), to: .resolution(story.conditional), at: friday)
        }
        try story.dispatch()
        #expect(throws: CaseFileRefusal.evidenceDiffers.told) {
            try story.hub.send(
                MeetResolutionCondition(evidence: story.referrals[3]), to: .resolution(story.conditional), at: friday)
        }
    }
}
