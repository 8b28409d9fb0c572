import Casework
import EventSourcing
import RuleBook
import Testing

/// What cannot wait: EM-1 to EM-6, the emergency path and advance relief.
@Suite struct ReliefTests {
    private let post = Fixture.post("minzheng/relief")
    private var relief: PolicyItemCode { Fixture.item("temporary.relief") }

    @Test func `an emergency opens a case by itself, and relief waits for neither application, triage nor papers`()
        throws
    {
        var hub = TestHub()
        let man: PersonReference = Fixture.id(21)
        try hub.register(man, groups: [.identity])
        let report = ReportEmergency(
            kind: .noShelter, onDuty: post, person: man, town: Fixture.town, channel: .hotline)
        let night = Fixture.morning("2023-08-12")
        #expect(throws: ReliefRefusal.personMissing.told) {
            try hub.send(ReportEmergency(kind: .noShelter, onDuty: post), as: .station, at: night)
        }
        #expect(throws: ReliefRefusal.unknownPost.told) {
            try hub.send(
                ReportEmergency(
                    kind: .noShelter, onDuty: Fixture.post("jiaoyu/none"), person: man, town: Fixture.town,
                    channel: .hotline), as: .station, at: night)
        }
        hub.checksRepeats = false
        let opened = try hub.send(report, as: .station, at: night)
        hub.checksRepeats = true
        #expect(opened.map(\.type) == ["CaseOpened", "EmergencyReported"])
        let id: CaseID = DanyangStory.tag(opened, .caseFile)
        @discardableResult
        func send(_ command: some HubCommand, as sender: TestHub.Sender = .station) throws(CommandRefusal)
            -> [RecordedEvent]
        {
            try hub.send(command, to: .caseFile(id), as: sender, at: night)
        }
        #expect(throws: ReliefRefusal.otherEmergency.told) {
            try send(ReportEmergency(kind: .disaster, onDuty: post))
        }
        #expect(throws: VisitRefusal.notApplied.told, "a visit does not occur before the application") {
            try send(CompleteVisit(purpose: .intake))
        }
        #expect(try send(RecordEmergencyContact(means: .telephone)).map(\.type) == ["EmergencyContacted"])
        #expect(throws: ReliefRefusal.contactedOtherwise.told) { try send(RecordEmergencyContact(means: .inPerson)) }
        #expect(try send(ConfirmEmergency()).map(\.type) == ["EmergencyConfirmed"])
        #expect(throws: ReliefRefusal.confirmedBefore.told) { try send(RuleOutEmergency(reason: .safeNow)) }
        func grant(_ amount: Int64, _ code: String = "temporary.relief") -> GrantAdvanceRelief {
            GrantAdvanceRelief(policyItem: Fixture.item(code), kind: .cash, amount: amount)
        }
        #expect(throws: ReliefRefusal.aboveStationCap.told) { try send(grant(50_001)) }
        #expect(throws: ReliefRefusal.aboveCap.told) { try send(grant(200_001), as: .supervisor) }
        #expect(throws: ReliefRefusal.noCap.told) { try send(grant(1, "living.support")) }
        #expect(throws: CaseFileRefusal.amountNotPositive.told) { try send(grant(0)) }
        try send(grant(50_000))
        #expect(throws: ReliefRefusal.advanceUnsettled.told) { try send(grant(40_000)) }
        #expect(throws: ReliefRefusal.amountDiffers.told) { try send(DeliverAid(kind: .cash, amount: 40_000)) }
        try send(DeliverAid(kind: .cash, amount: 50_000))
        #expect(hub.boundary().caseFile(id).relief.emergency == .relieved(.noShelter))

        // The application follows, in the same case.
        hub.checksRepeats = false
        let applied = try hub.send(
            SubmitApplication(
                applicant: man, channel: .station, town: Fixture.town, items: [.init(policyItem: relief)]),
            to: .caseFile(id), as: .station, at: night)
        #expect(applied.map(\.type) == ["ApplicationSubmitted", "ApplicationItemAdded"])
        #expect(throws: CaseFileRefusal.alreadyOpen.told) {
            try hub.send(
                SubmitApplication(applicant: man, channel: .station, town: Fixture.town), to: .caseFile(id),
                as: .station, at: night)
        }
    }

    @Test func `no papers are asked for before relief, and a ruled-out emergency goes its usual way`() throws {
        var story = try DoorStory.submitted()
        #expect(story.refusal(of: ConfirmEmergency()) == ReliefRefusal.noEmergency.told)
        try story.send(ReportEmergency(kind: .suddenIllness, onDuty: post))
        let request = RequestSupplement(
            items: [story.relief], papers: [try #require(PaperCode("proof"))], means: .telephone)
        #expect(story.refusal(of: request) == IntakeRefusal.reliefFirst.told)
        let ruledOut = try story.send(RuleOutEmergency(reason: .handledByOthers))
        #expect(ruledOut.map(\.type) == ["EmergencyNotUrgent"])
        try story.send(request)
    }

    @Test func `EM-2: advance relief needs urgency, and holds the exit until it is settled`() throws {
        var story = try DoorStory.submitted()
        let grant = GrantAdvanceRelief(item: story.relief, kind: .cash, amount: 30_000)
        #expect(story.refusal(of: grant, as: .station) == ReliefRefusal.notUrgentEnough.told)
        #expect(
            story.refusal(of: CompleteTriage(items: [.init(item: story.relief, path: .advanceRelief)]))
                == CaseFileRefusal.reasonMissing.told)
        try story.send(
            CompleteTriage(items: [.init(item: story.relief, path: .advanceRelief, reason: .urgentNeed)]))
        #expect(story.refusal(of: DeliverAid(kind: .cash, amount: 30_000)) == ReliefRefusal.nothingToDeliver.told)
        try story.send(grant, as: .station)
        try story.send(DeliverAid(kind: .cash, amount: 30_000))
        #expect(
            story.refusal(of: RegulariseAdvanceRelief(item: story.relief), as: .supervisor)
                == ReliefRefusal.decisionMissing.told)
        var recovered = story
        #expect(throws: ReliefRefusal.notRegularised.told) { try recovered.exit(result: .notApplicable) }
        let much = RecoverAdvanceRelief(amount: 30_001, reason: .notEntitled)
        #expect(recovered.refusal(of: much, as: .supervisor, "2023-08-21") == ReliefRefusal.aboveGiven.told)
        let repaid = try recovered.send(
            RecoverAdvanceRelief(amount: 30_000, reason: .notEntitled), as: .supervisor, "2023-08-21")
        #expect(repaid.map(\.type) == ["AdvanceReliefRecovered"])
        #expect(recovered.refusal(of: much, as: .supervisor, "2023-08-21") == ReliefRefusal.nothingToSettle.told)
        try recovered.exit(result: .notApplicable)

        try story.send(DecideItem(item: story.relief, result: .granted, clause: "办法"), "2023-08-21")
        try story.send(RegulariseAdvanceRelief(item: story.relief), as: .supervisor, "2023-08-21")
        try story.send(NotifyDecision(item: story.relief, means: .inPerson), "2023-08-21")
        try story.exit()
        #expect(story.file.stage == .exited)
        let types = Set(story.hub.events.map(\.type))
        #expect(types.isSuperset(of: ["AdvanceReliefGranted", "AidDelivered", "AdvanceReliefRegularized"]))
    }

    @Test func `an open emergency holds the reply and the exit`() throws {
        var story = try DoorStory.submitted { $0.items = [] }
        try story.send(ReportEmergency(kind: .disaster, onDuty: post))
        #expect(story.refusal(of: TellApplicant(means: .inPerson)) == ReliefRefusal.emergencyOpen.told)
    }
}
