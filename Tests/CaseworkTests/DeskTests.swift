import Casework
import EventSourcing
import Registry
import RuleBook
import Testing

/// Who has a case, what was promised, who read it, who may not.
@Suite struct DeskTests {
    private let desk = Fixture.post("yunyang/desk")
    private let counter = Fixture.post("yunyang/counter")
    private let day = Fixture.morning("2023-08-15")
    private var visit: CasePromise { CasePromise(.visit, by: desk, due: Fixture.day("2023-08-18")) }

    private func story() throws -> DanyangStory {
        var story = DanyangStory()
        try story.apply()
        return story
    }

    // MARK: Assignment and promises

    @Test func `N-16: whoever takes a case promises what comes next, and not for yesterday`() throws {
        var story = try story()
        #expect(throws: DeskRefusal.notAssigned.told) {
            try story.hub.send(
                HandOverCase(post: desk, reason: .workload, promise: visit), to: story.theCase, at: day)
        }
        let foreign = CasePromise(.visit, by: counter, due: Fixture.day("2023-08-18"))
        #expect(throws: DeskRefusal.promiseBySomebodyElse.told) {
            try story.hub.send(AssignCase(post: desk, promise: foreign), to: story.theCase, at: day)
        }
        let late = CasePromise(.visit, by: desk, due: Fixture.day("2023-08-14"))
        #expect(throws: DeskRefusal.promiseInThePast.told) {
            try story.hub.send(AssignCase(post: desk, promise: late), to: story.theCase, at: day)
        }
        let assigned = try story.hub.send(AssignCase(post: desk, promise: visit), to: story.theCase, at: day)
        #expect(assigned.map(\.type) == ["CaseAssigned"])
        #expect(story.file.keeping.post == desk && story.file.keeping.promise == visit)
        #expect(throws: DeskRefusal.alreadyAssigned.told) {
            try story.hub.send(AssignCase(post: counter, promise: foreign), to: story.theCase, at: day)
        }
        #expect(throws: DeskRefusal.sameHands.told) {
            try story.hub.send(
                HandOverCase(
                    post: desk, reason: .leave, promise: CasePromise(.answer, by: desk, due: Fixture.day("2023-08-21"))),
                to: story.theCase, at: day)
        }
        let moved = try story.hub.send(
            HandOverCase(post: counter, reason: .leave, promise: foreign), to: story.theCase, at: day)
        #expect(moved.map(\.type) == ["CaseHandedOver"])
        #expect(story.file.keeping.post == counter && story.file.keeping.promise == foreign)
    }

    @Test func `N-16: a promise is kept once, and is broken on the day after`() throws {
        var story = try story()
        try story.hub.send(AssignCase(post: desk, promise: visit), to: story.theCase, at: day)
        let next = CasePromise(.answer, by: desk, due: Fixture.day("2023-08-25"))
        try story.hub.send(KeepCasePromise(kept: visit, next: next), to: story.theCase, at: day)
        #expect(story.file.keeping.promise == next)
        #expect(throws: DeskRefusal.noPromise.told) {
            try story.hub.send(KeepCasePromise(kept: visit), to: story.theCase, at: day)
        }
        #expect(!next.isBroken(on: Fixture.day("2023-08-25")))
        #expect(next.isBroken(on: Fixture.day("2023-08-26")))
    }

    @Test func `an unknown case or post cannot be assigned`() throws {
        var story = try story()
        #expect(throws: DeskRefusal.unknownCase.told) {
            try story.hub.send(AssignCase(post: desk, promise: visit), to: .caseFile(Fixture.id(77)), at: day)
        }
        let nowhere = Fixture.post("jiaoyu/nowhere")
        #expect(throws: DeskRefusal.unknownPost.told) {
            try story.hub.send(
                AssignCase(post: nowhere, promise: CasePromise(.visit, by: nowhere, due: Fixture.day("2023-08-18"))),
                to: story.theCase, at: day)
        }
    }

    @Test func `a post on leave has a deputy from the first day through the last`() throws {
        var hub = TestHub()
        let leave = RecordLeave(
            post: desk, deputy: counter, from: Fixture.day("2023-08-21"), through: Fixture.day("2023-08-25"))
        #expect(try hub.send(leave, as: .supervisor, at: day).map(\.type) == ["LeaveRecorded"])
        var staff = StaffRegister()
        for entry in hub.boundary().entries {
            if case .casework(.desk(let event)) = entry.event { staff.evolve(with: event) }
        }
        #expect(staff.deputy(of: desk, on: Fixture.day("2023-08-20")) == nil)
        #expect(staff.deputy(of: desk, on: Fixture.day("2023-08-21")) == counter)
        #expect(staff.deputy(of: desk, on: Fixture.day("2023-08-25")) == counter)
        #expect(staff.deputy(of: desk, on: Fixture.day("2023-08-26")) == nil)
        #expect(staff.posts(deputisedBy: counter, on: Fixture.day("2023-08-23")) == [desk])
        func refused(_ deputy: PostCode, of post: PostCode, _ from: String, _ through: String, _ why: DeskRefusal) {
            #expect(throws: why.told) {
                try hub.send(
                    RecordLeave(post: post, deputy: deputy, from: Fixture.day(from), through: Fixture.day(through)),
                    as: .supervisor, at: day)
            }
        }
        refused(desk, of: counter, "2023-08-25", "2023-08-28", .deputyAway)
        refused(desk, of: desk, "2023-09-25", "2023-09-28", .deputyIsThePost)
        refused(counter, of: desk, "2023-09-25", "2025-09-28", .leaveTooLong)
        #expect(throws: DeskRefusal.notTheirPost.told) {
            try hub.send(
                leave, as: .init(account: Fixture.id(60), role: .departmentHead, department: Fixture.jiaoyu), at: day)
        }
    }

    // MARK: Reading and files

    @Test func `a reading is recorded once in 15 minutes for the same account, people and groups`() throws {
        var story = try story()
        let reading = RevealRecords(people: [story.woman], groups: [.identity, .contact], purpose: .handling)
        let first = try story.hub.send(reading, to: story.theCase, at: day)
        #expect(first.map(\.type) == ["RecordsRead"])
        let minute: Int64 = 60_000
        func after(_ minutes: Int64) -> Instant { Instant(milliseconds: day.milliseconds + minutes * minute) }
        #expect(try story.hub.send(reading, to: story.theCase, at: after(14)).isEmpty)
        let narrower = RevealRecords(people: [story.woman], groups: [.identity], purpose: .handling)
        #expect(try story.hub.send(narrower, to: story.theCase, at: after(14)).isEmpty)
        let wider = RevealRecords(people: [story.woman], groups: [.identity, .health], purpose: .handling)
        #expect(try story.hub.send(wider, to: story.theCase, at: after(14)).count == 1, "more than was opened")
        #expect(try story.hub.send(reading, to: story.theCase, as: .supervisor, at: after(14)).count == 1)
        #expect(try story.hub.send(reading, to: story.theCase, at: after(15)).count == 1)
    }

    @Test func `only people of the case are opened, at most 12, and something of them`() throws {
        var story = try story()
        func refused(_ people: [PersonReference], _ groups: [FieldGroup], _ why: DeskRefusal) {
            #expect(throws: why.told) {
                try story.hub.send(
                    RevealRecords(people: people, groups: groups, purpose: .handling), to: story.theCase, at: day)
            }
        }
        refused([Fixture.id(99)], [.identity], .notOfTheCase)
        refused([story.woman], [], .nothingToRead)
        refused([story.woman], [.signedCommand], .nothingToRead)
        refused((0..<13).map { Fixture.id($0) }, [.identity], .tooManyPeople)
    }

    @Test func `a case holds 100 attachments, each of a person of the case and under its own identifier`() throws {
        var story = try story()
        story.hub.checksRepeats = false
        let digest = try #require(ContentDigest(String(repeating: "a", count: 64)))
        let other = try #require(ContentDigest(String(repeating: "b", count: 64)))
        func file(_ number: UInt64, of person: PersonReference, _ digest: ContentDigest) -> StoreAttachment {
            StoreAttachment(
                attachment: (Fixture.id(number) as CaseID).unique, person: person,
                file: Attachment(digest: digest, bytes: 3), sealedDigest: digest, mediaType: .pdf)
        }
        #expect(throws: DeskRefusal.notOfTheCase.told) {
            try story.hub.send(file(1, of: Fixture.id(99), digest), to: story.theCase, at: day)
        }
        for number in 1...UInt64(StoreAttachment.limit) {
            try story.hub.send(file(number, of: story.woman, digest), to: story.theCase, at: day)
        }
        #expect(try story.hub.send(file(1, of: story.woman, digest), to: story.theCase, at: day).isEmpty)
        #expect(throws: DeskRefusal.attachmentTwice.told) {
            try story.hub.send(file(1, of: story.woman, other), to: story.theCase, at: day)
        }
        #expect(throws: DeskRefusal.tooManyAttachments.told) {
            try story.hub.send(file(101, of: story.woman, digest), to: story.theCase, at: day)
        }
    }

    @Test func `what was told is shown by evidence that fits the way it was told`() throws {
        var applied = try story()
        #expect(throws: DeskRefusal.nothingTold.told) {
            try applied.hub.send(
                RecordDelivery(means: .post, outcome: .delivered, evidence: .postalReceipt), to: applied.theCase,
                at: day)
        }
        var story = try DanyangStory.answered()
        let monday = Fixture.morning("2023-09-11")
        #expect(throws: DeskRefusal.evidenceDiffers.told) {
            try story.hub.send(
                RecordDelivery(means: .telephone, outcome: .reached, evidence: .postalReceipt), to: story.theCase,
                at: monday)
        }
        #expect(throws: DeskRefusal.referenceTooLong.told) {
            try story.hub.send(
                RecordDelivery(means: .post, outcome: .delivered, evidence: .postalReceipt, reference: ""),
                to: story.theCase, at: monday)
        }
        let recorded = try story.hub.send(
            RecordDelivery(means: .post, outcome: .delivered, evidence: .postalReceipt, reference: "XA 1234"),
            to: story.theCase, at: monday)
        #expect(recorded.map(\.type) == ["DeliveryRecorded"])
        #expect(DeliveryOutcome.refused.isProof && !DeliveryOutcome.returned.isProof)
    }

    // MARK: Conflicts, emergencies, guardians

    @Test func `N-8: a supervisor lifts a conflict with its reason, never their own, and it can be declared anew`()
        throws
    {
        var story = try story()
        let dispatcher = TestHub.Sender.dispatcher.account
        let subject = Subject.person(story.woman)
        func lift(_ account: AccountID, basis: String = "经核实并非亲属") -> LiftConflict {
            LiftConflict(account: account, reason: .declaredInError, basis: basis)
        }
        func isLocked() -> Bool {
            var staff = StaffRegister()
            for entry in story.hub.boundary().entries {
                if case .casework(.desk(let event)) = entry.event { staff.evolve(with: event) }
            }
            return staff.conflicts(of: dispatcher).contains(story.woman)
        }
        #expect(throws: DeskRefusal.noSuchConflict.told) {
            try story.hub.send(lift(dispatcher), to: subject, as: .supervisor, at: day)
        }
        try story.hub.send(DeclareConflict(relation: .sibling), to: subject, at: day)
        #expect(isLocked())
        #expect(throws: DeskRefusal.liftBasisEmpty.told) {
            try story.hub.send(lift(dispatcher, basis: " "), to: subject, as: .supervisor, at: day)
        }
        #expect(throws: DeskRefusal.unknownPerson.told) {
            try story.hub.send(lift(dispatcher), to: .person(Fixture.id(98)), as: .supervisor, at: day)
        }
        let lifted = try story.hub.send(lift(dispatcher), to: subject, as: .supervisor, at: day)
        #expect(lifted.map(\.type) == ["ConflictLifted"] && !isLocked())
        #expect(story.hub.events.contains { $0.type == "ConflictDeclared" }, "what was declared stays to be read")
        let again = try story.hub.send(DeclareConflict(relation: .sibling), to: subject, at: day)
        #expect(again.first?.type == "ConflictDeclared" && isLocked())
        let supervisor = TestHub.Sender.supervisor
        try story.hub.send(DeclareConflict(relation: .business), to: .person(story.husband), as: supervisor, at: day)
        #expect(throws: DeskRefusal.ownConflict.told) {
            try story.hub.send(lift(supervisor.account), to: .person(story.husband), as: supervisor, at: day)
        }
    }

    @Test func `N-8: of two who share a post each has a conflict of their own`() throws {
        let post = desk
        var staff = StaffRegister()
        let person: PersonReference = Fixture.id(61)
        for account in [62, 63] as [UInt64] {
            staff.evolve(
                with: .conflictDeclared(
                    .init(account: Fixture.id(account), post: post, person: person, relation: .sibling)))
        }
        let lifted = DeskEvent.ConflictLifted(
            account: Fixture.id(62), person: person, reason: .relationEnded, basis: "关系已解除")
        staff.evolve(with: .conflictLifted(lifted))
        #expect(staff.conflicts(of: Fixture.id(62)).isEmpty)
        #expect(staff.conflicts(of: Fixture.id(64), in: [post]) == [person], "the other's still binds the post")
    }

    @Test func `N-8: a conflict declared late flags what was done before, and hides nothing`() throws {
        var story = try story()
        let declared = try story.hub.send(
            DeclareConflict(relation: .sibling), to: .person(story.woman), as: .station, at: day)
        #expect(declared.map(\.type) == ["ConflictDeclared", "ConflictDetected"])
        guard case .casework(.desk(.conflictDetected(let detected)))? = try HubEvent(declared[1]) else {
            Issue.record("the second event is the detection")
            return
        }
        #expect(detected.caseFile == story.caseID && detected.acts == 8)
        let clean = try story.hub.send(
            DeclareConflict(relation: .business), to: .person(story.husband), as: .approver, at: day)
        #expect(clean.map(\.type) == ["ConflictDeclared"])
        #expect(throws: DeskRefusal.conflictOfAnother.told) {
            try story.hub.send(
                DeclareConflict(relation: .parent, account: Fixture.id(4)), to: .person(story.husband), as: .approver,
                at: day)
        }
        #expect(throws: DeskRefusal.unknownPerson.told) {
            try story.hub.send(DeclareConflict(relation: .parent), to: .person(Fixture.id(98)), at: day)
        }
    }

    @Test func `N-8: who is tied to somebody on the staff is visited by two others before anything is granted`() throws
    {
        var story = try DoorStory.submitted()
        try story.send(CompleteTriage(items: [.init(item: story.living, path: .handleHere)]))
        var staff = StaffRegister()
        staff.evolve(
            with: .conflictDeclared(
                .init(account: TestHub.Sender.station.account, post: nil, person: story.man, relation: .sibling)))
        func refused(_ result: DecisionResult = .granted) -> CommandRefusal? {
            let time = Fixture.morning(DoorStory.day)
            var context = story.hub.context(story.theCase, .head, time, time, [])
            context.staff = staff
            do throws(CommandRefusal) {
                _ = try story.hub.decide(DecideItem(item: story.living, result: result, clause: "办法"), context)
                return nil
            } catch {
                return error
            }
        }
        #expect(refused() == CaseFileRefusal.homeCheckMissing.told)
        #expect(refused(.refused) == nil, "a refusal gives nothing away")
        story.hub.checksRepeats = false
        try story.send(CompleteVisit(purpose: .verification, visitors: 2), as: .station)
        #expect(refused() == CaseFileRefusal.homeCheckMissing.told, "it was the one who is tied")
        try story.send(CompleteVisit(purpose: .intake, visitors: 2), as: DoorStory.caller)
        #expect(refused() == CaseFileRefusal.homeCheckMissing.told, "not a verification")
        try story.send(CompleteVisit(purpose: .verification, visitors: 2), as: DoorStory.caller)
        #expect(refused() == nil)
        staff = StaffRegister()
        #expect(refused() == nil, "nobody is tied")
    }

    @Test func `an emergency access has a reason, an end, and is reviewed once by somebody else`() throws {
        var story = try story()
        let handler = TestHub.Sender.of(Fixture.jiaoyu)
        #expect(throws: DeskRefusal.boxTooLong.told) {
            try story.hub.send(
                UseEmergencyAccess(reason: .childAtRisk, hours: 25), to: story.theCase, as: handler, at: day)
        }
        let used = try story.hub.send(
            UseEmergencyAccess(reason: .childAtRisk), to: story.theCase, as: handler, at: day)
        let access = try #require(story.file.keeping.accesses.values.first?.used)
        #expect(used.map(\.type) == ["EmergencyAccessUsed"] && access.hours == 4)
        #expect(access.isOpen(at: Instant(milliseconds: day.milliseconds + 4 * 3_600_000 - 1), usedAt: day))
        #expect(!access.isOpen(at: Instant(milliseconds: day.milliseconds + 4 * 3_600_000), usedAt: day))
        let officer = TestHub.Sender(account: Fixture.id(70), role: .operator)
        func review(_ finding: EmergencyFinding, of access: UniqueID, by sender: TestHub.Sender) throws {
            try story.hub.send(
                ReviewEmergencyAccess(access: access, finding: finding), to: story.theCase, as: sender, at: day)
        }
        #expect(throws: DeskRefusal.noSuchAccess.told) {
            try review(.justified, of: (Fixture.id(1) as CaseID).unique, by: officer)
        }
        var himself = officer
        himself.account = handler.account
        #expect(throws: DeskRefusal.ownAccess.told) { try review(.justified, of: access.access, by: himself) }
        try review(.justified, of: access.access, by: officer)
        #expect(story.hub.events.last?.type == "EmergencyAccessReviewed")
        #expect(throws: DeskRefusal.alreadyReviewed.told) { try review(.notJustified, of: access.access, by: officer) }
    }

    @Test func `guardians are stated for a minor, and no parent's word alone ends a child's matter`() throws {
        var story = try story()
        func state(_ guardians: [Guardian], of child: PersonReference) throws {
            try story.hub.send(StateGuardians(guardians: guardians), to: .person(child), as: .station, at: day)
        }
        #expect(throws: DeskRefusal.notAMinor.told) { try state([Guardian(story.husband, .parent)], of: story.woman) }
        #expect(throws: DeskRefusal.guardiansMalformed.told) { try state([], of: story.daughter) }
        #expect(throws: DeskRefusal.unknownGuardian.told) {
            try state([Guardian(Fixture.id(97), .grandparent)], of: story.daughter)
        }
        #expect(throws: DeskRefusal.unknownPerson.told) {
            try state([Guardian(story.woman, .parent)], of: Fixture.id(97))
        }
        let grandmother: PersonReference = Fixture.id(31)
        try story.hub.register(grandmother, groups: [.identity])
        try state(
            [
                Guardian(story.woman, .parent), Guardian(story.husband, .parent, unavailable: .missing),
                Guardian(grandmother, .grandparent, conflicted: true),
            ], of: story.daughter)
        let before = story.hub.boundary()
        for speaker in [story.woman, story.husband, grandmother] {
            #expect(!before.maySpeak(speaker, for: story.daughter), "parent, missing, conflicted")
        }
        #expect(before.maySpeak(story.woman, for: story.woman) && !before.maySpeak(story.husband, for: story.woman))
        try state([Guardian(grandmother, .grandparent)], of: story.daughter)
        #expect(story.hub.boundary().maySpeak(grandmother, for: story.daughter))
        #expect(story.hub.boundary().guardians(of: story.daughter).map(\.person) == [grandmother])
    }
}
