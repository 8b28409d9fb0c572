import CaseViews
import Casework
import Deadlines
import EventSourcing
import RuleBook
import Testing
import ViewTesting
import WorkingCalendar

/// A corrected record is shown as it should have been, and what was written stays to be read.
@Suite struct CorrectionViewTests {
    private var story: Story
    private var file: CaseInStory

    init() throws {
        story = try danyang()
        story.day("2023-08-15")
        file = try story.apply("DY23-00001")
    }

    private mutating func correct(_ original: RecordedEvent, _ field: String, _ value: String) throws {
        try story.record(
            .casework(
                .review(
                    .corrected(
                        .init(
                            caseFile: file.id, correction: story.id(), event: original.eventID, field: field,
                            value: try known(value))))))
    }

    @Test mutating func `a corrected decision is shown, and the original in corrections, timeline and earlier replays`()
        throws
    {
        try story.decide(file, file.items[0])
        let decided = try #require(story.events.last { $0.type == "ItemDecided" })
        let before = story.now
        story.day("2023-08-16")
        try correct(decided, "result", "refused")
        let replay = try Folded(story, file).replay
        #expect(replay.row.items[0].outcome == .refused)
        #expect(replay.row.corrections.map(\.original) == ["granted"])
        #expect(replay.row.corrections.map(\.value) == ["refused"])
        #expect(replay.row.corrections.map(\.event) == [decided.eventID])
        let words = replay.timeline.map(\.eventType)
        #expect(words.contains("ItemDecided") && words.contains("RecordCorrected"), "the original line stays")
        let earlier = try #require(try CaseReplay(of: file.id, events: story.events, asOf: before))
        #expect(earlier.row.items[0].outcome == .granted && earlier.row.corrections.isEmpty)
    }

    @Test mutating func `a correction of what has been replaced changes nothing that is shown`() throws {
        let referral = try story.dispatch(&file, to: "jiaoyu")
        try story.receive(file, referral, by: "jiaoyu")
        try story.complete(file, referral, by: "jiaoyu")
        let completed = try #require(story.events.last { $0.type == "ReferralCompleted" })
        try story.record(
            .returnedForRework(
                .init(
                    referral: referral, caseFile: file.id, department: try known("jiaoyu"), kind: .referral,
                    reason: .incomplete, cycle: 2, limit: .workingDays(5))), by: "jiaoyu")
        try correct(completed, "outcome", "assisted")
        let row = try Folded(story, file).replay.row
        #expect(row.referrals[0].outcome == nil, "the new cycle has no result yet")
        #expect(row.corrections.map(\.original) == ["granted"], "but the correction is on record")
    }

    @Test mutating func `a town and an item corrected are where the case is found`() throws {
        let opened = try #require(story.events.first { $0.type == "CaseOpened" })
        let added = try #require(story.events.first { $0.type == "ApplicationItemAdded" })
        try correct(opened, "town", "yunyang")
        try correct(added, "policyItem", "legal.aid")
        let row = try Folded(story, file).replay.row
        #expect(row.town?.description == "yunyang" && row.items[0].policyItem.description == "legal.aid")
        try correct(opened, "channel", "station")
        #expect(try Folded(story, file).replay.row.corrections.last?.original == nil, "of this the row shows nothing")
    }

    @Test
    mutating func `what a referral, a follow-up and the desk show follows its correction, the original beside it`()
        throws
    {
        let referral = try story.dispatch(&file, to: "jiaoyu")
        try story.receive(file, referral, by: "jiaoyu")
        try story.record(
            .accepted(
                .init(
                    referral: referral, caseFile: file.id, department: try known("jiaoyu"),
                    handlingPost: try known("jiaoyu/aid"), nextPromise: try known("2023-08-28"))), by: "jiaoyu")
        func last(_ type: String) throws -> RecordedEvent { try #require(story.events.last { $0.type == type }) }
        let accepted = try last("ReferralAccepted")
        try correct(accepted, "handlingPost", "jiaoyu/office")
        try correct(accepted, "nextPromise", "2023-08-29")
        try correct(try last("ReferralDispatched"), "town", "yunyang")
        let followUp = try story.openFollowUp(file, with: "sifa")
        try correct(try last("FollowUpOpened"), "kind", "serviceBegun")
        let row = try Folded(story, file).replay.row
        #expect(row.referrals[0].handlingPost?.description == "jiaoyu/office")
        #expect(row.referrals[0].promises.map(\.due.description) == ["2023-08-29"])
        #expect(row.referrals[0].town.description == "yunyang")
        #expect(row.followUps.first { $0.id == followUp }?.kind == .serviceBegun)
        #expect(row.corrections.count == 4 && row.corrections.allSatisfy { $0.original != nil })
        try correct(accepted, "nextPromise", "2023-08-30")
        #expect(
            try Folded(story, file).replay.row.referrals[0].promises.map(\.due.description) == ["2023-08-30"],
            "a correction may be corrected")
    }

    @Test mutating func `whether a minor is concerned follows the records that say so`() throws {
        let opened = try #require(story.events.first { $0.type == "CaseOpened" })
        #expect(try Folded(story, file).replay.row.concernsMinor == true)
        try correct(opened, "concernsMinor", "false")
        let row = try Folded(story, file).replay.row
        let added = story.events.filter { $0.type == "ApplicationItemAdded" }
        let isSaidElsewhere = try added.contains { try ReadEvent($0).data["concernsMinor"] == .bool(true) }
        #expect((row.concernsMinor == true) == isSaidElsewhere)
        try correct(opened, "concernsMinor", "true")
        #expect(try Folded(story, file).replay.row.concernsMinor == true)
    }

    @Test(arguments: CorrectedField.allCases)
    func `every field that can be corrected is a property of its event's type`(field: CorrectedField) throws {
        let kind = try #require(HubEvent.Kind(rawValue: field.eventType), "\(field.rawValue)")
        #expect(HubEvent.fieldGroups(of: kind)[field.property] != nil, "\(field.rawValue)")
    }
}
