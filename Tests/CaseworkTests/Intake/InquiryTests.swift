import Casework
import EventSourcing
import Registry
import RuleBook
import Testing

/// One investigation for several items with different subjects: the case of 韩某 (`cases/others.md`), TR-5, TR-6, IN-15.
@Suite struct InquiryTests {
    @Test func `韩某: one authorization, one check and one assessment carry two determinations of different subjects`()
        throws
    {
        var story = try DoorStory.submitted {
            $0.items = [
                .init(policyItem: Fixture.item("living.allowance")),
                .init(policyItem: Fixture.item("living.support"), person: Fixture.id(22)),
                .init(policyItem: Fixture.item("living.support"), person: Fixture.id(23)),
            ]
        }
        let (own, household, child) = (story.living, story.education, story.relief)
        let people = [story.man, story.wife, story.child]
        let request = RequestEconomicCheck(people: people, items: [own, household], office: Fixture.minzheng)
        #expect(story.refusal(of: request) == InquiryRefusal.notAuthorized.told)
        story.hub.checksRepeats = false
        try story.hub.send(
            StateGuardians(guardians: [Guardian(story.man, .parent)]), to: .person(story.child), as: .station,
            at: Fixture.morning(DoorStory.day))
        story.hub.checksRepeats = true
        for person in people { try story.send(GrantAuthorization(person: person, scope: [.economicCheck])) }
        let asked = try story.send(request)
        let check = try #require(Self.inquiry(asked))
        #expect(
            story.refusal(of: DecideItem(item: own, result: .granted, clause: "办法")) != nil, "triage comes first")
        try story.send(
            CompleteTriage(items: [own, household, child].map { .init(item: $0, path: .handleHere) }))
        let grant = DecideItem(item: own, result: .granted, clause: "参照单人户", inquiries: [check])
        #expect(story.refusal(of: grant) == InquiryRefusal.notReported.told)
        let report = ReportEconomicCheck(inquiry: check, band: .marginal, validUntil: Fixture.day("2023-08-31"))
        #expect(story.refusal(of: report, as: .of(Fixture.jiaoyu)) == InquiryRefusal.otherOffice.told)
        let reported = try story.send(
            report, as: .of(Fixture.minzheng), sealed: [(.meansConclusion, story.man), (.meansDetail, story.man)])
        #expect(reported.first?.sealed.map(\.group) == [.meansConclusion, .meansDetail], "amounts are sealed")
        let assessed = try story.send(
            RecordAssessment(
                kind: .householdInvestigation, people: people, items: [own, household], result: .confirmed))
        #expect(assessed.map(\.type) == ["AssessmentRecorded"])
        let visit = try #require(Self.inquiry(assessed))
        try story.send(grant)
        try story.send(
            DecideItem(item: household, result: .granted, clause: "办法", inquiries: [check, visit]))
        #expect(
            story.file.items[child]?.stage == .triaged(.handleHere), "an item it was not made for may use it as well")
        try story.send(DecideItem(item: child, result: .granted, clause: "办法", inquiries: [check]))
        #expect(story.hub.events.count { $0.type == "EconomicCheckRequested" } == 1)
        #expect(story.hub.events.count { $0.type == "EconomicCheckReported" } == 1)
        #expect(story.file.items[household]?.stage.decision?.inquiries == [check, visit])
    }

    @Test func `a check needs the authorization when it is asked for and when it is reported`() throws {
        var story = try DoorStory.submitted()
        try story.send(
            GrantAuthorization(scope: [.economicCheck], validUntil: Fixture.day("2023-08-18")))
        let request = RequestEconomicCheck(people: [story.man], items: [story.living])
        #expect(story.refusal(of: request, "2023-08-21") == InquiryRefusal.notAuthorized.told, "it has expired")
        let check = try #require(Self.inquiry(try story.send(request)))
        let report = ReportEconomicCheck(inquiry: check, band: .withinStandard)
        #expect(story.refusal(of: report, "2023-08-21") == InquiryRefusal.notAuthorized.told)
        try story.send(WithdrawAuthorization(scope: [.economicCheck]), as: .station)
        #expect(story.refusal(of: report) == InquiryRefusal.notAuthorized.told)
        try story.send(GrantAuthorization(scope: [.economicCheck]))
        try story.send(report)
        #expect(
            story.refusal(of: ReportEconomicCheck(inquiry: check, band: .unclear))
                == InquiryRefusal.reportedBefore.told)
    }

    @Test func `a check is begun once, by the office it was asked of, while the authorization holds`() throws {
        var story = try DoorStory.submitted()
        try story.send(GrantAuthorization(scope: [.economicCheck], validUntil: Fixture.day("2023-08-18")))
        let request = RequestEconomicCheck(
            people: [story.man], items: [story.living], office: Fixture.minzheng)
        let check = try #require(Self.inquiry(try story.send(request)))
        let start = StartEconomicCheck(inquiry: check)
        let unknown = StartEconomicCheck(inquiry: Fixture.id(90))
        #expect(story.refusal(of: unknown) == InquiryRefusal.unknown.told)
        #expect(story.refusal(of: start, as: .of(Fixture.jiaoyu)) == InquiryRefusal.otherOffice.told)
        #expect(story.refusal(of: start, "2023-08-21") == InquiryRefusal.notAuthorized.told, "it has expired")
        let kinds = try story.send(start, as: .of(Fixture.minzheng)).compactMap { InquiryEvent.Kind(rawValue: $0.type) }
        #expect(kinds == [.checkStarted])
        #expect(try story.send(start, as: .of(Fixture.minzheng)).isEmpty)
        try story.send(ReportEconomicCheck(inquiry: check, band: .marginal), as: .of(Fixture.minzheng))
        #expect(story.refusal(of: start) == InquiryRefusal.reportedBefore.told)
    }

    @Test func `a decision rests on inquiries of its case about its person, reported and in date`() throws {
        var story = try DoorStory.submitted()
        let unknown: InquiryID = Fixture.id(90)
        #expect(
            story.refusal(of: ReportEconomicCheck(inquiry: unknown, band: .unclear)) == InquiryRefusal.unknown.told)
        try story.send(GrantAuthorization(scope: [.economicCheck]))
        #expect(
            story.refusal(of: RequestEconomicCheck(people: [Fixture.id(99)], items: [story.living]))
                == InquiryRefusal.peopleMissing.told)
        let check = try #require(
            Self.inquiry(try story.send(RequestEconomicCheck(people: [story.man], items: [story.living]))))
        #expect(
            story.refusal(
                of: ReportEconomicCheck(inquiry: check, band: .marginal, validUntil: Fixture.day("2023-08-14")))
                == InquiryRefusal.validityOver.told)
        try story.send(
            ReportEconomicCheck(inquiry: check, band: .withinStandard, validUntil: Fixture.day("2023-08-18")))
        try story.send(
            CompleteTriage(
                items: [story.living, story.education].map { .init(item: $0, path: .handleHere) }))
        func decide(_ item: ItemID, _ inquiry: InquiryID) -> DecideItem {
            DecideItem(item: item, result: .granted, clause: "办法", inquiries: [inquiry])
        }
        #expect(story.refusal(of: decide(story.living, unknown)) == InquiryRefusal.noSuchInquiry.told)
        #expect(story.refusal(of: decide(story.education, check)) == InquiryRefusal.otherPeople.told)
        #expect(story.refusal(of: decide(story.living, check), "2023-08-21") == InquiryRefusal.outOfDate.told)
        try story.send(decide(story.living, check), "2023-08-18")
    }

    @Test func `小馨: what a parent can do decides about the child, where the assessment was made for the child's item`()
        throws
    {
        var story = try DoorStory.submitted()
        try story.send(
            CompleteTriage(items: [story.living, story.education].map { .init(item: $0, path: .handleHere) }))
        func assess(_ items: [ItemID]) -> RecordAssessment {
            RecordAssessment(kind: .labourCapacity, people: [story.man], items: items, result: .confirmed)
        }
        func decide(_ inquiry: InquiryID) -> DecideItem {
            DecideItem(item: story.education, result: .granted, clause: "办法", inquiries: [inquiry])
        }
        let ofHisOwn = try #require(Self.inquiry(try story.send(assess([story.living]))))
        #expect(story.refusal(of: decide(ofHisOwn)) == InquiryRefusal.otherPeople.told)
        let forBoth = try #require(Self.inquiry(try story.send(assess([story.living, story.education]))))
        try story.send(decide(forBoth))
    }

    @Test func `a check office learns whom it checks by the catalogue's task, and nothing else of them`() throws {
        var story = try DoorStory.submitted()
        for person in [story.man, story.wife] {
            try story.send(GrantAuthorization(person: person, scope: [.economicCheck]))
        }
        func request(_ office: DepartmentCode) -> RequestEconomicCheck {
            RequestEconomicCheck(people: [story.man], items: [story.living], office: office)
        }
        #expect(story.refusal(of: request(Fixture.jiaoyu)) == InquiryRefusal.noSuchOffice.told)
        #expect(story.refusal(of: request(Fixture.fayuan)) == CaseFileRefusal.judicialGetsNothing.told)
        #expect(
            story.refusal(of: request(Fixture.department("nobody"))) == CaseFileRefusal.unknownDepartment.told)
        let asked = try story.send(request(Fixture.minzheng))
        #expect(
            asked.map(\.type) == [
                "EconomicCheckRequested", "ReferralDrafted", "ReferralDispatched", "DisclosureGranted",
            ])
        let referral: ReferralID = DanyangStory.tag(asked, .referral)
        let grants = try #require(story.file.referrals[referral]?.grants[Fixture.minzheng])
        #expect(grants == [DisclosedGroup(.identity, of: story.man)])
        #expect(try asked[2].disclosure.groups[Fixture.minzheng] == [DisclosedGroup(.reference)])
        let received = try story.hub.send(
            ReceiveReferral(), to: .referral(referral), as: .of(Fixture.minzheng), at: Fixture.morning(DoorStory.day))
        #expect(
            try received.last?.disclosure.groups[Fixture.minzheng]?.contains(
                DisclosedGroup(.identity, of: story.man)) == true)
        let check = try #require(Self.inquiry(asked))
        try story.send(ReportEconomicCheck(inquiry: check, band: .marginal), as: .of(Fixture.minzheng))
        #expect(story.file.referrals[referral]?.stage.isWithDepartment == true, "it ends as every referral does")
    }

    private static func inquiry(_ events: [RecordedEvent]) -> InquiryID? {
        for event in events {
            guard case .casework(.inquiry(let fact)) = try? HubEvent(event) else { continue }
            switch fact {
            case .checkRequested(let request): return request.inquiry
            case .checkStarted(let started): return started.inquiry
            case .checkReported(let report): return report.inquiry
            case .assessed(let assessed): return assessed.inquiry
            case .informationRequested(let request): return request.inquiry
            case .informationAnswered(let answered): return answered.inquiry
            }
        }
        return nil
    }
}
