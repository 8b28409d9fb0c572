import Casework
import EventSourcing
import RuleBook
import Testing

/// The other side of the exit: I-3, I-4, I-16, I-23, verification, appeals, reopening, voiding, corrections.
@Suite struct ReviewTests {
    private let later = "2023-08-25"

    @Test func `I-3: a case exits only when every item has ended, with its decisions told`() throws {
        var story = try DoorStory.submitted()
        #expect(story.refusal(of: ProposeExit(result: .helped)) == CaseFileRefusal.itemsOpen.told)
        try story.send(WithdrawItem(item: story.living, by: story.man, reason: .noNeed), as: .station)
        try story.exit()
        #expect(story.file.stage == .exited && story.file.cycle == 1)
    }

    @Test func `I-4: one reply answers the case, and another needs a new cycle`() throws {
        var story = try DoorStory.submitted()
        try story.exit()
        #expect(story.refusal(of: TellApplicant(means: .post), later) == CaseFileRefusal.hasExited.told)
        try story.send(ReopenCase(reason: .newFact), as: .supervisor, later)
        try story.exit(later)
        let types = story.hub.events.map(\.type)
        #expect(types.count { $0 == "ApplicantTold" } == 2 && types.count { $0 == "CaseExited" } == 2)
    }

    @Test func `I-16: who handled the case may not verify its outcome, and verification follows the exit`() throws {
        var story = try DoorStory.submitted()
        let verify = VerifyOutcome(result: .notMet, means: .telephone)
        #expect(story.refusal(of: verify, as: DoorStory.caller) == ReviewRefusal.notExited.told)
        try story.exit()
        #expect(story.refusal(of: verify, later) == ReviewRefusal.handledIt.told)
        #expect(story.refusal(of: verify, as: DoorStory.village, later) == ReviewRefusal.handledIt.told)
        try story.send(VerifyOutcome(result: .unreachable, means: .telephone), as: DoorStory.caller, later)
        #expect(try story.send(verify, as: DoorStory.caller, later).map(\.type) == ["OutcomeVerified"])
        #expect(
            story.refusal(of: VerifyOutcome(result: .needMet, means: .post), as: DoorStory.caller, later)
                == ReviewRefusal.verifiedBefore.told)
    }

    @Test func `a case is reopened for a need not met, an appeal won, a new fact or an error`() throws {
        var story = try DoorStory.submitted()
        #expect(story.refusal(of: ReopenCase(reason: .error), as: .supervisor) == ReviewRefusal.openAlready.told)
        try story.exit()
        #expect(
            story.refusal(of: ReopenCase(reason: .verification), as: .supervisor, later)
                == ReviewRefusal.outcomeNotBad.told)
        #expect(
            story.refusal(of: ReopenCase(reason: .appeal, items: [story.living]), as: .supervisor, later)
                == ReviewRefusal.appealNotWon.told)
        try story.send(VerifyOutcome(result: .notMet, means: .telephone), as: DoorStory.caller, later)
        try story.send(ReopenCase(reason: .verification, items: [story.living]), as: .supervisor, later)
        #expect(story.file.cycle == 2 && story.file.items[story.living]?.stage == .added)
        #expect(story.file.items[story.relief]?.stage.isTerminal == true, "what was not taken up stays as it was")
        #expect(story.refusal(of: ProposeExit(result: .helped), later) == CaseFileRefusal.itemsOpen.told)
        try story.exit(later)
        let decisions = story.hub.events.compactMap { event -> String? in
            guard case .casework(.caseFile(.itemDecided(let decided))) = try? HubEvent(event) else { return nil }
            return decided.number.description
        }
        #expect(decisions == (1...4).map { "DY23-00001-D\($0)" }, "I-23: the first cycle stays, no number twice")
        #expect(story.hub.events.count { $0.type == "CaseExited" } == 2)
    }

    @Test func `only what has ended is taken up again`() throws {
        var story = try DoorStory.submitted { $0.items = [] }
        try story.send(TellApplicant(means: .inPerson))
        try story.send(ProposeExit(result: .informed))
        try story.send(ExitCase())
        #expect(
            story.refusal(of: ReopenCase(reason: .error, items: [Fixture.id(5)]), as: .supervisor, later)
                == CaseFileRefusal.noSuchItem.told)
    }

    @Test func `an appeal is ruled on by somebody else, and an overturned decision is made anew`() throws {
        var story = try DoorStory.submitted()
        #expect(
            story.refusal(of: LodgeAppeal(item: story.living, kind: .reconsideration)) == ReviewRefusal.notDecided.told)
        try story.exit(result: .refused)
        #expect(
            story.refusal(of: RecordAppealResult(item: story.living, result: .upheld, clause: "办法"), later)
                == ReviewRefusal.noAppeal.told)
        try story.send(LodgeAppeal(item: story.living, kind: .reconsideration), later)
        #expect(
            story.refusal(of: LodgeAppeal(item: story.living, kind: .lawsuit), later) == ReviewRefusal.appealOpen.told)
        let overturned = RecordAppealResult(item: story.living, result: .overturned, clause: "复议决定")
        let decider = TestHub.Sender(account: TestHub.Sender.head.account, role: .supervisor)
        #expect(story.refusal(of: overturned, as: decider, later) == ReviewRefusal.ownDecision.told, "I-16")
        #expect(
            story.refusal(of: RecordAppealResult(item: story.living, result: .upheld), as: .supervisor, later)
                == CaseFileRefusal.clauseMissing.told)
        try story.send(overturned, as: .supervisor, later)
        try story.send(ReopenCase(reason: .appeal, items: [story.living]), as: .supervisor, later)
        try story.exit(later)
        #expect(story.file.items[story.living]?.stage.decision?.result == .granted)
        let types = Set(story.hub.events.map(\.type))
        #expect(types.isSuperset(of: ["AppealLodged", "AppealResolved", "CaseReopened"]))
    }

    @Test func `in an open case an overturned decision makes room for another at once`() throws {
        var story = try DoorStory.submitted()
        try story.send(CompleteTriage(items: [.init(item: story.living, path: .handleHere)]))
        try story.send(DecideItem(item: story.living, result: .refused, clause: "办法"))
        try story.send(LodgeAppeal(item: story.living, kind: .complaint))
        try story.send(
            RecordAppealResult(item: story.living, result: .overturned, clause: "复核"), as: .supervisor)
        #expect(story.file.items[story.living]?.stage == .added)
    }

    @Test func `a case that gave something is not voided; one that gave nothing ends for good`() throws {
        var story = try DoorStory.submitted()
        #expect(story.refusal(of: VoidCase(reason: .trialEntry))?.kind == .forbidden, "a supervisor's act")
        var given = story
        try given.send(CompleteTriage(items: [.init(item: story.living, path: .handleHere)]))
        try given.send(DecideItem(item: story.living, result: .granted, clause: "办法"))
        #expect(given.refusal(of: VoidCase(reason: .trialEntry), as: .supervisor) == ReviewRefusal.benefitGiven.told)
        #expect(try story.send(VoidCase(reason: .wrongPerson), as: .supervisor).map(\.type) == ["CaseVoided"])
        #expect(story.file.stage == .voided)
        #expect(
            story.refusal(of: AddItem(policyItem: Fixture.item("legal.aid"))) == ReviewRefusal.isVoided.told, "I-23")
        story.hub.checksRepeats = false
        let next = try story.hub.send(
            SubmitApplication(applicant: story.man, channel: .station, town: Fixture.town), as: .station,
            at: Fixture.morning(later))
        let id: CaseID = DanyangStory.tag(next, .caseFile)
        #expect(story.hub.boundary().caseFile(id).opened?.otherOpenCases == [], "I-24: it stands in nobody's way")
    }

    @Test func `I-1: a reopened case is open again, so a later intake names it`() throws {
        var story = try DoorStory.submitted()
        try story.exit()
        try story.send(ReopenCase(reason: .newFact), as: .supervisor, later)
        story.hub.checksRepeats = false
        let next = try story.hub.send(
            SubmitApplication(applicant: story.man, channel: .station, town: Fixture.town), as: .station,
            at: Fixture.morning(later))
        let id: CaseID = DanyangStory.tag(next, .caseFile)
        #expect(story.hub.boundary().caseFile(id).opened?.otherOpenCases == [story.caseID])
    }

    @Test func `a record is corrected by another person, beside the original`() throws {
        var story = try DoorStory.submitted()
        let original = try #require(story.hub.events.first { $0.type == "ApplicationSubmitted" })
        let value = try #require(CorrectedCode("station"))
        func request(_ field: String, _ value: CorrectedCode? = nil, of event: UniqueID? = nil) -> RequestCorrection {
            RequestCorrection(event: event ?? original.eventID, field: field, reason: .wrongCode, value: value)
        }
        let stranger: CaseID = Fixture.id(70)
        #expect(story.refusal(of: request("channel", value, of: stranger.unique)) == ReviewRefusal.noSuchEvent.told)
        #expect(story.refusal(of: request("colour", value)) == ReviewRefusal.noSuchField.told)
        #expect(story.refusal(of: request("channel")) == ReviewRefusal.valueMissing.told)
        try story.send(request("channel", value))
        let correction = try #require(story.file.review.corrections.keys.first)
        var own = TestHub.Sender.dispatcher
        own.role = .supervisor
        let approve = ApproveCorrection(correction: correction)
        #expect(story.refusal(of: approve, as: own) == ReviewRefusal.ownCorrection.told, "I-16")
        #expect(
            story.refusal(of: ApproveCorrection(correction: Fixture.id(70)), as: .supervisor)
                == ReviewRefusal.noSuchCorrection.told)
        let approved = try story.send(approve, as: .supervisor)
        #expect(approved.map(\.type) == ["CorrectionApproved", "RecordCorrected"])
        #expect(story.hub.events.contains { $0.eventID == original.eventID && $0.data == original.data })
        #expect(
            story.refusal(of: RejectCorrection(correction: correction, clause: "办法"), as: .supervisor)
                == ReviewRefusal.ruledOtherwise.told)
    }

    @Test func `corrected personal text comes sealed with the approval, and is then the newest`() throws {
        var story = try DoorStory.submitted()
        let visit = try story.send(
            CompleteVisit(purpose: .intake), as: .station, sealed: [(.contact, story.man)], isRepeatable: false)
        let event = try #require(visit.first)
        try story.send(RequestCorrection(event: event.eventID, field: "contact", reason: .misspelt))
        let correction = try #require(story.file.review.corrections.keys.first)
        let approve = ApproveCorrection(correction: correction)
        #expect(story.refusal(of: approve, as: .supervisor) == ReviewRefusal.correctedTextMissing.told)
        let place = DisclosedGroup(.contact, of: story.man)
        #expect(story.hub.boundary().sealed[place]?.event == event.eventID)
        let approved = try story.send(approve, as: .supervisor, sealed: [(.contact, story.man)])
        #expect(story.hub.boundary().sealed[place]?.event == approved.last?.eventID)
        var rejected = story
        try rejected.send(RequestCorrection(event: event.eventID, field: "contact", reason: .wrongPerson))
        let second = try #require(rejected.file.review.corrections.first { $0.value.isApproved == nil }?.key)
        #expect(
            rejected.refusal(of: RejectCorrection(correction: second, clause: ""), as: .supervisor)
                == CaseFileRefusal.clauseMissing.told)
        let ruling = try rejected.send(RejectCorrection(correction: second, clause: "原记录无误"), as: .supervisor)
        #expect(ruling.map(\.type) == ["CorrectionRejected"])
        #expect(rejected.hub.events.contains { $0.type == "CorrectionRequested" })
    }

    @Test func `after the exit no promise is paused any more`() throws {
        var story = try DoorStory.submitted()
        try story.exit()
        #expect(
            story.refusal(
                of: PauseDeadline(
                    rule: Fixture.rule("case.exit"), reason: .applicant, expectedUntil: Fixture.day("2023-09-01"),
                    basis: "本人要求"), later) == CaseFileRefusal.hasExited.told)
    }

    @Test func `a decision made after a correction rests on what is right, and the record stays as it was written`()
        throws
    {
        var story = try DoorStory.submitted()
        let triaged = try story.send(
            CompleteTriage(items: [.init(item: story.living, path: .informOnly, reason: .questionOnly)]))
        let grant = DecideItem(item: story.living, result: .granted, clause: "办法")
        #expect(story.refusal(of: grant) == CaseFileRefusal.informOnlyGivesNothing.told)
        let record = try #require(triaged.first { $0.type == "TriageCompleted" })
        let value = try #require(CorrectedCode("handleHere"))
        let asked = try story.send(
            RequestCorrection(event: record.eventID, field: "path", reason: .wrongCode, value: value))
        guard case .casework(.review(.correctionRequested(let request))) = try HubEvent(#require(asked.first)) else {
            Issue.record("no request")
            return
        }
        try story.send(ApproveCorrection(correction: request.correction), as: DoorStory.other)
        try story.send(grant)
        let kept = try #require(story.hub.events.first { $0.eventID == record.eventID })
        #expect(kept.data == record.data, "nothing was overwritten")
    }
}
