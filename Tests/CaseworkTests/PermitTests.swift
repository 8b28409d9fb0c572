import Casework
import EventSourcing
import RuleBook
import Testing

/// What the conditions of the permission table mean, case by case.
@Suite struct PermitTests {
    private let day = Fixture.morning("2023-08-15")

    private func story() throws -> DanyangStory {
        var story = DanyangStory()
        try story.apply()
        return story
    }

    /// What the permit says to somebody who would act on the case now.
    private func refusal(
        _ action: Action, by sender: TestHub.Sender, on story: DanyangStory, at time: Instant? = nil,
        _ change: (inout CommandContext) -> Void = { _ in }
    ) -> CommandRefusal? {
        var story = story
        let time = time ?? day
        var context = story.hub.context(story.theCase, sender, time, time, [])
        change(&context)
        do throws(CommandRefusal) {
            try Permit(action, for: sender.role).check(story.hub.boundary(), context)
            return nil
        } catch {
            return error
        }
    }

    @Test func `ownTown: a station acts on cases of its own town`() throws {
        let story = try story()
        #expect(refusal(.notifyDecision, by: .station, on: story) { $0.town = Fixture.town } == nil)
        let elsewhere = try #require(TownCode("elsewhere"))
        #expect(
            refusal(.notifyDecision, by: .station, on: story) { $0.town = elsewhere } == DeskRefusal.otherTown.told)
        #expect(refusal(.notifyDecision, by: .station, on: story) == DeskRefusal.otherTown.told, "no town at all")
        #expect(refusal(.notifyDecision, by: .dispatcher, on: story) == nil)
    }

    @Test func `ownVillage: a village point has what it took in and what it was given`() throws {
        var story = try story()
        let village = TestHub.Sender(account: Fixture.id(50), role: .village, post: Fixture.post("huangtang/v03"))
        func refused() -> CommandRefusal? {
            refusal(.recordVisit, by: village, on: story) { $0.town = Fixture.town }
        }
        #expect(refused() == DeskRefusal.otherVillage.told)
        let post = try #require(village.post)
        try story.hub.send(
            AssignCase(post: post, promise: CasePromise(.visit, by: post, due: Fixture.day("2023-08-18"))),
            to: story.theCase, at: day)
        #expect(refused() == nil)
        var taker = village
        taker.account = TestHub.Sender.station.account
        taker.post = nil
        #expect(refusal(.recordVisit, by: taker, on: story) { $0.town = Fixture.town } == nil, "it took the case in")
    }

    @Test func `ownReferral: a department acts where it was asked`() throws {
        var story = try story()
        let jiaoyu = TestHub.Sender.of(Fixture.jiaoyu)
        #expect(refusal(.recordVisit, by: jiaoyu, on: story) == DeskRefusal.notInvolved.told)
        try story.meet()
        #expect(refusal(.recordVisit, by: jiaoyu, on: story) == nil, "invited to the meeting")
    }

    @Test func `headPost: only a post that heads its department asks for a return`() throws {
        let story = try DanyangStory.met()
        let headless = TestHub.Sender.of(Fixture.jiaoyu, post: "jiaoyu/aid")
        let department = try #require(Fixture.rules.department(Fixture.jiaoyu))
        let expected = department.posts.contains(where: \.head) ? DeskRefusal.notTheHead.told : nil
        #expect(refusal(.requestReturn, by: headless, on: story) == expected)
        var head = headless
        head.role = .departmentHead
        #expect(refusal(.requestReturn, by: head, on: story) == nil)
    }

    @Test func `I-16: who handled the case does not verify its outcome`() throws {
        var story = try story()
        #expect(
            refusal(.verifyOutcome, by: .station, on: story) { $0.town = Fixture.town }
                == DeskRefusal.hasHandled.told)
        #expect(refusal(.verifyOutcome, by: .supervisor, on: story) == nil)
        // Having read it or having given it away is no handling.
        try story.hub.send(
            RevealRecords(people: [story.woman], groups: [.identity], purpose: .verification), to: story.theCase,
            as: .supervisor, at: day)
        #expect(refusal(.verifyOutcome, by: .supervisor, on: story) == nil)
    }

    @Test func `emergency: a department opens a case only while its access runs`() throws {
        var story = try story()
        let jiaoyu = TestHub.Sender.of(Fixture.jiaoyu)
        #expect(refusal(.revealRecords, by: jiaoyu, on: story) == DeskRefusal.noEmergency.told)
        try story.hub.send(
            UseEmergencyAccess(reason: .violence, hours: 1), to: story.theCase, as: jiaoyu, at: day)
        #expect(refusal(.revealRecords, by: jiaoyu, on: story) == nil)
        let later = Instant(milliseconds: day.milliseconds + 3_600_000)
        #expect(refusal(.revealRecords, by: jiaoyu, on: story, at: later) == DeskRefusal.noEmergency.told)
        #expect(
            refusal(.revealRecords, by: .of(Fixture.gongan), on: story) == DeskRefusal.noEmergency.told,
            "another's access opens nothing")
        let access = try #require(story.file.keeping.accesses.keys.first)
        let officer = TestHub.Sender(account: Fixture.id(70), role: .operator)
        for finding in [EmergencyFinding.justified, .notJustified] {
            var reviewed = story
            try reviewed.hub.send(
                ReviewEmergencyAccess(access: access, finding: finding), to: story.theCase, as: officer, at: day)
            #expect(
                refusal(.revealRecords, by: jiaoyu, on: reviewed)
                    == (finding == .justified ? nil : DeskRefusal.noEmergency.told),
                "what was not justified is over at once")
        }
    }

    @Test func `N-8: whoever is in conflict neither acts nor reads, by account or by post, but may give the case away`()
        throws
    {
        let story = try story()
        var staff = StaffRegister()
        let post = Fixture.post("minzheng/desk")
        staff.evolve(
            with: .conflictDeclared(
                .init(
                    account: TestHub.Sender.dispatcher.account, post: post, person: story.woman, relation: .sibling)))
        for action in [Action.triage, .revealRecords, .tellApplicant, .useEmergencyAccess] {
            #expect(
                refusal(action, by: .dispatcher, on: story) { $0.staff = staff } == DeskRefusal.conflicted.told)
        }
        #expect(refusal(.assignCase, by: .dispatcher, on: story) { $0.staff = staff } == nil)
        #expect(refusal(.triage, by: .supervisor, on: story) { $0.staff = staff } == nil)
        let colleague = TestHub.Sender(account: Fixture.id(51), role: .dispatcher, post: post)
        #expect(refusal(.triage, by: colleague, on: story) { $0.staff = staff } == DeskRefusal.conflicted.told)
    }

    @Test func `a post is acted for by its holder, or by its deputy while it is away`() throws {
        let story = try story()
        let desk = Fixture.post("minzheng/desk")
        let counter = Fixture.post("minzheng/counter")
        let acting = TestHub.Sender(account: Fixture.id(52), role: .dispatcher, post: desk)
        func refused(_ staff: StaffRegister) -> CommandRefusal? {
            refusal(.triage, by: acting, on: story) { context in
                context.ownPost = counter
                context.staff = staff
            }
        }
        var staff = StaffRegister()
        #expect(refused(staff) == DeskRefusal.notTheirPost.told)
        staff.evolve(
            with: .leaveRecorded(
                .init(
                    post: desk, deputy: counter, from: Fixture.day("2023-08-14"), through: Fixture.day("2023-08-16"))))
        #expect(refused(staff) == nil)
    }

    @Test func `I-9: a station refers within its own town only`() throws {
        var story = try DanyangStory.met()
        var context = story.hub.context(story.theCase, .dispatcher, day, day, [])
        context.town = Fixture.town
        let order = DispatchReferral(
            order: ReferralOrder(task: Fixture.task("companion.care"), resolution: story.resolution))
        let events = try story.hub.decide(order, context)
        #expect(throws: DeskRefusal.outsideTown.told) {
            try Permit(.dispatchReferral, for: .station).check(events, from: story.hub.boundary(), context)
        }
        try Permit(.dispatchReferral, for: .dispatcher).check(events, from: story.hub.boundary(), context)
    }

    @Test func `§4.8: an item is decided by the head of the department whose it is, by policy or by the referral`()
        throws
    {
        var story = try DoorStory.submitted()
        try story.send(CompleteTriage(items: [.init(item: story.living, path: .handleHere)]))
        let decide = DecideItem(item: story.living, result: .granted, clause: "办法")
        func refused(_ department: DepartmentCode) throws -> CommandRefusal? {
            var head = DoorStory.head
            head.department = department
            let context = story.hub.context(story.theCase, head, day, day, [])
            let events = try story.hub.decide(decide, context)
            do throws(CommandRefusal) {
                try Permit(.decideItem, for: .departmentHead).check(events, from: story.hub.boundary(), context)
                return nil
            } catch {
                return error
            }
        }
        #expect(try refused(Fixture.minzheng) == nil)
        #expect(try refused(Fixture.jiaoyu) == DeskRefusal.notTheirItem.told)
        for role in [Role.dispatcher, .supervisor, .approver, .village, .department, .voluntary] {
            #expect(!DecideItem.roles.contains(role), "\(role)")
        }
    }

    @Test func `§4.8: a station decides what the rule book delegates to its town that day, up to the cap, and no more`()
        throws
    {
        var story = try DoorStory.submitted()
        try story.send(CompleteTriage(items: [.init(item: story.living, path: .handleHere)]))
        var item = try #require(Fixture.rules.policyItem(Fixture.item("living.allowance")))
        item.version = 2
        item.effectiveFrom = Fixture.day("2023-08-01")
        item.delegation = .init(
            towns: [Fixture.town], basis: "委托书", cap: 80_000, from: Fixture.day("2023-08-10"),
            until: Fixture.day("2023-08-31"))
        let delegated = item
        var staff = StaffRegister()
        func refused(
            _ amount: Int64 = 60_000, on day: String = "2023-08-15", town: TownCode = Fixture.town,
            _ hasDelegation: Bool = true
        ) throws -> CommandRefusal? {
            let time = Fixture.morning(day)
            var context = story.hub.context(story.theCase, .station, time, time, [])
            context.town = town
            context.staff = staff
            if hasDelegation { context.rules.evolve(with: .policyItemRevised(delegated)) }
            let decide = DecideItem(
                item: story.living, result: .granted, clause: "办法", award: Award(kind: .cash, amount: amount))
            do throws(CommandRefusal) {
                let permit = Permit(.decideItem, for: .station)
                try permit.check(story.hub.boundary(), context)
                let events = try story.hub.decide(decide, context)
                try permit.check(events, from: story.hub.boundary(), context)
                guard case .casework(.caseFile(.itemDecided(let decision))) = events.first?.event else { return nil }
                #expect(decision.delegatedTo == town, "the decision says by whose power")
                return nil
            } catch {
                return error
            }
        }
        #expect(try refused() == nil)
        #expect(try refused(90_000) == DeskRefusal.beyondDelegation.told)
        #expect(try refused(on: "2023-09-01") == DeskRefusal.notDelegated.told, "it has ended")
        let elsewhere = try #require(TownCode("elsewhere"))
        #expect(try refused(town: elsewhere) == DeskRefusal.otherTown.told)
        #expect(try refused(60_000, on: "2023-08-15", town: Fixture.town, false) == DeskRefusal.notDelegated.told)
        story.hub.checksRepeats = false
        try story.send(CompleteVisit(purpose: .verification, visitors: 2), as: DoorStory.caller)
        staff.evolve(
            with: .conflictDeclared(.init(account: Fixture.id(60), post: nil, person: story.man, relation: .sibling)))
        #expect(try refused() == DeskRefusal.staffConflicted.told, "N-8: a colleague is tied to the applicant")
        #expect(DecideItem.roles.contains(.station))
    }

    @Test func `§4.8: the meeting decides what is exceptional or was contested, and nothing else`() throws {
        var story = try DoorStory.submitted()
        try story.send(
            CompleteTriage(items: [
                .init(item: story.living, path: .handleHere),
                .init(item: story.relief, path: .exceptional, reason: .noPolicyFits, clause: "一事一议"),
            ]))
        func refused(_ item: ItemID) throws -> CommandRefusal? {
            let context = story.hub.context(story.theCase, .office, day, day, [])
            let decide = DecideItem(item: item, result: .granted, clause: "办法")
            let events = try story.hub.decide(decide, context)
            do throws(CommandRefusal) {
                try Permit(.decideItem, for: .meetingOffice).check(events, from: story.hub.boundary(), context)
                return nil
            } catch {
                return error
            }
        }
        #expect(try refused(story.relief) == nil)
        #expect(try refused(story.living) == DeskRefusal.notExceptional.told)
    }
}
