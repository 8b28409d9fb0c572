import CaseViews
import Casework
import Deadlines
import EventSourcing
import HubTesting
import RuleBook
import Testing
import ViewTesting
import WorkingCalendar

/// Whose day it was (N-1).
@Suite struct CaseDaysTests {
    private func account(_ story: Story, _ file: CaseInStory) throws -> CaseDays {
        try #require(try Folded(story, file).replay.days.last)
    }

    private func all(_ account: CaseDays, _ holder: DayHolder) -> Int {
        account.shares.first { $0.holder == holder }?.all ?? 0
    }

    @Test func `N-1: the day of a hand-over is the giver's, and days before any referral are the centre's`() throws {
        var story = try danyang()
        story.day("2023-08-15")
        var file = try story.apply("DY23-00001")
        story.day("2023-08-17")
        try story.dispatch(&file, to: "jiaoyu", limit: .workingDays(10))
        story.day("2023-08-18")
        try story.receive(file, file.referrals[0], by: "jiaoyu")
        try story.accept(file, file.referrals[0], by: "jiaoyu")
        story.day("2023-08-23")
        try story.complete(file, file.referrals[0], by: "jiaoyu")
        story.day("2023-08-25")
        try story.acceptCompletion(file, file.referrals[0], of: "jiaoyu")
        story.day("2023-08-28")
        try story.exit(file)
        let account = try account(story, file)
        // 16 and 17 August are the centre's, 18 to 23 the department's, 24, 25 and 28 the centre's again.
        let department = DayHolder.department(try known("jiaoyu"))
        #expect(
            account.days.map(\.holder) == Array(repeating: .centre, count: 2) + Array(repeating: department, count: 4)
                + Array(repeating: .centre, count: 3))
        #expect(all(account, department) == 4)
        #expect(account.used == 9 && account.elapsed == 9 && !account.isProvisional)
    }

    @Test(arguments: [true, false])
    func `N-1: disputed days are open until ruled, then the loser's`(approved: Bool) throws {
        var story = try danyang()
        story.day("2023-08-15")
        var file = try story.apply("DY23-00001")
        story.day("2023-08-16")
        try story.dispatch(&file, to: "jiaoyu", limit: .workingDays(10))
        try story.accept(file, file.referrals[0], by: "jiaoyu")
        story.day("2023-08-17")
        try story.requestReturn(file, file.referrals[0], by: "jiaoyu", .wrongArea)
        story.day("2023-08-21")
        let open = try account(story, file)
        #expect(all(open, .disputed) == 2 && open.isProvisional)
        let department = DayHolder.department(try known("jiaoyu"))
        if approved {
            try story.approveReturn(file, file.referrals[0], of: "jiaoyu")
        } else {
            try story.record(
                .casework(
                    .referral(
                        .returnRefused(
                            ReferralEvent.ReturnRefused(
                                referral: file.referrals[0], caseFile: file.id, department: try known("jiaoyu"),
                                clause: "art. 1")))))
        }
        story.day("2023-08-22")
        let ruled = try account(story, file)
        #expect(all(ruled, .disputed) == 0)
        #expect(all(ruled, department) == (approved ? 1 : 4))
        #expect(all(ruled, .centre) == (approved ? 4 : 1))
    }

    @Test func `N-1: at every position of the log Σ counted = used and Σ all = elapsed`() throws {
        var chance = SeededGenerator.printed(for: #function)
        var story = Story(at: Instant(milliseconds: 0), seed: chance.seed)
        story.day("2023-08-14")
        try story.layDownRules()
        let cases = try story.wander(cases: 6, steps: 400)
        var accounts = 0
        for file in cases {
            var fold = CaseDaysFold(of: file.id)
            // Every position is looked at; a few are folded anew, which shows that the running account is the same.
            let again = Set((0..<4).map { _ in Int(chance.next() % UInt64(story.events.count)) })
            for (index, event) in story.events.enumerated() {
                try fold.take(event)
                let found = fold.accounts(asOf: event.recordedAt)
                for (promise, account) in found {
                    accounts += 1
                    try check(account, promise, fold.rules)
                }
                guard again.contains(index) else { continue }
                let replay = try CaseReplay(
                    of: file.id, events: Array(story.events[...index]), asOf: event.recordedAt)
                #expect(replay?.days ?? [] == found.map(\.days), "position \(event.position)")
            }
        }
        #expect(accounts > 400)
    }

    /// The sums against the engine's own count of the promise, and against the calendar.
    private func check(_ account: CaseDays, _ promise: DeadlineRow, _ rules: RuleBook) throws {
        #expect(account.shares.reduce(0) { $0 + $1.counted } == account.used)
        #expect(account.shares.reduce(0) { $0 + $1.all } == account.elapsed)
        let calendar = try #require(rules.calendar)
        let due = try promise.evaluate(by: rules)
        if promise.isOpen {
            #expect(account.elapsed == calendar.workingDays(after: account.day0, through: account.through))
        }
        // Until it is late, what the engine counts is what the holders answer for.
        guard due.dueDay.map({ account.through <= $0 }) ?? true, due.legalDay == nil else { return }
        let counted = due.countedDays.filter { $0 <= account.through }
        #expect(account.days.filter(\.isCounted).map(\.day) == counted, "\(promise.id)")
        #expect(Set(account.days.map(\.day)).count == account.days.count)
    }
}
