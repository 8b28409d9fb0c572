import Casework
import Deadlines
import EventSourcing
import RuleBook
import Testing

@Suite struct CaseFileTests {
    private let day = Fixture.morning("2023-08-15")

    @Test func `a second open case of the subject is recorded, never blocked, and justified or linked`() throws {
        var story = try DanyangStory.applied()
        story.hub.checksRepeats = false
        let second = try story.hub.send(
            SubmitApplication(applicant: story.woman, channel: .station, town: Fixture.town), as: .station,
            at: Fixture.morning("2023-08-16"))
        story.hub.checksRepeats = true
        let id: CaseID = DanyangStory.tag(second, .caseFile)
        let newer = story.hub.boundary().caseFile(id)
        #expect(newer.opened?.otherOpenCases == [story.caseID])
        #expect(newer.unresolvedCases == [story.caseID])
        let later = Fixture.morning("2023-08-17")
        #expect(throws: CaseFileRefusal.noSecondCase.told) {
            try story.hub.send(
                JustifySecondCase(other: Fixture.id(77), reason: .otherNeed), to: .caseFile(id), at: later)
        }
        #expect(throws: CaseFileRefusal.olderNumberLives.told) {
            try story.hub.send(LinkDuplicateCase(of: id), to: story.theCase, at: later)
        }
        #expect(throws: CaseFileRefusal.sameCase.told) {
            try story.hub.send(LinkDuplicateCase(of: id), to: .caseFile(id), at: later)
        }
        var justified = story
        let reasons = try justified.hub.send(
            JustifySecondCase(other: story.caseID, reason: .otherNeed), to: .caseFile(id), at: later)
        #expect(reasons.map(\.type) == ["SecondCaseJustified"])
        #expect(justified.hub.boundary().caseFile(id).unresolvedCases.isEmpty)
        let linked = try story.hub.send(LinkDuplicateCase(of: story.caseID), to: .caseFile(id), at: later)
        #expect(linked.map(\.type) == ["CaseMarkedDuplicate"])
        #expect(story.hub.boundary().caseFile(id).stage == .duplicate)
        #expect(story.file.stage == .open, "the older case goes on")
        #expect(throws: CaseFileRefusal.isDuplicate.told) {
            try story.hub.send(
                AddItem(policyItem: Fixture.item("legal.aid")), to: .caseFile(id), at: Fixture.morning("2023-08-18"))
        }
    }

    @Test func `I-1: what still runs in a case ends there before it is linked to another`() throws {
        var story = try DoorStory.submitted()
        let older = story.caseID
        story.hub.checksRepeats = false
        let second = try story.hub.send(
            SubmitApplication(
                applicant: story.man, channel: .station, town: Fixture.town,
                items: [.init(policyItem: Fixture.item("living.allowance"))]),
            as: .station, at: day)
        story.hub.checksRepeats = true
        let newer: CaseID = DanyangStory.tag(second, .caseFile)
        func link(_ hub: TestHub) -> CommandRefusal? {
            var hub = hub
            do throws(CommandRefusal) {
                try hub.send(LinkDuplicateCase(of: older), to: .caseFile(newer), at: day)
                return nil
            } catch {
                return error
            }
        }
        #expect(link(story.hub) == nil)
        var asked = story.hub
        try asked.send(RequestJointMeeting(), to: .caseFile(newer), at: day)
        #expect(link(asked) == CaseFileRefusal.meetingOpen.told)
        var urgent = story.hub
        try urgent.send(
            ReportEmergency(kind: .suddenIllness, onDuty: Fixture.post("minzheng/relief")), to: .caseFile(newer),
            as: .station,
            at: day)
        #expect(link(urgent) == ReliefRefusal.emergencyOpen.told)
        var decided = story.hub
        let item: ItemID = DanyangStory.tag(second, .item)
        try decided.send(
            CompleteTriage(items: [.init(item: item, path: .handleHere)]), to: .caseFile(newer), at: day)
        try decided.send(DecideItem(item: item, result: .refused, clause: "办法"), to: .caseFile(newer), at: day)
        #expect(link(decided) == CaseFileRefusal.decisionsNotNotified.told)
    }

    @Test func `an application needs registered people, published items and an open request`() throws {
        var story = try DanyangStory.applied()
        let stranger: PersonReference = Fixture.id(999)
        func submit(_ body: SubmitApplication) throws {
            try story.hub.send(body, as: .station, at: Fixture.morning("2023-08-16"))
        }
        #expect(throws: CaseFileRefusal.unknownPerson.told) {
            try submit(SubmitApplication(applicant: stranger, channel: .station, town: Fixture.town))
        }
        #expect(throws: CaseFileRefusal.unknownPolicyItem.told) {
            try submit(
                SubmitApplication(
                    applicant: story.woman, channel: .station, town: Fixture.town,
                    items: [.init(policyItem: Fixture.item("no.such"))]))
        }
        #expect(throws: CaseFileRefusal.requestClosed.told) {
            try submit(
                SubmitApplication(
                    applicant: story.woman, channel: .station, town: Fixture.town, request: story.request))
        }
        #expect(throws: CaseFileRefusal.unknownRequest.told) {
            try submit(
                SubmitApplication(
                    applicant: story.woman, channel: .station, town: Fixture.town, request: Fixture.id(5)))
        }
        #expect(throws: CaseFileRefusal.agentWithoutMandate.told) {
            try submit(
                SubmitApplication(
                    applicant: story.woman, agent: story.woman, channel: .station, town: Fixture.town))
        }
    }

    @Test func `nothing happens in the future or before its case began`() throws {
        var story = try DanyangStory.applied()
        let visit = CompleteVisit(purpose: .care)
        func code(_ time: String, now: String) -> String? {
            do throws(CommandRefusal) {
                try story.hub.send(
                    visit, to: story.theCase, as: .station, at: Fixture.morning(time), now: Fixture.morning(now))
                return nil
            } catch {
                return "\(error.code) \(error.field)"
            }
        }
        #expect(code("2023-08-18", now: "2023-08-17") == "time.inTheFuture occurredAt")
        #expect(code("2023-08-14", now: "2023-08-17") == "time.beforeStart occurredAt")
    }

    @Test func `an item has one path at a time and ends with one decision`() throws {
        var story = try DanyangStory.applied()
        let item = story.living
        #expect(throws: CaseFileRefusal.itemNotTriaged.told) {
            try story.hub.send(
                DecideItem(item: item, result: .granted, clause: "办法"), to: story.theCase, at: day)
        }
        #expect(throws: CaseFileRefusal.noSuchItem.told) {
            try story.hub.send(
                CompleteTriage(items: [.init(item: Fixture.id(5), path: .refer)]), to: story.theCase, at: day)
        }
        try story.hub.send(
            CompleteTriage(items: [.init(item: item, path: .refer)]), to: story.theCase, at: day)
        try story.hub.send(
            CompleteTriage(items: [.init(item: item, path: .handleHere)]), to: story.theCase, at: day)
        #expect(throws: CaseFileRefusal.clauseMissing.told) {
            try story.hub.send(DecideItem(item: item, result: .refused), to: story.theCase, at: day)
        }
        #expect(throws: CaseFileRefusal.itemNotDecided.told) {
            try story.hub.send(NotifyDecision(means: .post), to: .item(item), at: day)
        }
        try story.hub.send(DecideItem(item: item, result: .noPolicyCovers), to: story.theCase, at: day)
        #expect(throws: CaseFileRefusal.itemDecided.told) {
            try story.hub.send(DecideItem(result: .granted, clause: "办法"), to: .item(item), at: day)
        }
        #expect(throws: CaseFileRefusal.itemDecided.told) {
            try story.hub.send(
                CompleteTriage(items: [.init(item: item, path: .refer)]), to: story.theCase, at: day)
        }
    }

    @Test func `one item has one lead at a time, and a meeting's item goes by its resolution`() throws {
        var story = try DanyangStory.met()
        let friday = Fixture.morning("2023-08-18")
        func dispatch(_ order: ReferralOrder) throws {
            try story.hub.send(
                DispatchReferral(order: order), to: story.theCase, at: friday, isRepeatable: false)
        }
        #expect(throws: CaseFileRefusal.itemNeedsResolution.told) {
            try dispatch(ReferralOrder(items: [story.living]))
        }
        #expect(throws: CaseFileRefusal.resolutionWaits.told) {
            try dispatch(ReferralOrder(items: [story.legal], resolution: story.conditional))
        }
        #expect(throws: CaseFileRefusal.actionNotResolved.told) {
            try dispatch(ReferralOrder(items: [story.legal], resolution: story.resolution))
        }
        try dispatch(ReferralOrder(items: [story.living], resolution: story.resolution))
        #expect(throws: CaseFileRefusal.itemHasLead.told) {
            try dispatch(ReferralOrder(items: [story.living], resolution: story.resolution))
        }
        try dispatch(ReferralOrder(task: Fixture.task("companion.care"), resolution: story.resolution))
        #expect(throws: CaseFileRefusal.actionDispatched.told) {
            try dispatch(ReferralOrder(task: Fixture.task("companion.care"), resolution: story.resolution))
        }
        #expect(throws: CaseFileRefusal.itemWithDepartment.told) {
            try story.hub.send(
                CompleteTriage(items: [.init(item: story.living, path: .handleHere)]), to: story.theCase, at: friday)
        }
    }

    @Test func `T27: an item is decided only after the centre has accepted the result of its referral`() throws {
        var story = try DanyangStory.met()
        try story.dispatch()
        try story.take(1, by: Fixture.minzheng, post: "minzheng/relief", "2023-08-21")
        let decision = DecideItem(result: .granted, clause: "办法", referral: story.referrals[0])
        func refusal(_ sender: TestHub.Sender) -> CommandRefusal? {
            do throws(CommandRefusal) {
                try story.hub.send(
                    decision, to: .item(story.living), as: sender, at: Fixture.morning("2023-08-25"))
                return nil
            } catch {
                return error
            }
        }
        #expect(refusal(.head) == CaseFileRefusal.itemWithDepartment.told)
        try story.act(CompleteReferral(outcome: .granted), on: 1, by: Fixture.minzheng, "2023-08-24")
        let early = try #require(refusal(.head))
        #expect(early.code == CaseFileRefusal.resultUnchecked.told.code && early.kind == .wrongState)
        #expect(early.allowed == [], "the head waits; it is the centre's move")
        #expect(early.english.contains("The centre has not accepted the result yet"))
        try story.hub.send(
            AcceptCompletion(), to: .referral(story.referrals[0]), at: Fixture.morning("2023-08-25"))
        #expect(refusal(.head) == nil)
    }

    @Test func `T26: a failed result that is not accepted yet offers the centre what it may do, and no decision`()
        throws
    {
        var story = try DanyangStory.met()
        try story.dispatch()
        try story.take(1, by: Fixture.minzheng, post: "minzheng/relief", "2023-08-21")
        try story.act(
            FailReferral(code: .personRefused), on: 1, by: Fixture.minzheng, "2023-08-24")
        do throws(CommandRefusal) {
            try story.hub.send(
                DecideItem(result: .refused, clause: "办法"), to: .item(story.living), as: .office,
                at: Fixture.morning("2023-08-25"))
            Issue.record("it is decided")
        } catch {
            #expect(error.code == CaseFileRefusal.resultUnchecked.told.code)
        }
    }

    @Test func `an order is checked against the catalogue`() throws {
        var story = try DanyangStory.met()
        func refusal(_ order: ReferralOrder) -> CommandRefusal? {
            do throws(CommandRefusal) {
                try story.hub.send(
                    DispatchReferral(order: order), to: story.theCase, at: Fixture.morning("2023-08-18"))
                return nil
            } catch {
                return error
            }
        }
        let trace = Fixture.task("trace.spouse")
        #expect(refusal(ReferralOrder()) == CaseFileRefusal.noItems.told)
        #expect(refusal(ReferralOrder(task: Fixture.task("no.such"))) == CaseFileRefusal.unknownTask.told)
        #expect(refusal(ReferralOrder(task: trace, lead: Fixture.sifa)) == CaseFileRefusal.leadDiffers.told)
        #expect(refusal(ReferralOrder(task: trace, lead: Fixture.fayuan)) == CaseFileRefusal.judicialGetsNothing.told)
        #expect(
            refusal(ReferralOrder(task: trace, coHandlers: [Fixture.sifa])) == CaseFileRefusal.coHandlerDiffers.told)
        #expect(refusal(ReferralOrder(task: trace, kind: .offer)) == CaseFileRefusal.kindDiffers.told)
        #expect(refusal(ReferralOrder(task: trace, people: ["uncle": story.woman])) == CaseFileRefusal.unknownRole.told)
        #expect(
            refusal(ReferralOrder(task: trace, people: ["sought": Fixture.id(999)]))
                == CaseFileRefusal.unknownPerson.told)
        #expect(refusal(ReferralOrder(task: trace, limit: .workingDays(0))) == CaseFileRefusal.limitTooLong.told)
        #expect(
            refusal(ReferralOrder(task: trace, predecessor: Fixture.id(9))) == CaseFileRefusal.noSuchPredecessor.told)
        #expect(
            refusal(ReferralOrder(task: trace, items: [story.living], resolution: story.resolution))
                == CaseFileRefusal.taskDoesNotServe.told)
    }

    @Test func `a case exits only when nothing is open and the applicant has been told`() throws {
        var story = try DanyangStory.met()
        func propose() throws {
            try story.hub.send(
                ProposeExit(result: .helped), to: story.theCase, at: Fixture.morning("2023-09-11"))
        }
        #expect(throws: CaseFileRefusal.itemsOpen.told) { try propose() }
        for item in [story.living, story.education, story.mediation, story.legal] {
            try story.hub.send(
                DecideItem(item: item, result: .notApplicable, clause: "办法"), to: story.theCase,
                at: Fixture.morning("2023-08-21"))
        }
        #expect(throws: CaseFileRefusal.decisionsNotNotified.told) { try propose() }
        for item in [story.living, story.education, story.mediation, story.legal] {
            try story.hub.send(
                NotifyDecision(means: .telephone), to: .item(item), at: Fixture.morning("2023-08-21"))
        }
        #expect(throws: CaseFileRefusal.actionsOpen.told) { try propose() }
        #expect(throws: CaseFileRefusal.actionsOpen.told) {
            try story.hub.send(
                TellApplicant(means: .telephone), to: story.theCase, at: Fixture.morning("2023-08-21"))
        }
        #expect(throws: CaseFileRefusal.exitNotProposed.told) {
            try story.hub.send(ExitCase(), to: story.theCase, at: Fixture.morning("2023-09-11"))
        }
    }

    @Test func `an open referral holds the exit`() throws {
        var story = try DanyangStory.answered()
        let monday = Fixture.morning("2023-09-11")
        try story.hub.send(
            DraftReferral(order: ReferralOrder(task: Fixture.task("companion.care"))), to: story.theCase, at: monday,
            isRepeatable: false)
        #expect(throws: CaseFileRefusal.referralsOpen.told) {
            try story.hub.send(ProposeExit(result: .helped), to: story.theCase, at: monday)
        }
        let draft = try #require(story.file.referralOrder.last)
        try story.hub.send(VoidReferral(reason: .enteredInError), to: .referral(draft), at: monday)
        #expect(throws: CaseFileRefusal.applicantNotTold.told, "new work takes the reply back") {
            try story.hub.send(ProposeExit(result: .helped), to: story.theCase, at: monday)
        }
    }

    @Test func `who proposed an exit may not confirm it where a second signature is needed`() throws {
        var story = try DanyangStory.answered()
        let monday = Fixture.morning("2023-09-11")
        #expect(story.file.secondSignatureReasons == [.followUpOpen, .minorConcerned])
        try story.hub.send(ProposeExit(result: .partlyHelped), to: story.theCase, at: monday)
        #expect(throws: CaseFileRefusal.exitAlreadyProposed.told) {
            try story.hub.send(ProposeExit(result: .helped), to: story.theCase, at: monday)
        }
        #expect(throws: CaseFileRefusal.secondSignatureMissing.told) {
            try story.hub.send(ExitCase(), to: story.theCase, at: monday)
        }
        let exited = try story.hub.send(ExitCase(), to: story.theCase, as: .approver, at: monday)
        #expect(exited.map(\.type) == ["CaseExited"])
        let learnt = try exited.first?.disclosure.groups
        #expect(learnt == [Fixture.jijinhui: [DisclosedGroup(.reference)]])
    }

    @Test func `a simple case exits in two events by one person, and then nothing more happens`() throws {
        var hub = TestHub()
        let man: PersonReference = Fixture.id(21)
        try hub.register(man, groups: [.identity])
        hub.checksRepeats = false
        let opened = try hub.send(
            SubmitApplication(
                applicant: man, channel: .centre, town: Fixture.town,
                items: [.init(policyItem: Fixture.item("living.support"))]), at: day)
        hub.checksRepeats = true
        let id: CaseID = DanyangStory.tag(opened, .caseFile)
        let item: ItemID = DanyangStory.tag(opened, .item)
        try hub.send(CompleteTriage(items: [.init(item: item, path: .handleHere)]), to: .caseFile(id), at: day)
        try hub.send(DecideItem(result: .granted, clause: "办法"), to: .item(item), at: day)
        try hub.send(NotifyDecision(means: .inPerson), to: .item(item), at: day)
        try hub.send(TellApplicant(means: .inPerson), to: .caseFile(id), at: day)
        try hub.send(ProposeExit(result: .helped), to: .caseFile(id), at: day)
        try hub.send(ExitCase(), to: .caseFile(id), at: day)
        #expect(throws: CaseFileRefusal.hasExited.told) {
            try hub.send(AddItem(policyItem: Fixture.item("legal.aid")), to: .caseFile(id), at: day)
        }
        #expect(throws: CaseFileRefusal.hasExited.told) {
            try hub.send(
                DispatchReferral(order: ReferralOrder(task: Fixture.task("companion.care"))), to: .caseFile(id),
                at: day)
        }
    }

    @Test func `a follow-up grows only out of a closed referral, and a court reports on none`() throws {
        var story = try DanyangStory.met()
        try story.dispatch()
        let friday = Fixture.morning("2023-08-18")
        #expect(throws: CaseFileRefusal.referralUnfinished.told) {
            try story.hub.send(
                OpenFollowUp(kind: .serviceBegun, department: Fixture.minzheng, referral: story.referrals[0]),
                to: story.theCase, as: .supervisor, at: friday)
        }
        #expect(throws: CaseFileRefusal.departmentWithoutFeed.told) {
            try story.hub.send(
                OpenFollowUp(kind: .court, department: Fixture.fayuan), to: story.theCase, as: .supervisor,
                at: friday)
        }
        #expect(throws: (any Error).self, "only a supervisor opens one") {
            try story.hub.send(OpenFollowUp(kind: .court, department: Fixture.sifa), to: story.theCase, at: friday)
        }
    }

    @Test func `a contact reaches a voluntary body only by consent, and after it accepted`() throws {
        var story = try DanyangStory.met()
        try story.hub.send(
            GrantAuthorization(scope: [.disclosureToVoluntary]), to: story.theCase, as: .station,
            at: Fixture.morning("2023-08-18"))
        try story.dispatch()
        let contact = DisclosedGroup(.contact, of: story.woman)
        #expect(story.file.referrals[story.referrals[4]]?.grants[Fixture.jijinhui]?.contains(contact) == true)
        let before = try story.hub.events.filter {
            try $0.disclosure.groups[Fixture.jijinhui]?.contains(contact) == true
        }
        #expect(before.isEmpty)
        let accepted = try story.act(
            AcceptReferral(handlingPost: Fixture.post("jijinhui/care")), on: 5, by: Fixture.jijinhui, "2023-08-21")
        let after = try accepted.last?.disclosure.groups[Fixture.jijinhui]
        #expect(after?.contains(contact) == true)
    }
}
