import CaseDesk
import CaseViews
import Casework
import EventSourcing
import HubTesting
import RuleBook
import Testing
import WorkingCalendar

/// What falls due by itself is done by itself: once, in order, as of when it happened.
@Suite struct DueKeeperTests {
    /// Lets a desk's keeper do what is due while the views follow the log.
    private func settle(_ desk: CaseDesk) async throws -> Int {
        try Task.checkCancellation()
        return await withTaskGroup(of: Void.self) { group in
            let runner = desk.viewRunner
            // The runner ends by being cancelled, which is no failure.
            group.addTask { try? await runner.run() }
            let done = await DueKeeper(desk: desk).settle()
            group.cancelAll()
            return done
        }
    }

    /// Two referrals: one with a promise for 18 August, one asked to stop on the 15th.
    private func twoReferrals(_ bench: DeskBench) async throws -> (promising: ReferralID, stopping: ReferralID) {
        let handler = bench.handler(of: DeskBench.jiaoyu)
        var referrals: [ReferralID] = []
        for (name, day) in [("张小力", "2023-08-18"), ("李小四", "2023-08-30")] {
            let (_, referral) = try await bench.dispatchReferral(of: try await bench.registerPerson(name))
            try await bench.perform(ReceiveReferral(), on: .referral(referral), by: handler)
            try await bench.perform(
                AcceptReferral(handlingPost: DeskBench.post("jiaoyu/desk"), nextPromise: DeskBench.day(day)),
                on: .referral(referral), by: handler)
            referrals.append(referral)
        }
        try await bench.perform(
            RequestCancellation(reason: .solvedElsewhere), on: .referral(referrals[1]), by: bench.principal(.dispatcher)
        )
        return (referrals[0], referrals[1])
    }

    private func happened(_ bench: DeskBench) async throws -> [RecordedEvent] {
        let types: Set<String> = ["PromiseBroken", "CancellationConfirmed", "OfferLapsed", "MinutesConfirmed"]
        return try await bench.log.readAll(.all).events.filter { types.contains($0.type) }
    }

    private func morning(_ day: String, hour: Int64 = 8) -> Instant {
        Instant(milliseconds: DeskBench.day(day).startMilliseconds + hour * 3_600_000)
    }

    @Test func `T24 and N-16: woken days late, it does each as of its own instant and in that order`() async throws {
        let bench = try await DeskBench()
        let (promising, stopping) = try await twoReferrals(bench)
        #expect(try await settle(bench.desk) == 0, "nothing is due yet")
        bench.clock.set(to: morning("2023-08-25"))
        #expect(try await settle(bench.desk) == 2)
        let events = try await happened(bench)
        #expect(events.map(\.type) == ["CancellationConfirmed", "PromiseBroken"])
        #expect(events.map(\.occurredAt) == [morning("2023-08-18", hour: 0), morning("2023-08-19", hour: 0)])
        #expect(events.allSatisfy { $0.recordedAt == morning("2023-08-25") }, "and says when it noticed")
        #expect(events[0].tags.contains(.referral(stopping)) && events[1].tags.contains(.referral(promising)))
        let confirmed = try CaseworkEvent(events[0])
        guard case .referral(.cancellationConfirmed(let silence)) = confirmed else {
            Issue.record("\(String(describing: confirmed))")
            return
        }
        #expect(silence.automatic)
        for event in events {
            let meta = try event.metadata()
            #expect(meta.actor.account == KeeperCommand.account && meta.channel == "system")
        }
        #expect(try await settle(bench.desk) == 0)
    }

    @Test func `a restart repeats nothing: the id follows from what fell due, not from the process`() async throws {
        let bench = try await DeskBench()
        _ = try await twoReferrals(bench)
        try await bench.views.apply(try await bench.log.readAll(.all).events)
        bench.clock.set(to: morning("2023-08-21"))
        // What another process would find and name before it had seen anything of the first.
        var machine = DueMachine()
        let calendar = try await bench.desk.ruleBook.current().history.current.calendar
        let found = machine.due(
            [], await bench.views.casesFallingDue(by: bench.clock.now(), after: .start, limit: 10).rows,
            calendar: calendar, at: bench.clock.now())
        #expect(found.count == 2)
        let restarted = bench.reopened()
        async let first = settle(bench.desk)
        async let second = settle(restarted)
        #expect(try await first + second == 2, "each took effect through one of them")
        #expect(try await happened(bench).count == 2)
        for due in found {
            let earlier = try await bench.log.acceptance(of: DueKeeper.commandID(of: due), by: KeeperCommand.account)
            #expect(earlier != nil, "\(due.key)")
        }
        bench.clock.set(to: morning("2023-09-21"))
        #expect(try await settle(bench.reopened()) == 0)
        #expect(try await happened(bench).count == 2)
    }

    @Test func `while the log is full it does nothing, and goes on when there is room`() async throws {
        let bench = try await DeskBench()
        _ = try await twoReferrals(bench)
        bench.clock.set(to: morning("2023-08-21"))
        bench.log.failAppends([.full])
        #expect(try await settle(bench.desk) == 0)
        #expect(try await happened(bench).isEmpty)
        #expect(try await settle(bench.desk) == 2)
    }

    @Test func `who answered in time is left alone, though the hub slept over the day`() async throws {
        let bench = try await DeskBench()
        let (_, stopping) = try await twoReferrals(bench)
        bench.clock.set(to: morning("2023-08-17"))
        try await bench.perform(
            ConfirmCancellation(), on: .referral(stopping), by: bench.handler(of: DeskBench.jiaoyu))
        bench.clock.set(to: morning("2023-08-21"))
        #expect(try await settle(bench.desk) == 1)
        #expect(try await happened(bench).map(\.type) == ["CancellationConfirmed", "PromiseBroken"])
    }
}
