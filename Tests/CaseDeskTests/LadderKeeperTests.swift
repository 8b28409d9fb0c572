import CaseDesk
import CaseViews
import Casework
import Deadlines
import EventSourcing
import HubTesting
import RuleBook
import Testing
import WorkingCalendar

/// What the ladder records through the desk: once, in order, as of when it was reached.
@Suite struct LadderKeeperTests {
    private func settle(_ desk: CaseDesk) async throws -> Int {
        try Task.checkCancellation()
        return await withTaskGroup(of: Void.self) { group in
            let runner = desk.viewRunner
            // The runner ends by being cancelled, which is no failure.
            group.addTask { try? await runner.run() }
            let done = await LadderKeeper(desk: desk).settle()
            group.cancelAll()
            return done
        }
    }

    /// A referral sent out on Tuesday 2023-08-15 that is to be handled in five working days: by the 22nd.
    private func dispatched(_ ladder: DeadlineRule.Ladder = .normal) async throws -> (DeskBench, ReferralID) {
        let bench = try await DeskBench()
        let rule = DeadlineRule(
            id: DeskBench.name("test.handle"), name: Label("办理", "handle"), scope: .referral,
            terms: DeadlineTerms(limit: ladder == .emergency ? .hours(8) : .workingDays(5)),
            start: [.init("ReferralDispatched")], stop: [.init("ReferralReceived")], owner: .lead, ladder: ladder,
            basis: .init("test", .houseRule), effectiveFrom: DeskBench.day("2023-01-01"))
        try await bench.perform(PublishDeadlineRule(rule: rule), by: bench.principal(.operator))
        let (_, referral) = try await bench.dispatchReferral(of: try await bench.registerPerson())
        return (bench, referral)
    }

    private func crossings(_ bench: DeskBench) async throws -> [(crossed: DeadlineEvent.Crossed, at: Instant)] {
        try await bench.log.readAll(.types([DeadlineEvent.Kind.crossed.rawValue])).events.map { event in
            guard case .deadline(.crossed(let crossed)) = try CaseworkEvent(event) else {
                throw DeskError(.unknownCommand)
            }
            return (crossed, event.occurredAt)
        }
    }

    private func time(_ day: String, hour: Int64 = 9) -> Instant {
        Instant(milliseconds: DeskBench.day(day).startMilliseconds + hour * 3_600_000)
    }

    private let department = NoticeRecipient.department(DeskBench.jiaoyu)

    @Test func `each rung is recorded on its morning, and each tells its own people`() async throws {
        let (bench, referral) = try await dispatched()
        #expect(try await settle(bench.desk) == 0, "nothing is near yet")
        for day in ["2023-08-20", "2023-08-21", "2023-08-22", "2023-08-23", "2023-08-24", "2023-08-25", "2023-08-29"] {
            bench.clock.set(to: time(day))
            _ = try await settle(bench.desk)
        }
        let found = try await crossings(bench)
        #expect(found.map(\.crossed.level) == LadderLevel.allCases)
        #expect(
            found.map(\.at) == [
                time("2023-08-21"), time("2023-08-22"), time("2023-08-23"), time("2023-08-25"), time("2023-08-29"),
            ])
        let head = NoticeRecipient.post(DeskBench.post("jiaoyu/aid"))
        #expect(
            found.map(\.crossed.told) == [
                [department], [department], [head], [.role(.dispatcher), .role(.supervisor)], [.role(.meetingOffice)],
            ])
        #expect(found.allSatisfy { $0.crossed.instance == .referral(referral) && !$0.crossed.isUrgent })
        #expect(found.map(\.crossed.supervision) == [nil, nil, nil, 1, nil])
        // Whoever has to act learns of each by its feed, and reads no more of it than numbers.
        let events = try await bench.log.readAll(.types([DeadlineEvent.Kind.crossed.rawValue])).events
        let groups = try events.map { try $0.disclosure.groups[DeskBench.jiaoyu] }
        #expect(groups == Array(repeating: [DisclosedGroup(.reference)], count: 5))
    }

    @Test func `woken late it records every rung with its own instant and tells the highest alone`() async throws {
        let (bench, _) = try await dispatched()
        bench.clock.set(to: time("2023-08-26", hour: 3))
        #expect(try await settle(bench.desk) == 4)
        let found = try await crossings(bench)
        #expect(
            found.map(\.at) == [
                time("2023-08-21"), time("2023-08-22"), time("2023-08-23"), time("2023-08-25"),
            ])
        #expect(found.map(\.crossed.told.isEmpty) == [true, true, true, false])
        #expect(found.map(\.crossed.owner) == [nil, nil, nil, DeskBench.jiaoyu])
        #expect(try await settle(bench.desk) == 0)
    }

    @Test func `a restart and a second keeper repeat nothing`() async throws {
        let (bench, _) = try await dispatched()
        bench.clock.set(to: time("2023-08-23"))
        async let first = settle(bench.desk)
        async let second = settle(bench.reopened())
        _ = try await (first, second)
        #expect(try await crossings(bench).map(\.crossed.level) == [.warning, .dueDay, .overdue1])
        bench.clock.set(to: time("2023-08-25"))
        #expect(try await settle(bench.reopened()) == 1)
        #expect(try await crossings(bench).count == 4)
    }

    @Test func `what ended while the hub slept was crossed all the same, and tells nobody`() async throws {
        let (bench, referral) = try await dispatched()
        bench.clock.set(to: time("2023-08-22", hour: 10))
        try await bench.perform(
            ReceiveReferral(), on: .referral(referral), by: bench.handler(of: DeskBench.jiaoyu))
        bench.clock.set(to: time("2023-09-01"))
        #expect(try await settle(bench.desk) == 2)
        let found = try await crossings(bench)
        #expect(found.map(\.crossed.level) == [.warning, .dueDay] && found.allSatisfy { $0.crossed.told.isEmpty })
        #expect(found.allSatisfy { $0.crossed.owner == nil && $0.crossed.supervision == nil })
    }

    @Test func `a supervision is opened at three working days late even where it is found later still`() async throws {
        let (bench, _) = try await dispatched()
        bench.clock.set(to: time("2023-08-31"))
        #expect(try await settle(bench.desk) == 5)
        let found = try await crossings(bench)
        #expect(found.map(\.crossed.supervision) == [nil, nil, nil, 1, nil])
        #expect(found.map(\.crossed.told.isEmpty) == [true, true, true, true, false])
    }

    @Test func `an emergency is told at once, at night as well`() async throws {
        let (bench, _) = try await dispatched(.emergency)
        let start = bench.clock.now()
        bench.clock.set(to: start.advanced(byMilliseconds: 4 * 3_600_000))
        #expect(try await settle(bench.desk) == 1)
        bench.clock.set(to: start.advanced(byMilliseconds: 30 * 3_600_000))
        #expect(try await settle(bench.desk) == 2)
        let found = try await crossings(bench)
        #expect(found.map { $0.at.milliseconds - start.milliseconds } == [4, 6, 8].map { $0 * 3_600_000 })
        #expect(found.map(\.crossed.told) == [[department], [], [.role(.supervisor)]])
        #expect(found.allSatisfy { $0.crossed.isUrgent })
    }

    @Test func `while the log is full it does nothing, and goes on when there is room`() async throws {
        let (bench, _) = try await dispatched()
        bench.clock.set(to: time("2023-08-21"))
        bench.log.failAppends([.full])
        #expect(try await settle(bench.desk) == 0)
        #expect(try await settle(bench.desk) == 1)
    }
}
