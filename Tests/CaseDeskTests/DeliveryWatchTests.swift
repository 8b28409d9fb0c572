import CaseDesk
import CaseViews
import Casework
import EventSourcing
import HubTesting
import RuleBook
import Testing

/// The alarm about referrals that did not arrive (`reference/product.md` §4.6).
@Suite struct DeliveryWatchTests {
    private func caughtUp(_ bench: DeskBench) async throws {
        try Task.checkCancellation()
        let head = try await bench.log.head().position
        await withTaskGroup(of: Void.self) { group in
            let runner = bench.desk.viewRunner
            // The runner ends by being cancelled, which is no failure.
            group.addTask { try? await runner.run() }
            _ = await bench.desk.waitUntil(head)
            group.cancelAll()
        }
    }

    private func pass(_ minutes: Int64, in bench: DeskBench) {
        bench.clock.set(to: Instant(milliseconds: bench.clock.now().milliseconds + minutes * 60_000))
    }

    @Test func `a referral nobody's system holds after 15 minutes is an alarm, once`() async throws {
        let bench = try await DeskBench()
        let (_, referral) = try await bench.dispatchReferral(of: try await bench.registerPerson())
        try await caughtUp(bench)
        let watch = DeliveryWatch(desk: bench.desk)
        pass(14, in: bench)
        #expect(await watch.find().waiting == 0)
        pass(1, in: bench)
        let found = await watch.find()
        #expect(found.alarmed.map(\.referral) == [referral, referral] && found.waiting == 2)
        #expect(Set(found.alarmed.map(\.department)) == [DeskBench.jiaoyu, DeskBench.fulian])
        let again = await watch.find()
        #expect(again.alarmed.isEmpty && again.waiting == 2)
    }

    @Test func `the word of the department's system ends it, said twice it is one event, and no other may say it`()
        async throws
    {
        let bench = try await DeskBench()
        let (_, referral) = try await bench.dispatchReferral(of: try await bench.registerPerson())
        let subject = Subject.referral(referral)
        await #expect(throws: DeskError.self) {
            try await bench.perform(ConfirmReferralDelivery(), on: subject, by: bench.principal(.dispatcher))
        }
        await #expect(throws: DeskError.self, "it did not go there") {
            try await bench.perform(
                ConfirmReferralDelivery(), on: subject, by: bench.principal(.voluntary, of: DeskBench.jijinhui))
        }
        for _ in 1...2 {
            try await bench.perform(ConfirmReferralDelivery(), on: subject, by: bench.handler(of: DeskBench.jiaoyu))
        }
        let events = try await bench.log.readAll(.types(["ReferralDelivered"])).events
        #expect(events.count == 1)
        #expect(try events.first?.disclosure.audience == [DeskBench.jiaoyu])
        try await caughtUp(bench)
        pass(60, in: bench)
        let waiting = await DeliveryWatch(desk: bench.desk).find().alarmed
        #expect(waiting.map(\.department) == [DeskBench.fulian], "its own system is another")
    }

    @Test func `who has signed by hand has it, whatever its system says`() async throws {
        let bench = try await DeskBench()
        let (_, referral) = try await bench.dispatchReferral(of: try await bench.registerPerson())
        try await bench.perform(ReceiveReferral(), on: .referral(referral), by: bench.handler(of: DeskBench.jiaoyu))
        try await caughtUp(bench)
        pass(60, in: bench)
        let waiting = await DeliveryWatch(desk: bench.desk).find().alarmed
        #expect(waiting.map(\.department) == [DeskBench.fulian])
    }
}
