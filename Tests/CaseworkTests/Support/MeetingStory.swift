import Casework
import EventSourcing
import RuleBook
import Testing

/// Several cases, each triaged to a meeting, and the office that brings them to one table.
struct MeetingStory {
    /// One case with two items and its request for a meeting.
    struct Party {
        let caseID: CaseID
        let items: [ItemID]
        let request: MeetingID

        var subject: Subject { .caseFile(caseID) }
    }

    var hub = TestHub()
    private(set) var parties: [Party] = []
    let day = Fixture.morning("2023-08-16")
    private var people: UInt64 = 700

    init(cases count: Int) throws {
        hub.checksRepeats = false
        for _ in 0..<count { parties.append(try open()) }
        hub.checksRepeats = true
    }

    /// A case of its own person, with a home and a mediation item on the way to a meeting.
    private mutating func open() throws -> Party {
        people += 1
        let person: PersonReference = Fixture.id(people)
        try hub.register(person, groups: [.identity, .contact])
        hub.checksRepeats = false
        let opened = try hub.send(
            SubmitApplication(
                applicant: person, channel: .station, town: Fixture.town,
                items: ["living.support", "family.mediation"].map { .init(policyItem: Fixture.item($0)) }),
            as: .station, at: Fixture.morning("2023-08-15"))
        let caseID: CaseID = DanyangStory.tag(opened, .caseFile)
        let items = opened.filter { $0.type == "ApplicationItemAdded" }.map { event -> ItemID in
            DanyangStory.tag([event], .item)
        }
        try hub.send(
            CompleteTriage(items: items.map { ItemPath(item: $0, path: .jointMeeting) }), to: .caseFile(caseID), at: day
        )
        let request: MeetingID = DanyangStory.tag(
            try hub.send(RequestJointMeeting(), to: .caseFile(caseID), at: day), .meeting)
        return Party(caseID: caseID, items: items, request: request)
    }

    func file(_ party: Int) -> CaseFile { hub.boundary().caseFile(parties[party].caseID) }

    /// A meeting as its own tag tells it.
    func meeting(_ id: MeetingID) -> JointMeeting {
        JointMeeting(
            replaying: hub.boundary().casework(tagged: .meeting(id)).compactMap { event -> JointMeetingEvent? in
                guard case .meeting(let event) = event else { return nil }
                return event
            })
    }

    @discardableResult
    mutating func office(
        _ command: some HubCommand, on meeting: MeetingID, at time: Instant? = nil,
        sealed: [(FieldGroup, PersonReference)] = []
    ) throws -> [RecordedEvent] {
        try hub.send(command, to: .meeting(meeting), as: .office, at: time ?? day, sealed: sealed)
    }

    /// The first case's meeting takes the second's request: the women's federation sits for both, the police for the
    /// first only, the schools for the second only, and the court for the first.
    mutating func convene() throws -> MeetingID {
        let table = parties[0].request
        try office(PlaceOnAgenda(agendaOf: table), on: parties[1].request)
        try office(ConveneJointMeeting(members: []), on: table)
        let seats: [(DepartmentCode, [ItemID])] = [
            (Fixture.fulian, parties[0].items + parties[1].items), (Fixture.gongan, parties[0].items),
            (Fixture.jiaoyu, parties[1].items), (Fixture.fayuan, parties[0].items),
        ]
        for (department, items) in seats {
            try office(InviteMember(department: department, items: items), on: table)
        }
        return table
    }

    /// The same with everybody there for what they were invited to.
    mutating func sit() throws -> MeetingID {
        let table = try convene()
        let bodies = [Fixture.fulian, Fixture.gongan, Fixture.jiaoyu, Fixture.fayuan]
        try office(RecordAttendance(attended: bodies.map { Attendee(department: $0) }), on: table)
        return table
    }

    /// The payloads of one kind, with who learns of each.
    func payloads(_ kind: JointMeetingEvent.Kind) throws -> [(event: JointMeetingEvent, audience: [DepartmentCode])] {
        try hub.boundary().entries.compactMap { entry in
            guard case .casework(.meeting(let event)) = entry.event, event.stored.kind == kind else { return nil }
            return (event, try entry.recorded.disclosure.audience)
        }
    }
}
