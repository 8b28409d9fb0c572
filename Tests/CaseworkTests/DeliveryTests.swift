import Casework
import EventSourcing
import RuleBook
import Testing

/// What was told and came back was not told (I-3).
@Suite struct DeliveryTests {
    private static let day = "2023-08-21"

    /// One item decided and notified by letter.
    private static func notified() throws -> DoorStory {
        var story = try DoorStory.submitted { $0.items = [.init(policyItem: Fixture.item("living.allowance"))] }
        let item = try #require(story.file.itemOrder.first)
        try story.send(CompleteTriage(items: [.init(item: item, path: .handleHere)]), day)
        try story.send(DecideItem(item: item, result: .granted, clause: "办法"), day)
        try story.send(NotifyDecision(item: item, means: .post), day)
        return story
    }

    private static func returned(_ item: ItemID? = nil) -> RecordDelivery {
        RecordDelivery(means: .post, item: item, outcome: .returned, evidence: .postalReceipt, reference: "XA 1")
    }

    @Test func `I-3: a reply that came back holds the exit until it was told another way`() throws {
        var story = try Self.notified()
        try story.send(TellApplicant(means: .post), Self.day)
        try story.send(ProposeExit(result: .helped), Self.day)
        try story.send(Self.returned(), Self.day)
        #expect(story.file.told == nil)
        #expect(
            story.refusal(of: ExitCase(), as: .approver, Self.day) == CaseFileRefusal.applicantNotTold.told)
        #expect(
            story.refusal(
                of: RecordDelivery(means: .post, outcome: .delivered, evidence: .postalReceipt), Self.day)
                == DeskRefusal.nothingTold.told, "what came back was not told, and the decision is another matter")
        #expect(try story.send(TellApplicant(means: .post), Self.day).map(\.type) == ["ApplicantTold"])
        #expect(try story.send(Self.returned(), Self.day).count == 1, "told again it may come back again")
        #expect(story.file.told == nil)
        try story.send(TellApplicant(means: .inPerson), Self.day)
        try story.send(RecordDelivery(means: .inPerson, outcome: .refused, evidence: .witnesses), Self.day)
        #expect(story.file.told != nil, "who refuses a letter before witnesses has been told")
        try story.send(ExitCase(), as: .approver, Self.day)
        #expect(story.file.stage == .exited)
    }

    @Test func `I-3: a decision that came back is notified again before anything is told or ended`() throws {
        var story = try Self.notified()
        let item = try #require(story.file.itemOrder.first)
        let recorded = try story.send(Self.returned(), Self.day)
        guard case .casework(.desk(.deliveryRecorded(let delivery))) = try HubEvent(recorded[0]) else {
            Issue.record("a delivery is recorded")
            return
        }
        #expect(delivery.items == [item], "before the reply it is about the decisions told them")
        #expect(story.refusal(of: TellApplicant(means: .post), Self.day) == CaseFileRefusal.decisionsNotNotified.told)
        let again = try story.send(NotifyDecision(item: item, means: .inPerson), Self.day)
        #expect(again.map(\.type) == ["DecisionNotified"])
        try story.send(TellApplicant(means: .inPerson), Self.day)
        try story.send(Self.returned(item), Self.day)
        #expect(story.file.told != nil, "the letter was the decision's, not the reply's")
        #expect(
            story.refusal(of: ProposeExit(result: .helped), Self.day) == CaseFileRefusal.decisionsNotNotified.told)
    }

    @Test func `delivery is recorded of what was told, to whom it was told`() throws {
        var story = try Self.notified()
        let item = try #require(story.file.itemOrder.first)
        let call = RecordDelivery(means: .telephone, outcome: .reached, evidence: .callRecord)
        var toWife = call
        toWife.recipient = story.wife
        #expect(story.refusal(of: toWife, Self.day) == DeskRefusal.nothingTold.told)
        var ofOther = call
        ofOther.item = Fixture.id(999)
        #expect(story.refusal(of: ofOther, Self.day) == DeskRefusal.nothingTold.told)
        try story.send(call, Self.day)
        try story.send(TellApplicant(means: .telephone), Self.day)
        try story.send(RecordDelivery(means: .post, item: item, outcome: .delivered, evidence: .signature), Self.day)
        #expect(story.refusal(of: toWife, Self.day) == DeskRefusal.nothingTold.told)
    }
}
