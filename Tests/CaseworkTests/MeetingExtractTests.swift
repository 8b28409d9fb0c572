import Casework
import EventSourcing
import HubTesting
import RuleBook
import Testing

/// An extract is tested like a slice: what a body gets is within what it attended and has to do.
@Suite struct MeetingExtractTests {
    @Test func `an extract of several cases tells a body of its own cases only`() throws {
        var story = try MeetingStory(cases: 2)
        let table = try story.sit()
        try story.office(
            AdoptResolution(
                actions: [.init(task: Fixture.task("living.support"), items: [story.parties[0].items[0]])]), on: table)
        try story.office(HoldJointMeeting(), on: table)
        #expect(throws: JointMeetingRefusal.attachmentForAll.told) {
            try story.office(CirculateMinutes(attachments: [Fixture.attachment("b")]), on: table)
        }
        try story.office(CirculateMinutes(), on: table)
        let extracts = try story.payloads(.minutesCirculated)
        let first = story.parties[0].caseID
        for (event, audience) in extracts {
            guard case .minutesCirculated(let extract) = event else { continue }
            if extract.department == Fixture.fayuan {
                #expect(audience == [] && extract.delivery == .paper)
            } else {
                #expect(audience == [extract.department])
            }
            let told = Set(extract.cases ?? [extract.caseFile])
            switch extract.department {
            case Fixture.jiaoyu: #expect(told == [story.parties[1].caseID])
            case Fixture.gongan, Fixture.minzheng, Fixture.fayuan: #expect(told == [first])
            default: #expect(told.count == 2)
            }
        }
        // Civil affairs was not at the table: it gets its own action and no agenda.
        let acting = extracts.compactMap { pair -> JointMeetingEvent.MinutesCirculated? in
            guard case .minutesCirculated(let extract) = pair.event else { return nil }
            return extract.department == Fixture.minzheng ? extract : nil
        }
        #expect(acting.map(\.items) == [nil] && acting.first?.actions.map(\.role) == [.lead])
    }

    @Test func `of any meeting, every extract is within its body's grant and attendance adds up`() throws {
        var chance = SeededGenerator.printed()
        for round in 0..<12 {
            var story = try MeetingStory(cases: 1 + Int.random(in: 1...3, using: &chance))
            let table = try play(&story, &chance)
            let meeting = story.meeting(table)
            try check(story, meeting, "seed \(chance.seed), round \(round)")
        }
    }

    /// Everybody invited to some items, present for some of those, resolutions on some cases, minutes out.
    private func play(_ story: inout MeetingStory, _ chance: inout SeededGenerator) throws -> MeetingID {
        let table = story.parties[0].request
        for party in story.parties.dropFirst() {
            try story.office(PlaceOnAgenda(agendaOf: table), on: party.request)
        }
        try story.office(ConveneJointMeeting(members: []), on: table)
        let items = story.parties.flatMap(\.items)
        let bodies = [Fixture.gongan, Fixture.sifa, Fixture.jiaoyu, Fixture.fayuan, Fixture.jijinhui]
        for body in bodies {
            let some = items.filter { _ in Bool.random(using: &chance) }
            guard !some.isEmpty else { continue }
            try story.office(InviteMember(department: body, items: some), on: table)
            let there = some.filter { _ in Bool.random(using: &chance) }
            guard !there.isEmpty else { continue }
            try story.office(RecordAttendance(attended: [Attendee(department: body, items: there)]), on: table)
        }
        // The women's federation comes for everything, so that the meeting can be held.
        try story.office(InviteMember(department: Fixture.fulian, items: items), on: table)
        try story.office(RecordAttendance(attended: [Attendee(department: Fixture.fulian)]), on: table)
        for party in story.parties where Bool.random(using: &chance) {
            let body = [Fixture.gongan, Fixture.sifa, Fixture.jijinhui].randomElement(using: &chance) ?? Fixture.sifa
            try story.office(
                AdoptResolution(
                    condition: Bool.random(using: &chance) ? .consentGiven : nil,
                    actions: [.init(task: Fixture.task("living.support"), items: [party.items[0]])],
                    assignments: [.init(department: body, kind: .coordinate)], caseFile: party.caseID), on: table)
        }
        try story.office(HoldJointMeeting(), on: table)
        try story.office(CirculateMinutes(), on: table)
        return table
    }

    private func check(_ story: MeetingStory, _ meeting: JointMeeting, _ place: Comment) throws {
        // Present at an item means invited to it, and the sum over bodies is the sum over items.
        for member in meeting.members {
            #expect(Set(member.attended).isSubset(of: member.invited), place)
            #expect(Set(member.attended).count == member.attended.count, place)
        }
        let byBody = meeting.members.map(\.attended.count).reduce(0, +)
        let byItem = meeting.agenda.map { entry in meeting.members.count { $0.attended.contains(entry.item) } }
        #expect(byBody == byItem.reduce(0, +) && byItem.allSatisfy { $0 > 0 }, place)
        let bodiesOfCases = story.parties.enumerated().map { index, _ in story.file(index) }
        #expect(bodiesOfCases.allSatisfy { $0.meetings.values.contains(where: \.isHeld) }, place)
        for (event, audience) in try story.payloads(.minutesCirculated) {
            guard case .minutesCirculated(let extract) = event else { continue }
            let body = extract.department
            let member = meeting.members.first { $0.department == body }
            let own = meeting.resolutions.values.map(\.adopted).filter { resolution in
                resolution.actions.contains { $0.lead == body || $0.coHandlers.contains(body) }
                    || (resolution.assignments ?? []).contains { $0.department == body }
            }
            let mayKnow = Set(
                meeting.agenda.filter { member?.invited.contains($0.item) == true }.map(\.caseFile)
                    + own.map(\.caseFile))
            #expect(audience == (body == Fixture.fayuan ? [] : [body]), place)
            #expect(Set(extract.cases ?? [extract.caseFile]) == mayKnow, place)
            #expect(Set(extract.items ?? []) == Set(member?.attended ?? []), place)
            let told = Set(extract.actions.map(\.resolution) + (extract.assignments ?? []).map(\.resolution))
            #expect(told == Set(own.map(\.resolution)), place)
        }
    }
}
