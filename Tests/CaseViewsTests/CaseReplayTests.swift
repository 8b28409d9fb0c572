import CaseViews
import Casework
import Deadlines
import EventSourcing
import HubTesting
import RuleBook
import Testing
import ViewTesting
import WorkingCalendar

/// A case as it was known at an instant, in recorded time.
@Suite struct CaseReplayTests {
    @Test func `a replay knows what was recorded by then and nothing later`() throws {
        var story = try danyang()
        story.day("2023-08-14")
        let request = try story.reportRequest("DY23-Q00001")
        story.day("2023-08-15")
        var file = try story.apply("DY23-00001", request: request)
        story.day("2023-08-18")
        let referral = try story.dispatch(&file, to: "gongan", co: ["fulian"])
        story.day("2023-08-21")
        try story.receive(file, referral, by: "gongan")

        let before = try #require(CaseReplay.instant(asOf: "2023-08-18"))
        let replay = try #require(try CaseReplay(of: file.id, events: story.events, asOf: before))
        #expect(replay.row.referrals.map(\.state) == [.dispatched])
        #expect(replay.timeline.last?.eventType == "CoHandlerInvited")
        let receive = try #require(replay.deadlines.first { $0.id.rule.description == "referral.receive" })
        #expect(receive.state(at: replay.asOf) == .dueSoon)
        let told = Dictionary(uniqueKeysWithValues: replay.knowledge.map { ($0.department.description, $0.told) })
        #expect(told["gongan"]?.map(\.eventType) == ["ReferralDispatched"])
        #expect(told["fulian"]?.map(\.eventType) == ["CoHandlerInvited"])
        #expect(told["jijinhui"]?.map(\.eventType) == ["HelpRequestRecorded"])
        #expect(told["fayuan"]?.isEmpty == true)

        let after = try #require(try CaseReplay(of: file.id, events: story.events, asOf: story.now))
        #expect(after.row.referrals.map(\.state) == [.received])
        #expect(after.knowledge.first { $0.department.description == "gongan" }?.told.count == 2)
    }

    @Test func `a case not yet opened cannot be replayed`() throws {
        var story = try danyang()
        story.day("2023-08-15")
        let file = try story.apply("DY23-00001")
        let before = try #require(CaseReplay.instant(asOf: "2023-08-14"))
        #expect(try CaseReplay(of: file.id, events: story.events, asOf: before) == nil)
    }

    @Test func `a bare date means before the end of that day in China`() {
        #expect(CaseReplay.instant(asOf: "2023-10-24")?.description == "2023-10-24T15:59:59.999Z")
        #expect(CaseReplay.instant(asOf: "2023-10-24T09:00:00+08:00")?.description == "2023-10-24T01:00:00.000Z")
        #expect(CaseReplay.instant(asOf: "24.10.2023") == nil)
    }

    @Test func `the referral row follows receipt, acceptance, return and its refusal`() throws {
        var story = try danyang()
        story.day("2023-08-15")
        var file = try story.apply("DY23-00001")
        let referral = try story.dispatch(&file, to: "gongan")
        try story.receive(file, referral, by: "gongan")
        try story.requestReturn(file, referral, by: "gongan")
        #expect(try Folded(story, file).replay.row.referrals.map(\.state) == [.returnRequested])
        try story.record(
            .returnRefused(
                ReferralEvent.ReturnRefused(
                    referral: referral, caseFile: file.id, department: try known("gongan"), clause: "art. 2")),
            by: "gongan")
        #expect(try Folded(story, file).replay.row.referrals.map(\.state) == [.received])
        #expect(try Folded(story, file).only("return.ruling").isStopped)
    }

    @Test func `a summary is in both languages and holds no reference to a person`() throws {
        var chance = SeededGenerator.printed()
        var story = Story(at: Instant(milliseconds: 0), seed: chance.next())
        story.day("2023-08-14", hour: 8)
        try story.layDownRules()
        let files = try story.wander(cases: 3, steps: 200)
        for file in files {
            let folded = try Folded(story, file)
            for row in folded.replay.timeline {
                #expect(!row.summary.chinese.isEmpty && !row.summary.english.isEmpty)
                for person in folded.replay.row.people {
                    #expect(!row.summary.chinese.contains(person.description))
                    #expect(!row.summary.english.contains(person.description))
                }
            }
        }
    }
}
