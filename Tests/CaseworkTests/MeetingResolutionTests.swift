import Casework
import Deadlines
import EventSourcing
import RuleBook
import Testing

/// What a meeting resolves on each of its cases, beside referrals and within disputes.
@Suite struct MeetingResolutionTests {
    private let opinion = MeetingAssignment(department: Fixture.gongan, kind: .giveOpinion)

    @Test func `a resolution is about one case and discloses nothing to the others' bodies`() throws {
        var story = try MeetingStory(cases: 2)
        let table = try story.sit()
        let second = story.parties[1]
        #expect(throws: JointMeetingRefusal.notOnAgenda.told) {
            // An item of the first case in a resolution on the second.
            try story.office(
                AdoptResolution(
                    actions: [.init(task: Fixture.task("living.support"), items: [story.parties[0].items[0]])],
                    caseFile: second.caseID), on: table)
        }
        let adopted = try story.office(
            AdoptResolution(
                actions: [.init(task: Fixture.task("living.support"), items: [second.items[0]])],
                assignments: [.init(department: Fixture.jiaoyu, coHandlers: [Fixture.fulian], kind: .visitTogether)],
                caseFile: second.caseID), on: table)
        #expect(adopted.map(\.type) == ["ResolutionAdopted", "ResolutionActionAssigned"])
        #expect(try adopted[0].disclosure.audience == [])
        #expect(try adopted[1].disclosure.audience == [Fixture.fulian, Fixture.jiaoyu])
        for event in adopted {
            #expect(event.tags.contains(.caseFile(second.caseID)))
            #expect(!event.tags.contains(.caseFile(story.parties[0].caseID)))
        }
        let id: ResolutionID = DanyangStory.tag(adopted, .resolution)
        #expect(story.file(1).resolution(id) != nil && story.file(0).resolution(id) == nil)
    }

    @Test func `a body has one such action a resolution, a court none`() throws {
        var story = try MeetingStory(cases: 2)
        let table = try story.sit()
        #expect(throws: JointMeetingRefusal.bodyHasAction.told) {
            try story.office(AdoptResolution(assignments: [opinion, opinion]), on: table)
        }
        for assignment in [
            MeetingAssignment(department: Fixture.fayuan, kind: .giveOpinion),
            MeetingAssignment(department: Fixture.gongan, coHandlers: [Fixture.fayuan], kind: .giveOpinion),
        ] {
            #expect(throws: JointMeetingRefusal.judicialBearsNothing.told) {
                try story.office(AdoptResolution(assignments: [assignment]), on: table)
            }
        }
        #expect(throws: JointMeetingRefusal.unknownDepartment.told) {
            try story.office(
                AdoptResolution(assignments: [.init(department: Fixture.department("nobody"), kind: .giveOpinion)]),
                on: table)
        }
        #expect(throws: JointMeetingRefusal.actionsMissing.told) { try story.office(AdoptResolution(), on: table) }
        #expect(throws: JointMeetingRefusal.disputeMissing.told) {
            try story.office(AdoptResolution(ruling: .confirmed, assignments: [opinion]), on: table)
        }
    }

    @Test func `an action of a conditional resolution begins when the condition is met, and its body alone ends it`()
        throws
    {
        var story = try MeetingStory(cases: 2)
        let table = try story.sit()
        let adopted = try story.office(
            AdoptResolution(condition: .documentsArrived, assignments: [opinion]), on: table)
        #expect(adopted.map(\.type) == ["ResolutionAdopted"])
        let id: ResolutionID = DanyangStory.tag(adopted, .resolution)
        #expect(throws: JointMeetingRefusal.resolutionWaits.told) {
            try story.hub.send(
                CompleteMeetingAction(), to: .resolution(id), as: .of(Fixture.gongan), at: story.day)
        }
        let met = try story.hub.send(MeetResolutionCondition(), to: .resolution(id), at: story.day)
        #expect(met.map(\.type) == ["ResolutionConditionMet", "ResolutionActionAssigned"])
        #expect(throws: JointMeetingRefusal.notTheirs.told) {
            try story.hub.send(
                CompleteMeetingAction(department: Fixture.gongan), to: .resolution(id), as: .of(Fixture.fulian),
                at: story.day)
        }
        #expect(throws: JointMeetingRefusal.noSuchAction.told) {
            try story.hub.send(
                CompleteMeetingAction(), to: .resolution(id), as: .of(Fixture.fulian), at: story.day)
        }
        let done = try story.hub.send(
            CompleteMeetingAction(), to: .resolution(id), as: .of(Fixture.gongan), at: story.day)
        #expect(done.map(\.type) == ["ActionDone"])
    }

    @Test func `I-3: no exit and no reply while a meeting action is open`() throws {
        var story = try MeetingStory(cases: 2)
        let table = try story.sit()
        let adopted = try story.office(AdoptResolution(assignments: [opinion]), on: table)
        #expect(story.file(0).meetings[table]?.isOpenForExit == true)
        try story.office(HoldJointMeeting(), on: table)
        #expect(story.file(0).meetings[table]?.isOpenForExit == true, "held, and the police still have to act")
        #expect(story.file(1).meetings[table]?.isOpenForExit == false, "the other case waits for nothing of it")
        try story.hub.send(
            CompleteMeetingAction(), to: .resolution(DanyangStory.tag(adopted, .resolution)), as: .of(Fixture.gongan),
            at: story.day)
        #expect(story.file(0).meetings[table]?.isOpenForExit == false)
    }

    @Test func `meeting.action: the head of the body that owns it pauses it for a court, and nobody else`() throws {
        var story = try MeetingStory(cases: 2)
        let table = try story.sit()
        let adopted = try story.office(AdoptResolution(assignments: [opinion]), on: table)
        let subject: Subject = .resolution(DanyangStory.tag(adopted, .resolution))
        let pause = PauseDeadline(
            rule: Fixture.rule("meeting.action"), reason: .court, expectedUntil: Fixture.day("2023-09-01"),
            basis: "民事诉讼法 第一百五十三条")
        #expect(throws: DeadlineRefusal.headOnly.told) {
            try story.hub.send(pause, to: subject, as: .of(Fixture.fulian, post: "fulian/head"), at: story.day)
        }
        let paused = try story.hub.send(
            pause, to: subject, as: .of(Fixture.gongan, post: "gongan/head"), at: story.day)
        #expect(paused.map(\.type) == ["DeadlinePaused"])
    }

    @Test func `meeting.action: one body's pause neither stops nor blocks another's on the same resolution`() throws {
        var story = try MeetingStory(cases: 2)
        let table = try story.sit()
        let report = MeetingAssignment(department: Fixture.fulian, kind: .reportBack)
        let adopted = try story.office(AdoptResolution(assignments: [opinion, report]), on: table)
        let subject: Subject = .resolution(DanyangStory.tag(adopted, .resolution))
        func pause(_ until: String) -> PauseDeadline {
            PauseDeadline(
                rule: Fixture.rule("meeting.action"), reason: .court, expectedUntil: Fixture.day(until),
                basis: "民事诉讼法 第一百五十三条")
        }
        let (police, women) = (
            TestHub.Sender.of(Fixture.gongan, post: "gongan/head"),
            TestHub.Sender.of(Fixture.fulian, post: "fulian/head")
        )
        try story.hub.send(pause("2023-09-01"), to: subject, as: police, at: story.day)
        try story.hub.send(pause("2023-09-15"), to: subject, as: women, at: story.day)
        #expect(Set(story.file(0).pauses.keys.map(\.body)) == [Fixture.gongan, Fixture.fulian])
        #expect(throws: DeadlineRefusal.alreadyPaused.told) {
            try story.hub.send(pause("2023-09-20"), to: subject, as: women, at: story.day)
        }
        try story.hub.send(
            ResumeDeadline(rule: Fixture.rule("meeting.action")), to: subject, as: police, at: story.day)
        #expect(story.file(0).pauses.keys.map(\.body) == [Fixture.fulian])
    }

    @Test func `I-11: an extension is for one body's run, once, and for a body that has one`() throws {
        var story = try MeetingStory(cases: 2)
        let table = try story.sit()
        let report = MeetingAssignment(department: Fixture.fulian, kind: .reportBack)
        let adopted = try story.office(AdoptResolution(assignments: [opinion, report]), on: table)
        let resolution: ResolutionID = DanyangStory.tag(adopted, .resolution)
        func extend(_ department: DepartmentCode?, by days: Int = 5) -> ExtendDeadline {
            ExtendDeadline(
                rule: Fixture.rule("meeting.action"), instance: .resolution(resolution), granted: .add(days),
                basis: "办法 第六章", department: department)
        }
        let theCase = story.parties[0].subject
        try story.hub.send(extend(Fixture.gongan), to: theCase, as: .supervisor, at: story.day)
        try story.hub.send(extend(Fixture.fulian), to: theCase, as: .supervisor, at: story.day)
        #expect(throws: DeadlineRefusal.extendedBefore.told) {
            try story.hub.send(extend(Fixture.gongan, by: 6), to: theCase, as: .supervisor, at: story.day)
        }
        #expect(throws: DeadlineRefusal.extendedBefore.told, "for all is once more for each") {
            try story.hub.send(extend(nil), to: theCase, as: .supervisor, at: story.day)
        }
        #expect(throws: DeadlineRefusal.instanceDiffers.told) {
            try story.hub.send(extend(Fixture.jiaoyu), to: theCase, as: .supervisor, at: story.day)
        }
    }

    @Test func `a resolution is carried out by the catalogue of the meeting's day, not the newest`() throws {
        var story = try DanyangStory.met()
        var task = try #require(story.hub.rules.task(Fixture.task("education.grant")))
        let old = task.version
        task.version += 1
        task.effectiveFrom = Fixture.day("2023-08-21")
        task.participants = [.init(Fixture.minzheng, .lead, slice: [])]
        story.hub.rules.evolve(with: .dispatchCatalogRevised(task))
        let resolved = try #require(story.file.resolution(story.resolution)?.resolution.adopted)
        #expect(resolved.actions.first { $0.task == task.code }?.taskVersion == old)
        let later = Fixture.morning("2023-08-22")
        let order = ReferralOrder(
            task: task.code, items: [story.education], people: ["child": story.daughter], resolution: story.resolution)
        let sent = try story.hub.send(DispatchReferral(order: order), to: story.theCase, at: later, isRepeatable: false)
        let dispatched = try #require(sent.first { $0.type == "ReferralDispatched" })
        guard case .casework(.referral(.dispatched(let fact)))? = try HubEvent(dispatched) else { return }
        #expect(fact.lead == Fixture.jiaoyu && fact.taskVersion == old)
        // A meeting called for the 18th resolves by the catalogue of the 18th, though it is written down later.
        var late = try MeetingStory(cases: 1)
        let table = late.parties[0].request
        try late.office(
            ConveneJointMeeting(meetsAt: Fixture.morning("2023-08-18"), members: [Fixture.fulian]), on: table)
        try late.office(RecordAttendance(attended: [.init(department: Fixture.fulian)]), on: table)
        var living = try #require(late.hub.rules.task(Fixture.task("living.support")))
        let first = living.version
        living.version += 1
        living.effectiveFrom = Fixture.day("2023-08-21")
        late.hub.rules.evolve(with: .dispatchCatalogRevised(living))
        let adopted = try late.office(
            AdoptResolution(actions: [.init(task: living.code, items: [late.parties[0].items[0]])]), on: table,
            at: later)
        guard case .casework(.meeting(.resolutionAdopted(let fact)))? = try HubEvent(try #require(adopted.first)) else {
            return
        }
        #expect(fact.actions.map(\.taskVersion) == [first])
    }

    @Test func `dissent is recorded of who was there for the case`() throws {
        var story = try MeetingStory(cases: 2)
        let table = try story.sit()
        let adopted = try story.office(AdoptResolution(assignments: [opinion]), on: table)
        let id: ResolutionID = DanyangStory.tag(adopted, .resolution)
        #expect(throws: JointMeetingRefusal.notAttended.told) {
            try story.hub.send(
                RecordDissent(department: Fixture.jiaoyu), to: .resolution(id), as: .office, at: story.day)
        }
        let dissent = try story.hub.send(
            RecordDissent(department: Fixture.fulian), to: .resolution(id), as: .office, at: story.day)
        #expect(dissent.map(\.type) == ["DissentRecorded"])
        #expect(try dissent[0].disclosure.audience == [])
        #expect(story.meeting(table).resolutions[id]?.dissents == [Fixture.fulian])
        #expect(throws: JointMeetingRefusal.noSuchResolution.told) {
            try story.hub.send(
                RecordDissent(department: Fixture.fulian), to: .resolution(Fixture.id(9)), as: .office, at: story.day)
        }
    }

    @Test func `T07, T08: a return for lawForbids is ruled on as the meeting resolved, and not otherwise`() throws {
        var story = try DanyangStory.met()
        try story.dispatch()
        let referral = story.referrals[1]
        let monday = Fixture.morning("2023-08-21")
        try story.hub.send(
            RequestReturn(reason: .lawForbids, clause: "教育法 第十条"), to: .referral(referral),
            as: .of(Fixture.jiaoyu, post: "jiaoyu/head"), at: monday)
        let asked = try story.hub.send(
            RequestJointMeeting(items: [story.education], disputes: referral), to: story.theCase, at: monday)
        let meeting: Subject = .meeting(DanyangStory.tag(asked, .meeting))
        try story.hub.send(
            ConveneJointMeeting(members: [Fixture.jiaoyu, Fixture.fulian]), to: meeting, as: .office, at: monday)
        try story.hub.send(
            RecordAttendance(attended: [Attendee(department: Fixture.jiaoyu)]), to: meeting, as: .office, at: monday)
        let adopted = try story.hub.send(
            AdoptResolution(designates: referral, ruling: .confirmed), to: meeting, as: .office, at: monday)
        let resolution: ResolutionID = DanyangStory.tag(adopted, .resolution)
        #expect(throws: JointMeetingRefusal.rulingDiffers.told) {
            try story.hub.send(
                ApproveReturn(clause: "教育法 第十条", resolution: resolution), to: .referral(referral), at: monday)
        }
        let refused = try story.hub.send(
            RefuseReturn(clause: "教育法 第十条", resolution: resolution, designation: .resolution(resolution)),
            to: .referral(referral), at: monday)
        #expect(refused.map(\.type) == ["ReturnRefused", "DepartmentDesignated"])
    }
}
