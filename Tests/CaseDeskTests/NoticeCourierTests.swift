import CaseDesk
import CaseViews
import Casework
import Deadlines
import EventSourcing
import HubTesting
import NIOConcurrencyHelpers
import RuleBook
import Testing
import WorkingCalendar

/// One digest a recipient and morning, emergencies at once, and neither lost nor doubled by a restart.
@Suite struct NoticeCourierTests {
    /// A channel in memory that fails as often as it is told to.
    private final class Channel: NoticePort, NoticeStatePort {
        let name = "test"
        private let kept = NIOLockedValueBox<NoticeOutbox?>(nil)
        private let failures = NIOLockedValueBox(0)
        private let taken = NIOLockedValueBox<[Notice]>([])

        var notices: [Notice] { taken.withLockedValue { $0 } }

        func fail(times: Int) { failures.withLockedValue { $0 = times } }
        func accepts(_ recipient: NoticeRecipient) -> Bool { true }

        func deliver(_ notice: Notice, at now: Instant) async throws(NoticeError) {
            let isFailing = failures.withLockedValue { count in
                defer { count = max(0, count - 1) }
                return count > 0
            }
            if isFailing { throw NoticeError("test") }
            taken.withLockedValue { $0.append(notice) }
        }

        func load() throws(NoticeError) -> NoticeOutbox? { kept.withLockedValue { $0 } }
        func save(_ outbox: NoticeOutbox) throws(NoticeError) { kept.withLockedValue { $0 = outbox } }
    }

    private let channel = Channel()

    /// One look of ladder and courier by a process that knows only what is kept.
    private func look(_ bench: DeskBench) async throws {
        try Task.checkCancellation()
        let desk = bench.reopened()
        await withTaskGroup(of: Void.self) { group in
            let runner = desk.viewRunner
            // The runner ends by being cancelled, which is no failure.
            group.addTask { try? await runner.run() }
            let ladder = LadderKeeper(desk: desk)
            await ladder.settle()
            await NoticeCourier(desk: desk, ladder: ladder, port: channel, state: channel).look()
            group.cancelAll()
        }
    }

    private func bench(
        _ ladder: DeadlineRule.Ladder = .normal, referrals: Int = 1, isPromise: Bool = false
    ) async throws -> (DeskBench, [ReferralID]) {
        let bench = try await DeskBench()
        let rule = DeadlineRule(
            id: DeskBench.name("test.handle"), name: Label("办理", "handle"), scope: .referral,
            terms: DeadlineTerms(limit: ladder == .emergency ? .hours(8) : .workingDays(5)),
            start: [.init("ReferralDispatched")], stop: [.init("ReferralReceived")], owner: .lead, ladder: ladder,
            promise: isPromise, basis: .init("test", .houseRule), effectiveFrom: DeskBench.day("2023-01-01"))
        try await bench.perform(PublishDeadlineRule(rule: rule), by: bench.principal(.operator))
        // A channel tells what happens from its first look on.
        try await look(bench)
        var sent: [ReferralID] = []
        for number in 0..<referrals {
            sent.append(try await bench.dispatchReferral(of: try await bench.registerPerson("张\(number)")).referral)
        }
        return (bench, sent)
    }

    private func time(_ day: String, hour: Int64 = 9) -> Instant {
        Instant(milliseconds: DeskBench.day(day).startMilliseconds + hour * 3_600_000)
    }

    private let department = NoticeRecipient.department(DeskBench.jiaoyu)

    @Test func `everything of a morning is one message, and a restart sends no other`() async throws {
        let (bench, _) = try await bench(referrals: 3)
        bench.clock.set(to: time("2023-08-21"))
        for _ in 0..<3 { try await look(bench) }
        #expect(channel.notices.map(\.recipient) == [department] && channel.notices.map(\.lines.count) == [3])
        bench.clock.set(to: time("2023-08-22", hour: 10))
        try await look(bench)
        #expect(
            channel.notices.count == 2
                && channel.notices.last?.lines.map(\.level) == Array(repeating: .dueDay, count: 3))
        #expect(Set(channel.notices.map(\.id)).count == 2)
    }

    @Test func `nothing goes out outside office hours, on a weekend or at noon`() async throws {
        let (bench, _) = try await bench()
        for (day, hour) in [
            ("2023-08-21", 20), ("2023-08-22", 3), ("2023-08-22", 12), ("2023-08-22", 23), ("2023-08-26", 10),
        ] {
            bench.clock.set(to: time(day, hour: Int64(hour)))
            try await look(bench)
            #expect(channel.notices.isEmpty, "\(day) \(hour):00")
        }
        bench.clock.set(to: time("2023-08-28"))
        try await look(bench)
        #expect(channel.notices.flatMap(\.lines).map(\.level).contains(.overdue3))
        #expect(channel.notices.allSatisfy { $0.lines.count == 1 }, "each deadline once")
    }

    /// Takes Friday 18 August off, after the fact.
    private func takeFridayOff(_ bench: DeskBench) async throws {
        try await bench.perform(
            PublishCalendar(
                calendar: CalendarDocument(
                    version: "CN-2023.2", first: DeskBench.day("2023-01-01"), firmUntil: DeskBench.day("2023-12-28"),
                    offWeekdays: [DeskBench.day("2023-08-18"), DeskBench.day("2023-09-29")],
                    makeupWorkdays: [DeskBench.day("2023-10-07")],
                    notice: CalendarNotice(source: "test", correction: "test"))),
            by: bench.principal(.operator))
    }

    @Test func `a promised date that a calendar moves is told once, in its owner's next digest, with the date before`()
        async throws
    {
        let (bench, referrals) = try await bench(referrals: 2, isPromise: true)
        bench.clock.set(to: time("2023-08-16", hour: 18))
        try await takeFridayOff(bench)
        try await look(bench)
        #expect(channel.notices.isEmpty, "the office is closed")
        try await bench.perform(
            ReceiveReferral(), on: .referral(referrals[0]), by: bench.handler(of: DeskBench.jiaoyu))
        bench.clock.set(to: time("2023-08-17"))
        for _ in 0..<2 { try await look(bench) }
        #expect(channel.notices.map(\.recipient) == [department] && channel.notices.map(\.kind) == [.digest])
        let line = try #require(channel.notices.first?.lines.first)
        #expect(channel.notices.first?.lines.count == 1 && channel.notices.first?.unlisted == nil)
        #expect(line.deadline.scope == .referral(referrals[1]), "what is done concerns nobody any more")
        #expect(line.dueDay?.description == "2023-08-23" && line.word.english.contains("2023-08-22"))
        #expect(line.level == nil && line.word.chinese.contains("请告知申请人"))
    }

    @Test func `a date among offices that a calendar moves is told to nobody`() async throws {
        let (bench, _) = try await bench()
        bench.clock.set(to: time("2023-08-16", hour: 10))
        try await takeFridayOff(bench)
        try await look(bench)
        #expect(channel.notices.isEmpty)
    }

    @Test func `what was done before the morning is not told`() async throws {
        let (bench, referrals) = try await bench(referrals: 2)
        bench.clock.set(to: time("2023-08-21", hour: 20))
        try await look(bench)
        bench.clock.set(to: time("2023-08-21", hour: 21))
        try await bench.perform(
            ReceiveReferral(), on: .referral(referrals[0]), by: bench.handler(of: DeskBench.jiaoyu))
        bench.clock.set(to: time("2023-08-22"))
        try await look(bench)
        #expect(channel.notices.flatMap(\.lines).map(\.deadline.scope) == [.referral(referrals[1])])
    }

    @Test func `an emergency goes out at once, at night`() async throws {
        let (bench, _) = try await bench(.emergency)
        bench.clock.set(to: time("2023-08-15", hour: 19))
        try await look(bench)
        #expect(channel.notices.map(\.kind) == [.urgent] && channel.notices.map(\.recipient) == [.role(.supervisor)])
        try await look(bench)
        #expect(channel.notices.count == 1)
    }

    @Test func `what is not taken comes again under its id, for three days, and then no more`() async throws {
        let (bench, _) = try await bench()
        bench.clock.set(to: time("2023-08-21"))
        channel.fail(times: 1)
        try await look(bench)
        #expect(channel.notices.isEmpty)
        let id = try #require(try channel.load()?.parcels.first?.notice.id)
        bench.clock.set(to: time("2023-08-21").advanced(byMilliseconds: 4000))
        try await look(bench)
        #expect(channel.notices.isEmpty, "it waits before it tries again")
        bench.clock.set(to: time("2023-08-21").advanced(byMilliseconds: 6000))
        try await look(bench)
        #expect(channel.notices.map(\.id) == [id])
    }

    @Test func `attempts spread over more than three days, then the notice is given up`() async throws {
        let (bench, _) = try await bench()
        bench.clock.set(to: time("2023-08-21"))
        channel.fail(times: 1000)
        try await look(bench)
        let id = try #require(try channel.load()?.parcels.first?.notice.id)
        var attempts = 1
        while let parcel = try channel.load()?.parcels.first(where: { $0.notice.id == id }), attempts < 50 {
            bench.clock.set(to: parcel.nextAt)
            try await look(bench)
            attempts += 1
        }
        #expect(attempts == 10)
        #expect(bench.clock.now().milliseconds - time("2023-08-21").milliseconds > 72 * 3_600_000)
        let kept = try #require(try channel.load())
        #expect(kept.abandoned == 1 && channel.notices.isEmpty)
    }
}
