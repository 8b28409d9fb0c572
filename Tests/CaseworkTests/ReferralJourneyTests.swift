import Casework
import Deadlines
import EventSourcing
import RuleBook
import Testing
import WorkingCalendar

/// The turns of a referral through whole commands, with the case, the rules and the calendar around it.
@Suite struct ReferralJourneyTests {
    private var story: DanyangStory
    private let monday = Fixture.morning("2023-08-21")

    init() throws {
        story = try DanyangStory.met()
        try story.dispatch()
    }

    /// R1 to R5 are living support, education, tracing, mediation and the foundation's offer.
    private func subject(_ number: Int) -> Subject { .referral(story.referrals[number - 1]) }

    private func referral(_ number: Int) -> Referral? { story.file.referrals[story.referrals[number - 1]] }

    private mutating func close(_ number: Int, by department: DepartmentCode, post: String) throws {
        try story.take(number, by: department, post: post, "2023-08-21")
        try story.act(CompleteReferral(outcome: .granted), on: number, by: department, "2023-08-22")
        try story.hub.send(AcceptCompletion(), to: subject(number), at: Fixture.morning("2023-08-22"))
    }

    @Test mutating func `T09: the successor is dispatched in the same append, with its own full limit`() throws {
        let old = story.referrals[1]
        let sent = try story.hub.send(
            RedirectReferral(reason: .otherArea, clause: "三定方案", order: ReferralOrder()), to: subject(2), at: monday)
        #expect(
            sent.map(\.type) == [
                "ReferralRedirected", "DisclosureEnded", "ReferralDrafted", "ReferralDispatched", "DisclosureGranted",
            ])
        let (id, successor) = try #require(story.file.referrals.first { $0.value.order?.predecessor == old })
        #expect(referral(2)?.stage == .redirected && successor.stage == .dispatched)
        #expect(successor.order?.limit == .workingDays(10) && successor.order?.items == [story.education])
        #expect(successor.order?.people == referral(2)?.order?.people)
        // A third round is the joint meeting's: only a resolution sends it.
        #expect(
            refusal {
                try story.hub.send(
                    RedirectReferral(reason: .otherArea, clause: "三定方案", order: ReferralOrder()), to: .referral(id),
                    at: monday)
            }?.code == "referral.meetingMustRedirect")
        #expect(
            refusal {
                try story.hub.send(
                    RedirectReferral(
                        reason: .otherArea, clause: "三定方案", order: ReferralOrder(resolution: Fixture.id(5))),
                    to: .referral(id), at: monday)
            } == CaseFileRefusal.noSuchResolution.told)
    }

    @Test mutating func `I-8: at most one lead an item, and a reopening never makes a second`() throws {
        #expect(
            refusal {
                try story.hub.send(
                    DispatchReferral(
                        order: ReferralOrder(items: [story.education], people: ["child": story.daughter])),
                    to: story.theCase, at: monday, isRepeatable: false)
            } != nil)
        try close(2, by: Fixture.jiaoyu, post: "jiaoyu/aid")
        let head = TestHub.Sender.of(Fixture.fulian, post: "fulian/head")
        try story.hub.send(
            RequestReturn(reason: .notOurDuty, clause: "三定方案"), to: subject(4), as: head, at: monday)
        try story.hub.send(ApproveReturn(clause: "三定方案"), to: subject(4), at: monday)
        // The returned referral's item may have another lead now, and only because the first has ended.
        let sent = try story.hub.send(
            DispatchReferral(
                order: ReferralOrder(
                    task: Fixture.task("mediate.support"), items: [story.mediation],
                    people: ["spouse": story.husband, "sought": story.husband], predecessor: story.referrals[3])),
            to: story.theCase, at: monday, isRepeatable: false)
        #expect(sent.first?.type == "ReferralDrafted")
        #expect(story.file.referrals.values.count { $0.order?.items == [story.mediation] && !$0.stage.isTerminal } == 1)
        #expect(
            refusal {
                try story.hub.send(
                    DispatchReferral(
                        order: ReferralOrder(
                            items: [story.mediation], people: ["spouse": story.husband],
                            predecessor: story.referrals[3])),
                    to: story.theCase, at: monday, isRepeatable: false)
            } == CaseFileRefusal.itemHasLead.told)
    }

    @Test mutating func `I-9: who leads is the catalogue's to say, never the dispatcher's`() {
        let order = ReferralOrder(task: Fixture.task("trace.spouse"), lead: Fixture.minzheng)
        #expect(
            refusal {
                try story.hub.send(DispatchReferral(order: order), to: story.theCase, at: monday, isRepeatable: false)
            } == CaseFileRefusal.leadDiffers.told)
    }

    @Test mutating func `an illegal transition is refused with what the sender may do instead`() throws {
        try story.act(ReceiveReferral(), on: 2, by: Fixture.jiaoyu, "2023-08-21")
        let early = refusal { try story.act(StartHandling(), on: 2, by: Fixture.jiaoyu, "2023-08-21") }
        #expect(early?.code == "referral.notAccepted" && early?.kind == .wrongState)
        #expect(early?.allowed == ["AcceptReferral", "RequestReturn"])
        #expect(early?.chinese == "尚未受理，请先受理。目前可以：受理、申请退回。")
        #expect(early?.english == "Accept the referral first. Allowed now: AcceptReferral, RequestReturn.")
        let centre = refusal { try story.hub.send(AcceptCompletion(), to: subject(2), at: monday) }
        #expect(centre?.allowed == ["RedirectReferral", "RequestCancellation"])
        let drafted = refusal { try story.hub.send(DispatchReferral(order: .init()), to: subject(2), at: monday) }
        #expect(drafted?.code == "referral.notDrafted" && drafted?.allowed == centre?.allowed)
    }

    @Test mutating func `T13 and T14: a court's wait pauses the handling and the resumption ends the pause`() throws {
        try story.take(2, by: Fixture.jiaoyu, post: "jiaoyu/aid", "2023-08-21")
        let hold = HoldReferral(reason: .awaitingCourt, reviewOn: Fixture.day("2023-08-30"), basis: "民事诉讼法")
        let head = TestHub.Sender.of(Fixture.jiaoyu, post: "jiaoyu/head")
        #expect(
            refusal { try story.act(hold, on: 2, by: Fixture.jiaoyu, "2023-08-22") } == ReferralRefusal.headOnly.told)
        let baseless = HoldReferral(reason: .awaitingCourt, reviewOn: Fixture.day("2023-08-30"))
        #expect(
            refusal { try story.hub.send(baseless, to: subject(2), as: head, at: Fixture.morning("2023-08-22")) }
                == DeadlineRefusal.basisEmpty.told)
        let held = try story.hub.send(hold, to: subject(2), as: head, at: Fixture.morning("2023-08-22"))
        #expect(held.map(\.type) == ["ReferralHeld", "DeadlinePaused"])
        let resumed = try story.act(
            ResumeReferral(nextPromise: Fixture.day("2023-08-30")), on: 2, by: Fixture.jiaoyu, "2023-08-24")
        #expect(resumed.map(\.type) == ["ReferralResumed", "DeadlineResumed"])
        // I-10: what a third party keeps back pauses nothing.
        let waiting = HoldReferral(reason: .awaitingThirdParty, reviewOn: Fixture.day("2023-08-30"))
        let again = try story.act(waiting, on: 2, by: Fixture.jiaoyu, "2023-08-24")
        #expect(again.map(\.type) == ["ReferralHeld"])
    }

    @Test mutating func `T17: tries before the dispatch are no tries of this referral`() throws {
        try story.take(2, by: Fixture.jiaoyu, post: "jiaoyu/aid", "2023-08-21")
        let days = ["2023-08-17", "2023-08-21", "2023-08-22"].map(Fixture.day)
        #expect(
            refusal {
                try story.act(
                    FailReferral(code: .unreachable, attemptedOn: days), on: 2, by: Fixture.jiaoyu, "2023-08-22")
            } == ReferralRefusal.attemptBeforeDispatch.told)
    }

    @Test mutating func `T24: silence is confirmed after two working days, but not for a minor's item`() throws {
        for (number, department, post) in [
            (1, Fixture.minzheng, "minzheng/relief"), (2, Fixture.jiaoyu, "jiaoyu/aid"),
        ] {
            try story.take(number, by: department, post: post, "2023-08-21")
            try story.hub.send(RequestCancellation(reason: .solvedElsewhere), to: subject(number), at: monday)
        }
        let lastMoment = try #require(Instant("2023-08-23T23:59:59+08:00"))
        let afterwards = try #require(Instant("2023-08-24T00:00:00+08:00"))
        #expect(
            refusal { try story.hub.send(ConfirmCancellation(), to: subject(1), at: lastMoment) }
                == ReferralRefusal.departmentMayAnswer.told)
        try story.hub.send(ConfirmCancellation(), to: subject(1), at: afterwards)
        #expect(referral(1)?.stage == .cancelled)
        #expect(
            refusal { try story.hub.send(ConfirmCancellation(), to: subject(2), at: afterwards) }
                == ReferralRefusal.minorsItem.told)
        #expect(
            refusal { try story.hub.send(RequestCancellation(reason: .withdrawn), to: subject(2), at: afterwards) }?
                .code == "referral.cancellationPending")
        try story.act(ConfirmCancellation(), on: 2, by: Fixture.jiaoyu, "2023-08-24")
        #expect(referral(2)?.stage == .cancelled)
    }

    @Test mutating func `T26: the lead has five working days for a rework, and a pause of the first cycle is gone`()
        throws
    {
        try story.take(2, by: Fixture.jiaoyu, post: "jiaoyu/aid", "2023-08-21")
        try story.act(CompleteReferral(outcome: .granted), on: 2, by: Fixture.jiaoyu, "2023-08-22")
        let sent = try story.hub.send(ReturnForRework(reason: .evidenceMissing), to: subject(2), at: monday.later)
        #expect(sent.map(\.type) == ["CompletionReturnedForRework"])
        let data = try #require(sent.first?.data)
        #expect(String(decoding: data, as: UTF8.self).contains(#""limit":{"workingDays":5}"#))
        #expect(referral(2)?.cycle == 2 && referral(2)?.earlierCycles.first?.completion?.outcome == .granted)
    }

    @Test mutating func `T28: the window for reopening is 30 working days, and an appeal has none`() throws {
        try close(2, by: Fixture.jiaoyu, post: "jiaoyu/aid")
        // Closed on 22 August: the thirtieth working day is 9 October, with two make-up days before it.
        let lastMoment = try #require(Instant("2023-10-09T23:59:59+08:00"))
        let afterwards = try #require(Instant("2023-10-10T00:00:00+08:00"))
        var inTime = self
        try inTime.story.hub.send(
            ReopenReferral(reason: .newFact), to: inTime.subject(2), as: .supervisor, at: lastMoment)
        #expect(inTime.referral(2)?.stage == .inProgress)
        #expect(
            refusal {
                try story.hub.send(ReopenReferral(reason: .newFact), to: subject(2), as: .supervisor, at: afterwards)
            } == ReferralRefusal.windowClosed.told)
        try story.hub.send(ReopenReferral(reason: .appeal), to: subject(2), as: .supervisor, at: afterwards)
        #expect(referral(2)?.cycle == 2)
        #expect(throws: CommandRefusal.self, "only a supervisor") {
            try story.hub.send(ReopenReferral(reason: .appeal), to: subject(2), at: afterwards)
        }
    }

    @Test mutating func `an offer lapses at the end of its third working day`() throws {
        let lastMoment = try #require(Instant("2023-08-23T23:59:59+08:00"))
        let afterwards = try #require(Instant("2023-08-24T00:00:00+08:00"))
        #expect(
            refusal { try story.hub.send(LapseOffer(), to: subject(5), at: lastMoment) }
                == ReferralRefusal.offerStillOpen.told)
        let lapsed = try story.hub.send(LapseOffer(), to: subject(5), at: afterwards)
        #expect(lapsed.map(\.type) == ["OfferLapsed", "DisclosureEnded"])
        #expect(try lapsed.allSatisfy { try $0.disclosure.audience == [Fixture.jijinhui] })
        #expect(referral(5)?.stage == .lapsed)
    }

    @Test mutating func `a successor department is registered, may take referrals and gets what its kind may hold`()
        throws
    {
        try story.take(2, by: Fixture.jiaoyu, post: "jiaoyu/aid", "2023-08-21")
        for wrong in [Fixture.fayuan, Fixture.jijinhui, Fixture.department("nowhere")] {
            #expect(
                refusal {
                    try story.hub.send(
                        SupersedeReferral(successor: wrong, basis: "机构改革方案"), to: subject(2), as: .supervisor,
                        at: monday)
                } == ReferralRefusal.successorWrong.told)
        }
        func asked(_ successor: DepartmentCode) -> CommandRefusal? {
            refusal {
                try story.hub.send(
                    SupersedeReferral(successor: successor, basis: "机构改革方案"), to: subject(2), as: .supervisor,
                    at: monday)
            }
        }
        #expect(asked(Fixture.minzheng) == ReferralRefusal.notTheSuccessor.told, "no reform is laid down")
        func succeed(from day: String) {
            story.hub.rules.evolve(
                with: .departmentSucceeded(
                    DepartmentSuccession(
                        department: Fixture.jiaoyu, successor: Fixture.minzheng, from: Fixture.day(day), basis: "机构改革方案"
                    ))
            )
        }
        succeed(from: "2023-08-22")
        #expect(asked(Fixture.minzheng) == ReferralRefusal.notTheSuccessor.told, "not before its day")
        succeed(from: "2023-08-21")
        #expect(asked(Fixture.gongan) == ReferralRefusal.notTheSuccessor.told, "another than the rules name")
        let sent = try story.hub.send(
            SupersedeReferral(successor: Fixture.minzheng, basis: "机构改革方案"), to: subject(2), as: .supervisor, at: monday
        )
        #expect(sent.map(\.type) == ["ReferralSuperseded", "DisclosureGranted", "SliceReleased", "DisclosureEnded"])
        #expect(try sent[0].disclosure.audience == [Fixture.jiaoyu, Fixture.minzheng].sorted())
        let learnt = try sent[2].disclosure.groups[Fixture.minzheng] ?? []
        #expect(learnt.contains(DisclosedGroup(.identity, of: story.daughter)))
        try story.act(
            CompleteReferral(outcome: .granted), on: 2, by: Fixture.minzheng, "2023-08-22")
        #expect(referral(2)?.stage == .completed)
        #expect(
            refusal { try story.act(StartHandling(), on: 2, by: Fixture.jiaoyu, "2023-08-22") }
                == ReferralRefusal.addressedElsewhere.told)
    }
}

private func refusal(_ send: () throws -> Void) -> CommandRefusal? {
    do {
        try send()
        return nil
    } catch let refusal as CommandRefusal {
        return refusal
    } catch {
        Issue.record("another error: \(error)")
        return nil
    }
}

extension Instant {
    /// Two days on.
    fileprivate var later: Instant { advanced(byMilliseconds: 2 * 86_400_000) }
}
