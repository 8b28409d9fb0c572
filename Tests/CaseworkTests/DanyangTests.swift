import Casework
import EventSourcing
import Testing

@Suite struct DanyangTests {
    @Test func `the story runs from door to door`() throws {
        let story = try DanyangStory.played()
        #expect(story.file.stage == .exited)
        #expect(story.file.openFollowUps == [story.followUp])
        #expect(story.file.referralOrder.count == 6)
        #expect(story.file.referrals.values.allSatisfy { $0.stage == .closed })
        let types = Set(story.hub.events.map(\.type))
        #expect(
            types.isSuperset(of: [
                "HelpRequestRecorded", "AuthorizationGranted", "MinutesCirculated", "ResolutionConditionMet",
                "CaseExitProposed", "CaseExited",
            ]))
    }

    @Test func `every event of the case carries its tag, and what it is about`() throws {
        let story = try DanyangStory.played()
        for event in story.hub.events where event.type != "HelpRequestRecorded" && event.type != "PersonRegistered" {
            #expect(event.tags.contains(.caseFile(story.caseID)), "\(event.type)")
            if event.type.hasPrefix("Referral") || event.type == "SliceReleased" {
                #expect(event.tags.contains { $0.kind == .referral }, "\(event.type)")
            }
            for department in try event.disclosure.audience {
                #expect(event.tags.contains(.department(department)), "\(event.type) for \(department)")
            }
        }
    }

    @Test func `seven bodies get six different slices and one empty feed`() throws {
        let story = try DanyangStory.played()
        func learnt(_ department: DepartmentCode) throws -> Set<DisclosedGroup> {
            try story.hub.events.reduce(into: []) { $0.formUnion(try $1.disclosure.groups[department] ?? []) }
        }
        let bodies = [
            Fixture.minzheng, Fixture.jiaoyu, Fixture.gongan, Fixture.fulian, Fixture.sifa, Fixture.jijinhui,
        ]
        #expect(try Set(bodies.map(learnt)).count == 6)
        #expect(try learnt(Fixture.fayuan).isEmpty)
        // Education learns nothing of illness, of the husband or of the mother at all.
        let education = try learnt(Fixture.jiaoyu).compactMap(\.person)
        #expect(Set(education) == [story.daughter])
        #expect(try !learnt(Fixture.jiaoyu).contains { $0.group == .health })
        // The police get no address of anybody.
        #expect(try !learnt(Fixture.gongan).contains { $0.group == .contact })
        // The federation holds tracing data, so it gets no contact of the other adult.
        #expect(try learnt(Fixture.fulian).contains(DisclosedGroup(.traceOutcome, of: story.husband)))
        #expect(try !learnt(Fixture.fulian).contains(DisclosedGroup(.contact, of: story.woman)))
        // The foundation knows an alias, and no contact without consent.
        #expect(try learnt(Fixture.jijinhui).allSatisfy { $0.person == nil || $0.group == .alias })
    }

    @Test func `no entry holds a part outside the department's grant`() throws {
        let story = try DanyangStory.played()
        for event in story.hub.events {
            for (department, groups) in try event.disclosure.groups {
                let granted = story.file.referrals.values.flatMap { $0.grants[department] ?? [] }
                #expect(
                    groups.filter { $0.person != nil }.isSubset(of: Set(granted)), "\(event.type) for \(department)")
            }
        }
    }

    @Test func `the foundation learns nothing of R3 to R6, and of its report only that it was received and ended`()
        throws
    {
        let story = try DanyangStory.played()
        let entries = try story.hub.events.filter { try $0.disclosure.audience.contains(Fixture.jijinhui) }
        let ownOffer = EventTag.referral(story.referrals[4])
        for event in entries where event.type.hasPrefix("Referral") || event.type == "SliceReleased" {
            #expect(event.tags.contains(ownOffer), "\(event.type)")
        }
        #expect(entries.first?.type == "HelpRequestRecorded")
        #expect(entries.last?.type == "CaseExited")
        let shown = HubEvent.fieldGroups(of: .casework(.caseFile(.exited))).filter { $0.value == .reference }
        #expect(Set(shown.keys) == ["request"])
    }

    @Test func `co-handlers see the state of the lead's work and not its result`() throws {
        let story = try DanyangStory.played()
        let completion = try #require(
            story.hub.events.last {
                $0.type == "ReferralCompleted" && $0.tags.contains(.referral(story.referrals[3]))
            })
        let told = try completion.disclosure.groups
        #expect(told[Fixture.gongan] == [DisclosedGroup(.reference)])
        #expect(told[Fixture.fulian]?.contains(DisclosedGroup(.narrative)) == true)
        let groups = HubEvent.fieldGroups(of: .casework(.referral(.completed)))
        #expect(groups["outcome"] == .narrative)
    }

    @Test func `the story writes each kind of event as often as it happens`() throws {
        let story = try DanyangStory.played()
        func count(_ type: String) -> Int { story.hub.events.count { $0.type == type } }
        #expect(count("JointMeetingRequested") == 1 && count("JointMeetingHeld") == 1)
        #expect(count("MemberInvited") == 6 && count("MemberAttended") == 6 && count("OpinionRecorded") == 1)
        #expect(count("ReferralDispatched") == 6 && count("ReferralReceived") == 7, "two co-handlers, an offer less")
        #expect(count("ReferralAccepted") == 6 && count("HandlingStarted") == 6)
        #expect(count("ReferralCompleted") == 6 && count("CompletionAcceptedByCentre") == 6)
        #expect(count("ItemDecided") == 4 && count("DecisionNotified") == 4)
        #expect(count("VisitCompleted") == 1 && count("FollowUpOpened") == 1 && count("CaseExited") == 1)
    }

    @Test func `the filing is recorded after the exit and reaches its department only`() throws {
        var story = try DanyangStory.played()
        let reviewed = try story.hub.send(
            ReviewFollowUp(finding: .waiting), to: .followUp(story.followUp), as: .supervisor,
            at: Fixture.morning("2023-10-12"), isRepeatable: false)
        #expect(reviewed.map(\.type) == ["FollowUpReviewed"])
        let filed = try story.hub.send(
            RecordFollowUpProgress(stage: .filed), to: .followUp(story.followUp), as: .of(Fixture.sifa),
            at: Fixture.morning("2023-10-24"))
        #expect(filed.map(\.type) == ["FollowUpProgressRecorded"])
        #expect(try filed.map { try $0.disclosure.audience } == [[Fixture.sifa]])
        #expect(throws: FollowUpRefusal.notTheirs.told) {
            try story.hub.send(
                RecordFollowUpProgress(stage: .judged), to: .followUp(story.followUp), as: .of(Fixture.fulian),
                at: Fixture.morning("2023-10-25"))
        }
        let concluded = try story.hub.send(
            ConcludeFollowUp(outcome: .achieved, means: .inPerson), to: .followUp(story.followUp), as: .supervisor,
            at: Fixture.morning("2023-11-30"))
        #expect(concluded.map(\.type) == ["FollowUpConcluded", "DisclosureEnded"])
        #expect(throws: FollowUpRefusal.hasEnded.told) {
            try story.hub.send(
                ReviewFollowUp(finding: .waiting), to: .followUp(story.followUp), as: .supervisor,
                at: Fixture.morning("2023-12-01"))
        }
        #expect(story.file.stage == .exited)
    }

    @Test func `replaying the log gives the state it was decided from`() throws {
        let story = try DanyangStory.played()
        var live = CaseFile()
        for event in story.hub.boundary().casework(tagged: .caseFile(story.caseID)) { live.evolve(with: event) }
        #expect(live.stage == story.file.stage)
        #expect(live.referrals.mapValues(\.stage) == story.file.referrals.mapValues(\.stage))
        #expect(live.items == story.file.items)
    }
}
