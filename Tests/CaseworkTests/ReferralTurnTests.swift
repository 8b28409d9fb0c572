import Casework
import Deadlines
import EventSourcing
import HubTesting
import RuleBook
import Testing
import WorkingCalendar

/// T09 to T29 beyond plain handling: what turns a referral aside, back, or takes it up again.
@Suite struct ReferralTurnTests {
    static let monday = ReferralTests.monday
    static let later = Fixture.day("2023-08-30")
    static let ids = (referral: ReferralTests.referral, caseFile: ReferralTests.caseFile)
    static let lead = ReferralTests.lead
    static let helper = ReferralTests.helper

    static let held = ReferralEvent.held(
        .init(
            referral: ids.referral, caseFile: ids.caseFile, department: lead, reason: .awaitingThirdParty,
            reviewOn: later))
    static let terminationAsked = ReferralEvent.terminationRequested(
        .init(referral: ids.referral, caseFile: ids.caseFile, department: lead, code: .legalObstacle))
    static let cancellationAsked = ReferralEvent.cancellationRequested(
        .init(referral: ids.referral, caseFile: ids.caseFile, lead: lead, reason: .solvedElsewhere))

    static func after(_ stage: String, _ events: ReferralEvent...) -> Referral {
        Referral(replaying: ReferralTests.history(stage) + events)
    }

    static func command(
        _ act: ReferralCommand.Act, by department: DepartmentCode? = lead, isSupervisor: Bool = false,
        on day: CivilDay = monday
    ) -> ReferralCommand {
        ReferralCommand(act, by: department, isSupervisor: isSupervisor, on: day)
    }

    /// What a referral is after an act; the act sent again must add nothing.
    static func taking(_ command: ReferralCommand, _ before: Referral) throws -> (Referral, [ReferralEvent.Kind]) {
        var after = before
        let decided = try before.decide(command)
        for one in decided { after.evolve(with: one.event) }
        #expect(try after.decide(command).isEmpty, "sent again it adds nothing")
        return (after, decided.map(\.event.stored.kind))
    }

    static func redirect(round: Int = 2, isResolved: Bool = false) -> ReferralCommand {
        command(
            .redirect(.otherArea, clause: "三定方案", successor: Fixture.id(77), round: round, isResolved: isResolved),
            by: nil)
    }

    // MARK: Redirect and late return

    @Test(arguments: ["dispatched", "received"]) func `T09: before acceptance the centre redirects by itself`(
        stage: String
    ) throws {
        let (after, kinds) = try Self.taking(Self.redirect(), Self.after(stage))
        #expect(after.stage == .redirected && after.stage.isTerminal)
        #expect(kinds == [.redirected, .disclosureEnded])
    }

    @Test func `T09: the third round is the joint meeting's`() throws {
        #expect(throws: ReferralRefusal.meetingMustRedirect) {
            try Self.after("received").decide(Self.redirect(round: 3))
        }
        #expect(
            try Self.taking(Self.redirect(round: 3, isResolved: true), Self.after("received")).0.stage == .redirected)
    }

    @Test func `T15: at work a redirect is asked for by the department and decided by the centre`() throws {
        let working = Self.after("inProgress")
        #expect(throws: ReferralRefusal.redirectNotAsked) { try working.decide(Self.redirect()) }
        let ask = Self.command(.requestRedirect(.personMoved, proposed: Fixture.jiaoyu))
        let (asked, kinds) = try Self.taking(ask, working)
        #expect(kinds == [.redirectRequested] && asked.stage == .inProgress, "it works on meanwhile")
        #expect(throws: ReferralRefusal.redirectAsked) {
            try asked.decide(Self.command(.requestRedirect(.otherDuty, proposed: nil)))
        }
        #expect(try Self.taking(Self.redirect(), asked).0.stage == .redirected)
    }

    @Test func `I-6: after a designation no return and no redirect in the same cycle`() throws {
        let designation = ReferralEvent.designated(
            .init(
                referral: Self.ids.referral, caseFile: Self.ids.caseFile, department: Self.lead,
                authority: .instruction("市府办〔2023〕7号")))
        for (stage, command) in [
            ("received", Self.command(ReferralTests.askReturn)), ("received", Self.redirect()),
            ("accepted", Self.lateReturn),
            ("inProgress", Self.command(.requestRedirect(.otherDuty, proposed: nil))),
        ] {
            #expect(throws: ReferralRefusal.returnAfterDesignation) {
                try Self.after(stage, designation).decide(command)
            }
        }
        #expect(
            try Self.taking(Self.redirect(isResolved: true), Self.after("received", designation)).0.stage == .redirected
        )
    }

    private static let lateReturn = command(
        .requestReturn(
            .wrongArea, clause: "三定方案", proposed: nil, newFact: .personMoved, isLapsed: true, byHead: true))

    @Test func `T11: after accepting only the head returns it, for a fact learnt since`() throws {
        #expect(throws: ReferralRefusal.alreadyAccepted) {
            try Self.after("accepted").decide(Self.command(ReferralTests.askReturn))
        }
        let byHandler = Self.command(
            .requestReturn(
                .wrongArea, clause: "三定方案", proposed: nil, newFact: .personMoved, isLapsed: true, byHead: false))
        #expect(throws: ReferralRefusal.headOnly) { try Self.after("accepted").decide(byHandler) }
        #expect(throws: ReferralRefusal.factOnlyWhenLate) { try Self.after("received").decide(Self.lateReturn) }
        let (asked, _) = try Self.taking(Self.lateReturn, Self.after("accepted"))
        // T08: a late request that is refused leaves the referral accepted.
        let (refused, _) = try Self.taking(Self.command(ReferralTests.refuse, by: nil), asked)
        #expect(refused.stage == .accepted)
        #expect(throws: ReferralRefusal.alreadyAccepted) {
            try Self.after("inProgress").decide(Self.lateReturn)
        }
    }

    // MARK: Hold

    @Test func `T13: a hold names a day of review, and the head says what pauses the limit (I-10)`() throws {
        func hold(_ reason: HoldReason, on day: CivilDay = Self.later, byHead: Bool = false) -> ReferralCommand {
            Self.command(.hold(reason, reviewOn: day, byHead: byHead))
        }
        let working = Self.after("inProgress")
        let (onHold, _) = try Self.taking(hold(.awaitingThirdParty), working)
        #expect(onHold.stage == .onHold && onHold.promises[Self.lead]?.what == .review)
        #expect(throws: ReferralRefusal.reviewInThePast) {
            try working.decide(hold(.awaitingThirdParty, on: Fixture.day("2023-08-20")))
        }
        #expect(throws: ReferralRefusal.headOnly) { try working.decide(hold(.awaitingCourt)) }
        #expect(try Self.taking(hold(.awaitingCourt, byHead: true), working).0.stage == .onHold)
        for stage in ["dispatched", "received", "accepted", "completed"] {
            #expect(throws: ReferralRefusal.self) { try Self.after(stage).decide(hold(.awaitingThirdParty)) }
        }
    }

    @Test func `T14: the department resumes, or the awaited result does it by itself`() throws {
        let (resumed, kinds) = try Self.taking(
            Self.command(.resume(nextPromise: Self.later)), Self.after("inProgress", Self.held))
        #expect(kinds == [.resumed] && resumed.stage == .inProgress)
        #expect(throws: ReferralRefusal.notOnHold) {
            try Self.after("inProgress").decide(Self.command(.resume(nextPromise: Self.later)))
        }
        let awaiting = ReferralEvent.held(
            .init(
                referral: Self.ids.referral, caseFile: Self.ids.caseFile, department: Self.lead,
                reason: .awaitingCoHandler, reviewOn: Self.later))
        let received = ReferralEvent.received(
            .init(referral: Self.ids.referral, caseFile: Self.ids.caseFile, department: Self.helper))
        let submit = Self.command(.submitCoResult(.assisted, attachments: []), by: Self.helper)
        let (byResult, both) = try Self.taking(submit, Self.after("inProgress", received, awaiting))
        #expect(both == [.coResultSubmitted, .resumed] && byResult.stage == .inProgress)
        #expect(throws: ReferralRefusal.nothingToAwait) {
            try byResult.decide(Self.command(.hold(.awaitingCoHandler, reviewOn: Self.later, byHead: false)))
        }
    }

    @Test func `T17 and T18: a referral fails at work or on hold, and unreachable takes three days`() throws {
        let days = ["2023-08-18", "2023-08-20", "2023-08-21"].map(Fixture.day)
        func fail(_ days: [CivilDay]) -> ReferralCommand {
            Self.command(.fail(.unreachable, attemptedOn: days, attachments: []))
        }
        for before in [Self.after("inProgress"), Self.after("inProgress", Self.held)] {
            #expect(try Self.taking(fail(days), before).0.stage == .failed)
            #expect(throws: ReferralRefusal.tooFewAttempts) { try before.decide(fail([days[0], days[0], days[1]])) }
            #expect(throws: ReferralRefusal.attemptInTheFuture) { try before.decide(fail(days + [Self.later])) }
        }
        #expect(throws: ReferralRefusal.onHold) {
            try Self.after("inProgress", Self.held).decide(Self.command(ReferralTests.complete))
        }
    }

    // MARK: Termination

    @Test func `T19, T20 and T21: the department asks to end it and the centre agrees, or not`() throws {
        let ask = Self.command(.requestTermination(.legalObstacle))
        let (asked, _) = try Self.taking(ask, Self.after("inProgress"))
        #expect(asked.stage == .terminationRequested)
        #expect(throws: ReferralRefusal.terminationPending) { try asked.decide(Self.command(ReferralTests.complete)) }
        #expect(throws: ReferralRefusal.tooFewAttempts, "who was not found is tried three times") {
            try Self.after("inProgress").decide(Self.command(.requestTermination(.unreachable)))
        }
        let approve = Self.command(.approveTermination(clause: "办法 第二十一条", told: .inPerson), by: nil)
        let (failed, _) = try Self.taking(approve, asked)
        #expect(failed.stage == .failed && failed.failure?.code == .legalObstacle)
        let refuse = Self.command(.refuseTermination(clause: "办法 第二十一条"), by: nil)
        let (goesOn, refusal) = try Self.taking(refuse, asked)
        #expect(refusal == [.terminationRefused] && goesOn.stage == .inProgress)
        for one in [approve, refuse] {
            #expect(throws: ReferralRefusal.noTerminationAsked) { try Self.after("inProgress").decide(one) }
        }
        #expect(throws: ReferralRefusal.clauseEmpty) {
            try asked.decide(Self.command(.refuseTermination(clause: ""), by: nil))
        }
    }

    // MARK: Cancellation

    private func cancellation(_ reason: CancellationReason = .solvedElsewhere, minor: Bool = false) -> ReferralCommand {
        Self.command(.requestCancellation(reason, ofMinor: minor), by: nil)
    }

    @Test func `T22: before receipt a cancellation is immediate, afterwards it is not`() throws {
        let cancel = Self.command(.cancel(.duplicate, ofMinor: false), by: nil)
        let (gone, kinds) = try Self.taking(cancel, Self.after("dispatched"))
        #expect(gone.stage == .cancelled && kinds == [.cancellationConfirmed, .disclosureEnded])
        #expect(throws: ReferralRefusal.alreadyReceived) { try Self.after("received").decide(cancel) }
        #expect(throws: ReferralRefusal.notReceivedYet) { try Self.after("dispatched").decide(cancellation()) }
    }

    @Test func `T23 and T29: the centre asks to stop, and takes it back to where the referral stood`() throws {
        let withdraw = Self.command(.withdrawCancellation, by: nil)
        for before in [
            Self.after("received"), Self.after("accepted"), Self.after("inProgress"),
            Self.after("inProgress", Self.held),
        ] {
            let (asked, _) = try Self.taking(cancellation(), before)
            #expect(try Self.taking(withdraw, asked).0.stage == before.stage)
        }
        #expect(throws: ReferralRefusal.noCancellationAsked) { try Self.after("inProgress").decide(withdraw) }
    }

    @Test func `T23: nobody's withdrawal ends a child's item`() {
        for reason in [CancellationReason.withdrawn, .consentWithdrawn] {
            #expect(throws: ReferralRefusal.minorsItem) {
                try Self.after("inProgress").decide(cancellation(reason, minor: true))
            }
            #expect(throws: ReferralRefusal.minorsItem) {
                try Self.after("dispatched").decide(Self.command(.cancel(reason, ofMinor: true), by: nil))
            }
        }
        #expect(throws: Never.self) { try Self.after("inProgress").decide(cancellation(.duplicate, minor: true)) }
    }

    @Test func `T24: the department confirms; silence counts after two days, and never for a minor's item`() throws {
        func confirm(_ department: DepartmentCode?, waited: Bool = false, minor: Bool = false) -> ReferralCommand {
            Self.command(.confirmCancellation(hasWaited: waited, ofMinor: minor), by: department)
        }
        let asked = Self.after("inProgress", Self.cancellationAsked)
        #expect(try Self.taking(confirm(Self.lead, minor: true), asked).0.stage == .cancelled)
        #expect(throws: ReferralRefusal.departmentMayAnswer) { try asked.decide(confirm(nil)) }
        #expect(throws: ReferralRefusal.minorsItem) { try asked.decide(confirm(nil, waited: true, minor: true)) }
        let decided = try asked.decide(confirm(nil, waited: true))
        guard case .cancellationConfirmed(let event) = decided.first?.event else {
            Issue.record("it is confirmed")
            return
        }
        #expect(event.automatic && event.reason == .solvedElsewhere)
        #expect(decided.first?.disclosure.audience == [Self.lead, Self.helper].sorted())
    }

    @Test func `T25: help that has arrived overtakes a cancellation`() throws {
        let asked = Self.after("inProgress", Self.cancellationAsked)
        let (done, kinds) = try Self.taking(Self.command(ReferralTests.complete), asked)
        #expect(kinds == [.cancellationOvertaken, .completed] && done.stage == .completed)
    }

    // MARK: Cycles

    @Test func `T26: a result that does not do goes back with five days of its own, and the first cycle stays`() throws
    {
        let rework = Self.command(.rework(.incomplete, limit: .workingDays(5)), by: nil)
        let (again, _) = try Self.taking(rework, Self.after("completed"))
        #expect(again.stage == .inProgress && again.cycle == 2)
        #expect(again.earlierCycles.map(\.completion) == [ReferralTests.completed])
        let (done, _) = try Self.taking(Self.command(ReferralTests.complete), again)
        #expect(done.stage == .completed)
        #expect(throws: ReferralRefusal.notFinished) { try Self.after("inProgress").decide(rework) }
        #expect(throws: ReferralRefusal.notFinished, "a failure is closed, not reworked") {
            try Self.after("failed").decide(rework)
        }
    }

    @Test func `T28: a supervisor reopens a closed referral in its window, or on appeal at any time`() throws {
        func reopen(_ reason: ReopenReason, inWindow: Bool, supervisor: Bool = true) -> ReferralCommand {
            Self.command(
                .reopen(reason, limit: nil, isInWindow: inWindow, SealedIndex()), by: nil, isSupervisor: supervisor)
        }
        let closed = Self.after("closed")
        #expect(throws: ReferralRefusal.reopenBySupervisor) {
            try closed.decide(reopen(.newFact, inWindow: true, supervisor: false))
        }
        #expect(throws: ReferralRefusal.windowClosed) { try closed.decide(reopen(.newFact, inWindow: false)) }
        let (again, _) = try Self.taking(reopen(.appeal, inWindow: false), closed)
        #expect(again.stage == .inProgress && again.cycle == 2 && again.earlierCycles.count == 1)
        #expect(throws: ReferralRefusal.notClosed) {
            try Self.after("completed").decide(reopen(.appeal, inWindow: true))
        }
        #expect(throws: ReferralRefusal.hasEnded) {
            try Self.after("returned").decide(reopen(.appeal, inWindow: true))
        }
    }

    @Test func `I-23: what has ended stays as it is, but for a reopening`() {
        let acts: [ReferralCommand.Act] = [
            .start, ReferralTests.complete, .requestTermination(.legalObstacle),
            .hold(.awaitingThirdParty, reviewOn: Self.later, byHead: true), .requestRedirect(.otherDuty, proposed: nil),
            .makePromise(.visit, by: Self.later),
        ]
        let ends = [
            Self.after("closed"), Self.after("returned"), Self.after("voided"),
            Self.after("received", ReferralEvent.redirected(redirection)),
            Self.after("dispatched", ReferralEvent.cancellationConfirmed(confirmation)),
        ]
        for ended in ends {
            #expect(ended.stage.isTerminal)
            for act in acts {
                #expect(throws: ReferralRefusal.self) { try ended.decide(Self.command(act)) }
            }
        }
    }

    private let redirection = ReferralEvent.Redirected(
        referral: Self.ids.referral, caseFile: Self.ids.caseFile, lead: Self.lead, reason: .otherArea, clause: "三定方案",
        successor: Fixture.id(77), round: 2)
    private let confirmation = ReferralEvent.CancellationConfirmed(
        referral: Self.ids.referral, caseFile: Self.ids.caseFile, lead: Self.lead, reason: .duplicate, automatic: false)

    // MARK: Reform and offers

    @Test func `a successor after a reform stands where its predecessor stood, with its promise and its slice`() throws
    {
        let supersede = Self.command(
            .supersede(nil, by: Fixture.jiaoyu, basis: "机构改革方案", SealedIndex(), withheld: []), by: nil)
        let (after, kinds) = try Self.taking(supersede, Self.after("inProgress"))
        #expect(kinds == [.superseded, .disclosureGranted, .sliceReleased, .disclosureEnded])
        #expect(after.order?.lead == Fixture.jiaoyu && after.stage == .inProgress)
        #expect(after.promises[Fixture.jiaoyu]?.due == Fixture.day("2023-08-28"))
        #expect(after.grants[Self.lead] == nil && after.grants[Fixture.jiaoyu] == ReferralTests.grant)
        #expect(throws: ReferralRefusal.addressedElsewhere) {
            try after.decide(Self.command(ReferralTests.complete, by: Self.lead))
        }
        #expect(throws: ReferralRefusal.successorWrong) {
            try Self.after("inProgress").decide(
                Self.command(
                    .supersede(nil, by: Self.helper, basis: "机构改革方案", SealedIndex(), withheld: []), by: nil))
        }
        // What nobody has signed for is not released by a reform either.
        #expect(
            try Self.taking(supersede, Self.after("dispatched")).1
                == [.superseded, .disclosureGranted, .disclosureEnded])
    }

    @Test func `an offer without an answer lapses to the centre; a referral never does (I-5)`() throws {
        let sent = Referral(replaying: [
            .drafted(ReferralTests.drafted(.offer)), .dispatched(ReferralTests.dispatched(.offer)),
        ])
        func lapse(_ isOverdue: Bool) -> ReferralCommand { Self.command(.lapse(isOverdue: isOverdue), by: nil) }
        #expect(throws: ReferralRefusal.offerStillOpen) { try sent.decide(lapse(false)) }
        #expect(try Self.taking(lapse(true), sent).0.stage == .lapsed)
        #expect(throws: ReferralRefusal.onlyOffersLapse) { try Self.after("dispatched").decide(lapse(true)) }
        #expect(throws: ReferralRefusal.statutoryCannotDecline, "T06 and I-5: a department cannot decline") {
            try Self.after("dispatched").decide(Self.command(.decline(.noCapacity)))
        }
    }
}
