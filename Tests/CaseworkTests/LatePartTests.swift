import Casework
import EventSourcing
import RuleBook
import Testing

/// What is sealed after a department signed for its slice reaches it, within the same grant and never beyond it (I-19).
@Suite struct LatePartTests {
    /// R1 to R5 dispatched; the women's federation is at work on R4 before the husband is found.
    private static func mediating() throws -> DanyangStory {
        var story = try DanyangStory.met()
        try story.dispatch()
        try story.take(3, by: Fixture.gongan, post: "gongan/household", "2023-08-21")
        try story.act(ReceiveReferral(), on: 3, by: Fixture.fulian, "2023-08-21")
        try story.act(SubmitCoResult(outcome: .assisted), on: 3, by: Fixture.fulian, "2023-08-22")
        try story.take(4, by: Fixture.fulian, post: "fulian/rights", "2023-08-21")
        return story
    }

    private static func find(_ story: inout DanyangStory) throws -> [RecordedEvent] {
        try story.act(
            CompleteReferral(outcome: .contacted), on: 3, by: Fixture.gongan, "2023-08-23",
            sealed: [(.traceOutcome, story.husband)])
    }

    private static func releases(_ events: [RecordedEvent]) throws -> [ReferralEvent.SliceReleased] {
        try events.compactMap { event in
            guard case .casework(.referral(.sliceReleased(let released))) = try HubEvent(event) else { return nil }
            return released
        }
    }

    @Test func `the federation is told that the husband was found, by one release of that part alone`() throws {
        var story = try Self.mediating()
        let done = try Self.find(&story)
        #expect(done.map(\.type) == ["ReferralCompleted", "SliceReleased"])
        let release = try #require(try Self.releases(done).first)
        #expect(release.referral == story.referrals[3] && release.department == Fixture.fulian)
        #expect(release.parts.map(\.group) == [.traceOutcome] && release.parts.map(\.person) == [story.husband])
        #expect(release.parts.map(\.event) == [done[0].eventID] && release.parts.map(\.section) == [1])
        let told = try done[1].disclosure.groups
        #expect(
            told == [Fixture.fulian: [DisclosedGroup(.reference), DisclosedGroup(.traceOutcome, of: story.husband)]])
        #expect(done[0].tags.contains(.person(story.husband)), "the part is found by the person's tag")
    }

    @Test func `nothing is released twice, nothing outside the task, and nothing back to who wrote it`() throws {
        var story = try Self.mediating()
        _ = try Self.find(&story)
        // Capability is in no grant of the federation or the police; conflict is in both, and the federation wrote it.
        let progress = try story.act(
            ReportProgress(stage: .contactMade), on: 4, by: Fixture.fulian, "2023-08-24",
            sealed: [(.capability, story.woman), (.familyConflict, story.woman)])
        #expect(try Self.releases(progress).isEmpty, "the police have not signed for R4")
        try story.act(ReceiveReferral(), on: 4, by: Fixture.gongan, "2023-08-24")
        let more = try story.act(
            ReportProgress(stage: .contactMade, nextPromise: Fixture.day("2023-08-31")), on: 4, by: Fixture.fulian,
            "2023-08-25", sealed: [(.capability, story.woman), (.familyConflict, story.woman)])
        let releases = try Self.releases(more)
        #expect(releases.map(\.department) == [Fixture.gongan])
        #expect(releases.flatMap(\.parts).map(\.group) == [.familyConflict])
        for event in story.hub.events {
            for (department, groups) in try event.disclosure.groups {
                let granted = story.file.referrals.values.flatMap { $0.grants[department] ?? [] }
                #expect(groups.allSatisfy { $0.person == nil || granted.contains($0) }, "\(event.type)")
            }
        }
    }

    @Test func `new details of a person reach whoever was granted them and works on`() throws {
        var story = try DanyangStory.met()
        try story.dispatch()
        try story.take(1, by: Fixture.minzheng, post: "minzheng/relief", "2023-08-21")
        let renewed = try story.hub.send(
            RecordPersonDetails(), to: .person(story.woman), as: .station, at: Fixture.morning("2023-08-22"),
            sealed: [(.contact, story.woman)], isRepeatable: false)
        let releases = try Self.releases(renewed)
        #expect(releases.map(\.department) == [Fixture.minzheng], "R4 withholds the contact, the others have no grant")
        #expect(releases.flatMap(\.parts).map(\.group) == [.contact])
        #expect(renewed.last?.tags.contains(.caseFile(story.caseID)) == true)
    }

    @Test func `T05, T08: a department whose remit is disputed gets nothing meanwhile, and what it missed afterwards`()
        throws
    {
        var story = try DanyangStory.met()
        try story.dispatch()
        try story.act(ReceiveReferral(), on: 1, by: Fixture.minzheng, "2023-08-21")
        let head = TestHub.Sender.head
        try story.hub.send(
            RequestReturn(reason: .notOurDuty, clause: "办法"), to: .referral(story.referrals[0]), as: head,
            at: Fixture.morning("2023-08-21"))
        let visited = try story.hub.send(
            CompleteVisit(purpose: .verification, visitors: 2), to: story.theCase, as: .station,
            at: Fixture.morning("2023-08-22"), sealed: [(.health, story.woman)], isRepeatable: false)
        #expect(try Self.releases(visited).isEmpty)
        let refused = try story.hub.send(
            RefuseReturn(clause: "办法"), to: .referral(story.referrals[0]), at: Fixture.morning("2023-08-22"))
        let releases = try Self.releases(refused)
        #expect(releases.map(\.department) == [Fixture.minzheng])
        let visit = try #require(visited.first)
        #expect(releases.flatMap(\.parts).map(\.event) == [visit.eventID])
    }

    @Test func `a department that has finished is told nothing more`() throws {
        var story = try Self.mediating()
        try story.act(ReceiveReferral(), on: 4, by: Fixture.gongan, "2023-08-21")
        try story.act(SubmitCoResult(outcome: .assisted), on: 4, by: Fixture.gongan, "2023-08-22")
        let progress = try story.act(
            ReportProgress(stage: .contactMade), on: 4, by: Fixture.fulian, "2023-08-24",
            sealed: [(.familyConflict, story.woman)])
        #expect(try Self.releases(progress).isEmpty)
    }
}
