import CaseViews
import Casework
import Deadlines
import EventSourcing
import RuleBook
import Testing
import ViewTesting
import WorkingCalendar

/// Clocks of referrals and offers (`RULINGS.md` §1).
@Suite struct ReferralDeadlineTests {
    private var story: Story
    private var file: CaseInStory

    init() throws {
        story = try danyang()
        story.day("2023-08-15")
        file = try story.apply("DY23-00001")
        story.day("2023-08-18")
    }

    @Test mutating func `a dispatch starts receipt, remit and handling, all owned by the lead`() throws {
        try story.dispatch(&file, to: "gongan", co: ["fulian"])
        let folded = try Folded(story, file)
        #expect(try folded.due("referral.receive") == "2023-08-21")
        #expect(try folded.due("referral.remit") == "2023-08-22")
        #expect(try folded.due("referral.handle") == "2023-09-01")
        for rule in ["referral.receive", "referral.remit", "referral.handle"] {
            #expect(try folded.only(rule).owner?.description == "gongan")
            #expect(try folded.only(rule).subjectNumber?.description == "DY23-00001-R1")
        }
        #expect(folded.runs("offer.answer").isEmpty)
    }

    @Test mutating func `a co-handler's receipt does not stop the lead's`() throws {
        let referral = try story.dispatch(&file, to: "gongan", co: ["fulian"])
        try story.receive(file, referral, by: "fulian")
        #expect(try Folded(story, file).only("referral.receive").isOpen)
        try story.receive(file, referral, by: "gongan")
        #expect(try Folded(story, file).only("referral.receive").isStopped)
        #expect(try Folded(story, file).only("referral.remit").isOpen)
    }

    @Test mutating func `a request for return stops receipt and remit, and handling runs on`() throws {
        let referral = try story.dispatch(&file, to: "gongan")
        try story.requestReturn(file, referral, by: "gongan")
        let folded = try Folded(story, file)
        #expect(try folded.only("referral.receive").isStopped)
        #expect(try folded.only("referral.remit").isStopped)
        #expect(try folded.only("referral.handle").isOpen)
        #expect(try folded.due("return.ruling") == "2023-08-21")
        #expect(try folded.only("return.ruling").owner == nil)
    }

    @Test mutating func `what the law forbids goes to the meeting, which has five days`() throws {
        let referral = try story.dispatch(&file, to: "gongan")
        try story.requestReturn(file, referral, by: "gongan", .lawForbids)
        #expect(try Folded(story, file).due("return.ruling") == "2023-08-25")
    }

    @Test mutating func `an approved return is ruled on only with its successor dispatched`() throws {
        let referral = try story.dispatch(&file, to: "gongan")
        try story.requestReturn(file, referral, by: "gongan")
        try story.approveReturn(file, referral, of: "gongan")
        var folded = try Folded(story, file)
        #expect(try folded.only("return.ruling").isOpen)
        #expect(try folded.only("referral.handle").isCancelled)
        try story.dispatch(&file, to: "minzheng")
        #expect(try Folded(story, file).only("return.ruling").isOpen, "another referral is no successor")
        story.day("2023-08-21")
        try story.dispatch(&file, to: "fulian", predecessor: referral)
        folded = try Folded(story, file)
        #expect(try folded.only("return.ruling").state(at: story.now) == .met)
        // T09: the successor has its own full limit from its own dispatch.
        #expect(folded.runs("referral.handle").last?.dueDay?.description == "2023-09-04")
    }

    @Test mutating func `a completion is checked within two days and ends the handling`() throws {
        let referral = try story.dispatch(&file, to: "jiaoyu")
        try story.receive(file, referral, by: "jiaoyu")
        try story.accept(file, referral, by: "jiaoyu")
        story.day("2023-08-25")
        try story.complete(file, referral, by: "jiaoyu")
        var folded = try Folded(story, file)
        #expect(try folded.only("referral.handle").state(at: story.now) == .met)
        #expect(try folded.due("completion.check") == "2023-08-29")
        try story.acceptCompletion(file, referral, of: "jiaoyu")
        folded = try Folded(story, file)
        #expect(try folded.only("completion.check").isStopped)
        #expect(folded.replay.deadlines.filter { $0.id.scope.kind == .referral }.allSatisfy { !$0.isOpen })
    }

    @Test mutating func `a completion after the due day is met late`() throws {
        let referral = try story.dispatch(&file, to: "jiaoyu", limit: .workingDays(1))
        story.day("2023-08-22")
        try story.complete(file, referral, by: "jiaoyu")
        #expect(try Folded(story, file).only("referral.handle").state(at: story.now) == .metLate)
    }

    @Test mutating func `an offer starts nothing but the wait for its answer`() throws {
        let offer = try story.dispatch(&file, to: "jijinhui", offer: true)
        let folded = try Folded(story, file)
        #expect(
            folded.replay.deadlines.filter { $0.id.scope == .referral(offer) }.map(\.id.rule.description) == [
                "offer.answer"
            ])
        #expect(try folded.due("offer.answer") == "2023-08-23")
        try story.accept(file, offer, by: "jijinhui")
        #expect(try Folded(story, file).only("offer.answer").isStopped)
    }

    @Test mutating func `a declined offer is answered`() throws {
        let offer = try story.dispatch(&file, to: "jijinhui", offer: true)
        try story.record(
            .declined(
                ReferralEvent.Declined(
                    referral: offer, caseFile: file.id, department: try known("jijinhui"), reason: .noCapacity)),
            by: "jijinhui")
        #expect(try Folded(story, file).only("offer.answer").isStopped)
    }

    @Test mutating func `a court's wait pauses the handling and never the promise to the citizen`() throws {
        let referral = try story.dispatch(&file, to: "sifa")
        story.day("2023-08-21")
        let pause = DeadlineEvent.Paused(
            caseFile: file.id, rule: try known("referral.handle"), instance: .referral(referral), reason: .court,
            expectedUntil: try known("2023-08-30"), basis: "filed")
        try story.record(.casework(.deadline(.paused(pause))))
        let paused = try Folded(story, file)
        #expect(try paused.only("referral.handle").state(at: story.now) == .paused)
        #expect(try paused.only("case.exit").dueDay?.description == "2023-09-12")
        story.day("2023-08-24")
        try story.record(
            .casework(
                .deadline(
                    .resumed(
                        DeadlineEvent.Resumed(
                            caseFile: file.id, rule: try known("referral.handle"), instance: .referral(referral))))))
        // 22, 23 and 24 August are taken out: three working days more than 1 September.
        #expect(try Folded(story, file).due("referral.handle") == "2023-09-06")
        try story.record(
            .casework(
                .deadline(
                    .extended(
                        DeadlineEvent.Extended(
                            caseFile: file.id, rule: try known("referral.handle"), instance: .referral(referral),
                            granted: .add(2), basis: "head")))))
        #expect(try Folded(story, file).due("referral.handle") == "2023-09-08")
    }
}
