import Casework
import EventSourcing
import FoundationEssentials
import Registry
import RuleBook
import Testing

/// The door: IN-1 to IN-20, EM-1, deliverable "Intake".
@Suite struct AcceptanceTests {
    private func paper(_ text: String) -> PaperCode {
        guard let code = PaperCode(text) else { preconditionFailure("\(text) is a paper") }
        return code
    }

    @Test(arguments: [
        RequestChannel.centre, .station, .villagePoint, .hotline, .online, .phone, .miniProgram, .qrCode, .outreach,
        .department, .socialOrganisation, .dataComparison,
    ]) func `IN-2, IN-8, IN-18, IN-19: every channel leads through the same door`(channel: RequestChannel) throws {
        let story = try DoorStory.submitted { $0.channel = channel }
        #expect(story.file.application?.channel == channel)
        #expect(story.file.itemOrder.count == 3, "IN-4: several things at once, in one case")
    }

    @Test func `a village point registers and issues a receipt that no two cases share`() throws {
        let story = try DoorStory.submitted()
        let receipt = try #require(story.file.application?.receipt)
        #expect(ReceiptCode(receipt.description) == receipt)
        let next = try DoorStory.submitted { $0.town = Fixture.town }
        #expect(next.file.application?.manner == .ownBehalf)
        #expect(ReceiptCode("7KQ3-M9TD") != nil && ReceiptCode("7KQ3M9TD") == nil && ReceiptCode("7KQI-M9TD") == nil)
    }

    @Test func `IN-8, IN-16: an agent needs a mandate, assistance needs none`() throws {
        let assisted = try DoorStory.submitted { $0.manner = .assisted }
        #expect(assisted.file.application?.manner == .assisted)
        let wife = assisted.wife
        let agent = try DoorStory.submitted {
            $0.agent = wife
            $0.mandate = .written
        }
        #expect(agent.file.application?.manner == .agent)
        #expect(throws: IntakeRefusal.mandateMissing.told) { try DoorStory.submitted { $0.agent = wife } }
        #expect(throws: IntakeRefusal.mannerDiffers.told) { try DoorStory.submitted { $0.manner = .agent } }
        #expect(throws: IntakeRefusal.mannerDiffers.told) { try DoorStory.submitted { $0.mandate = .written } }
    }

    @Test func `each item is accepted by itself, a department's by the receiving department`() throws {
        var story = try DoorStory.submitted()
        let jiaoyu = TestHub.Sender.of(Fixture.jiaoyu)
        #expect(
            story.refusal(of: AcceptApplication(item: story.living), as: jiaoyu) == IntakeRefusal.notTheirItem.told)
        try story.send(AcceptApplication(item: story.living))
        #expect(
            story.file.intake.acceptances[story.living] == .accepted(by: nil)
                && story.file.intake.acceptances[story.education] == nil)
        try story.send(CompleteTriage(items: [.init(item: story.education, path: .refer)]))
        #expect(
            story.refusal(of: AcceptApplication(item: story.education))
                == IntakeRefusal.receivingDepartmentAccepts.told)
        let accepted = try story.send(AcceptApplication(item: story.education, atHome: true), as: jiaoyu)
        #expect(try accepted.first?.disclosure.groups == [Fixture.jiaoyu: [DisclosedGroup(.reference)]])
        #expect(story.file.intake.acceptances[story.education] == .accepted(by: Fixture.jiaoyu))
        #expect(
            story.refusal(
                of: AcceptProvisionally(
                    item: story.living, missing: [paper("a")], followUpBy: Fixture.day("2023-08-20")))
                == IntakeRefusal.acceptedBefore.told)
    }

    @Test func `what is not accepted names the clause and where to go instead, and the item has ended`() throws {
        var story = try DoorStory.submitted()
        func decline(_ clause: String, _ instead: String) -> DeclineToAccept {
            DeclineToAccept(item: story.living, clause: clause, instead: instead, means: .inPerson)
        }
        #expect(story.refusal(of: decline("", "镇江市局")) == CaseFileRefusal.clauseMissing.told)
        #expect(story.refusal(of: decline("办法", " ")) == IntakeRefusal.insteadEmpty.told)
        #expect(try story.send(decline("办法 第三条", "镇江市社会救助中心")).map(\.type) == ["ApplicationNotAccepted"])
        let closed = IntakeRefusal.itemNotAccepted.told
        #expect(story.refusal(of: AcceptApplication(item: story.living)) == closed)
        #expect(story.refusal(of: CompleteTriage(items: [.init(item: story.living, path: .handleHere)])) == closed)
        #expect(story.refusal(of: DecideItem(item: story.living, result: .granted, clause: "办法")) == closed, "I-2")
        #expect(story.file.secondSignatureReasons.contains(.itemRefused))
        try story.send(AddItem(policyItem: Fixture.item("living.allowance")))
        #expect(story.file.itemOrder.count == 4)
    }

    @Test func `I-24: what has ended blocks no new need`() throws {
        var story = try DoorStory.submitted()
        let withdrawn = try story.send(WithdrawItem(item: story.relief, by: story.man, reason: .noNeed), as: .station)
        #expect(withdrawn.map(\.type) == ["ApplicationItemWithdrawn"])
        let added = try story.send(AddItem(policyItem: Fixture.item("temporary.relief")))
        #expect(added.map(\.type) == ["ApplicationItemAdded"])
    }

    @Test func `papers are asked for once and completely; a second time is a supervisor's, with a reason`() throws {
        var story = try DoorStory.submitted()
        let request = RequestSupplement(
            items: [story.relief], papers: [paper("id-card"), paper("proof")], means: .telephone)
        #expect(
            story.refusal(of: RequestSupplement(items: [story.relief], papers: [], means: .post))
                == IntakeRefusal.papersEmpty.told)
        #expect(
            story.refusal(of: RequestSupplement(items: [story.relief], papers: [paper("tax")], means: .post))
                == IntakeRefusal.paperNotAsked.told)
        #expect(story.refusal(of: RequestSupplement(items: [], papers: [], means: .post)) == IntakeRefusal.tooMany.told)
        try story.send(request)
        #expect(story.refusal(of: AcceptApplication(item: story.relief)) == IntakeRefusal.supplementOpen.told)
        let again = RequestSupplement(items: [story.living], papers: [paper("house")], means: .telephone)
        #expect(story.refusal(of: again) == IntakeRefusal.supplementOnce.told)
        #expect(story.refusal(of: again, as: .supervisor) == IntakeRefusal.supplementOnce.told)
        var reasoned = again
        reasoned.reason = .newFact
        #expect(try story.send(reasoned, as: .supervisor).map(\.type) == ["SupplementRequested"])
        let first = try story.send(ReceiveSupplement(items: [story.relief], papers: [paper("id-card")]))
        #expect(first.map(\.type) == ["SupplementReceived"])
        #expect(
            first.first.map { String(decoding: $0.data ?? .init(), as: UTF8.self).contains("\"complete\":false") }
                == true)
        #expect(
            story.refusal(of: ReceiveSupplement(items: [story.relief], papers: [paper("other")]))
                == IntakeRefusal.nothingMissing.told)
        try story.send(ReceiveSupplement(items: [story.relief], papers: [paper("proof")]))
        #expect(story.file.intake.missing[story.relief] == nil)
        #expect(try story.send(AcceptApplication(item: story.relief)).map(\.type) == ["ApplicationAccepted"])
    }

    @Test func `EM-1: acceptance with missing papers names them with a day, and a grant waits for them`() throws {
        var story = try DoorStory.submitted()
        let missing = [paper("proof")]
        #expect(
            story.refusal(
                of: AcceptProvisionally(item: story.relief, missing: missing, followUpBy: Fixture.day("2023-08-14")))
                == IntakeRefusal.followUpInThePast.told)
        let accepted = try story.send(
            AcceptProvisionally(item: story.relief, missing: missing, followUpBy: Fixture.day("2023-08-25")))
        #expect(accepted.map(\.type) == ["ApplicationProvisionallyAccepted"])
        try story.send(CompleteTriage(items: [.init(item: story.relief, path: .handleHere)]))
        #expect(
            story.refusal(of: DecideItem(item: story.relief, result: .granted, clause: "办法"))
                == IntakeRefusal.papersMissing.told)
        try story.send(ReceiveSupplement(items: [story.relief], papers: missing))
        try story.send(DecideItem(item: story.relief, result: .granted, clause: "办法"))
        #expect(story.refusal(of: AcceptApplication(item: story.relief)) == IntakeRefusal.itemClosed.told)
    }

    @Test func `an item ends by the wish of whom it is for, never a child's by a parent's`() throws {
        var story = try DoorStory.submitted()
        let withdraw = WithdrawItem(item: story.living, by: story.wife, reason: .noNeed)
        #expect(story.refusal(of: withdraw, as: .station) == IntakeRefusal.notTheirsToWithdraw.told)
        #expect(
            story.refusal(of: WithdrawItem(item: story.education, by: story.man, reason: .ownWish), as: .station)
                == IntakeRefusal.minorsItemStays.told)
        try story.send(WithdrawItem(item: story.living, by: story.man, reason: .noNeed), as: .station)
        #expect(story.file.items[story.living]?.stage.isTerminal == true)
        // A guardian who is no parent, is there and not in conflict, speaks for the child; a parent does not.
        let child = story.child
        func state(_ relation: Guardian.Relation, conflicted: Bool = false) throws {
            story.hub.checksRepeats = false
            try story.hub.send(
                StateGuardians(guardians: [Guardian(story.wife, relation, conflicted: conflicted)]),
                to: .person(child), as: .station, at: Fixture.morning(DoorStory.day))
            story.hub.checksRepeats = true
        }
        let byGuardian = WithdrawItem(item: story.education, by: story.wife, reason: .ownWish)
        try state(.parent)
        #expect(story.refusal(of: byGuardian, as: .station) == IntakeRefusal.minorsItemStays.told)
        try state(.grandparent, conflicted: true)
        #expect(story.refusal(of: byGuardian, as: .station) == IntakeRefusal.minorsItemStays.told)
        try state(.grandparent)
        try story.send(byGuardian, as: .station)
        #expect(story.file.items[story.education]?.stage.isTerminal == true)
        #expect(story.refusal(of: AcceptApplication(item: story.living)) == IntakeRefusal.itemWithdrawn.told)
    }

    @Test func `IN-15: one authorization serves every item, until it ends or is withdrawn`() throws {
        var story = try DoorStory.submitted()
        try story.send(
            GrantAuthorization(scope: [.economicCheck, .disclosureToVoluntary], validUntil: Fixture.day("2023-09-01")))
        let day = Fixture.day(DoorStory.day)
        #expect(story.file.isAuthorized(.economicCheck, by: story.man, on: day))
        #expect(!story.file.isAuthorized(.economicCheck, by: story.man, on: Fixture.day("2023-09-02")), "it expires")
        #expect(
            story.refusal(of: WithdrawAuthorization(scope: [.representation]), as: .station)
                == IntakeRefusal.notAuthorized.told)
        let withdrawn = try story.send(WithdrawAuthorization(scope: [.economicCheck]), as: .station)
        #expect(withdrawn.map(\.type) == ["AuthorizationWithdrawn"])
        #expect(!story.file.isAuthorized(.economicCheck, by: story.man, on: day))
        #expect(story.file.isAuthorized(.disclosureToVoluntary, by: story.man, on: day), "the rest holds")
        try story.send(GrantAuthorization(scope: [.economicCheck]))
        #expect(story.file.isAuthorized(.economicCheck, by: story.man, on: day), "and may be given anew")
    }

    @Test func `IN-20: items go to another hub with leave, wait for its answer, and the answer goes back`() throws {
        var story = try DoorStory.submitted()
        let other = try #require(HubCode("NJ"))
        let own = try #require(HubCode("DY"))
        let stranger = try #require(HubCode("SH"))
        let hand = HandToOtherHub(items: [story.living], hub: other)
        #expect(story.refusal(of: HandToOtherHub(items: [story.living], hub: own)) == IntakeRefusal.ownHub.told)
        #expect(story.refusal(of: hand) == IntakeRefusal.notAuthorized.told)
        try story.send(GrantAuthorization(scope: [.disclosureToHub]))
        try story.send(hand)
        try story.send(CompleteTriage(items: [.init(item: story.living, path: .handleHere)]))
        let decide = DecideItem(item: story.living, result: .alreadyCovered, clause: "办法")
        #expect(story.refusal(of: decide) == IntakeRefusal.withOtherHub.told)
        #expect(
            story.refusal(of: RecordHubAnswer(hub: stranger, answer: .settled))
                == IntakeRefusal.notWithThatHub.told)
        try story.send(RecordHubAnswer(hub: other, answer: .settled))
        try story.send(decide)
        #expect(story.refusal(of: AnswerOtherHub(answer: .settled)) == IntakeRefusal.notFromAHub.told)

        #expect(throws: IntakeRefusal.hubMissing.told) { try DoorStory.submitted { $0.channel = .otherHub } }
        var inbound = try DoorStory.submitted {
            $0.channel = .otherHub
            $0.fromHub = other
        }
        #expect(throws: IntakeRefusal.hubNotAnswered.told) { try inbound.exit() }
        try inbound.send(AnswerOtherHub(answer: .settled), "2023-08-21")
        #expect(
            inbound.refusal(of: AnswerOtherHub(answer: .refused), "2023-08-21") == IntakeRefusal.answeredBefore.told)
        try inbound.exit()
        #expect(inbound.file.stage == .exited)
        let types = Set((story.hub.events + inbound.hub.events).map(\.type))
        #expect(types.isSuperset(of: ["CaseHandedToHub", "HubAnswerReceived", "HubAnswerSent"]))
    }

    @Test func `an item that is with another hub holds the reply and the exit`() throws {
        var story = try DoorStory.submitted { $0.items = [] }
        try story.send(AddItem(policyItem: Fixture.item("living.allowance")))
        try story.send(GrantAuthorization(scope: [.disclosureToHub]))
        let item = try #require(story.file.itemOrder.first)
        try story.send(HandToOtherHub(items: [item], hub: try #require(HubCode("NJ"))))
        #expect(
            story.refusal(of: WithdrawItem(item: item, by: story.man, reason: .noNeed), as: .station)
                == IntakeRefusal.withOtherHub.told)
        #expect(
            story.refusal(of: VoidCase(reason: .trialEntry), as: .supervisor) == IntakeRefusal.hubAnswerMissing.told)
    }

    @Test func `a complete file goes up to the department that decides, which learns by reference and is not bound`()
        throws
    {
        var story = try DoorStory.submitted()
        func file(_ items: [ItemID], _ opinion: FileOpinion = .refuse) -> SubmitFile {
            SubmitFile(items: items, opinion: opinion, clause: "办法")
        }
        let own = [story.living, story.relief]
        #expect(story.refusal(of: file(own), as: .station) == CaseFileRefusal.itemNotTriaged.told)
        try story.send(
            CompleteTriage(
                items: [story.living, story.relief, story.education].map { .init(item: $0, path: .handleHere) }))
        #expect(
            story.refusal(of: file([story.living, story.education]), as: .station)
                == IntakeRefusal.severalDeciders.told)
        let papers = [try #require(PaperCode("id-card"))]
        try story.send(RequestSupplement(items: [story.relief], papers: papers, means: .telephone))
        #expect(story.refusal(of: file(own), as: .station) == IntakeRefusal.supplementOpen.told)
        try story.send(ReceiveSupplement(items: [story.relief], papers: papers))
        let handed = try story.send(file(own), as: .station)
        #expect(handed.map(\.type) == ["FileSubmitted"])
        #expect(try handed.first?.disclosure.groups == [Fixture.minzheng: [DisclosedGroup(.reference)]])
        #expect(story.refusal(of: file(own, .grant), as: .station) == IntakeRefusal.fileSubmittedBefore.told)
        try story.send(DecideItem(item: story.living, result: .granted, clause: "办法"))
        #expect(story.refusal(of: file([story.living]), as: .station) == IntakeRefusal.itemClosed.told)
    }

    @Test func `I-1: a request about somebody with an open case names it as candidate and is not blocked`() throws {
        var story = try DoorStory.submitted()
        story.hub.checksRepeats = false
        let recorded = try story.hub.send(
            RecordHelpRequest(channel: .hotline, reporter: .neighbour, town: Fixture.town, person: story.man),
            as: .station, at: Fixture.morning("2023-08-16"))
        let request: HelpRequestID = DanyangStory.tag(recorded, .request)
        #expect(story.hub.boundary().helpRequest(request).recorded?.openCases == [story.caseID])
    }
}
