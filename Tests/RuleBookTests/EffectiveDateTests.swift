import Deadlines
import EventSourcing
import HubTesting
import RuleBook
import Testing

/// Versions by effective date: the old one still explains what was decided under it.
@Suite struct EffectiveDateTests {
    private static func grant(_ version: Int, from day: String?, days: Int = 7) -> PolicyItem {
        var item = Fixtures.grant
        item.version = version
        item.limit = .workingDays(days)
        item.effectiveFrom = day.map(Fixtures.day)
        return item
    }

    private static let first = grant(1, from: "2023-01-01")
    private static let second = grant(2, from: "2024-01-01", days: 5)
    private let code = Fixtures.grant.code

    @Test func `an item is asked for in the version of the day, and not before its first`() {
        let book = RuleBook(
            replaying: Fixtures.departments + [.policyItemPublished(Self.first), .policyItemRevised(Self.second)])
        #expect(book.policyItem(code, on: Fixtures.day("2022-12-31")) == nil)
        #expect(book.policyItem(code, on: Fixtures.day("2023-12-31"))?.limit == .workingDays(7))
        #expect(book.policyItem(code, on: Fixtures.day("2024-01-01"))?.limit == .workingDays(5))
        #expect(book.policyItem(code, version: 1)?.limit == .workingDays(7))
        #expect(book.policyItems(on: Fixtures.day("2022-12-31")).isEmpty)
        #expect(book.policyItems(on: Fixtures.day("2025-01-01")).map(\.version) == [2])
    }

    @Test func `a version without a first day is in force from the beginning`() {
        let book = RuleBook(replaying: Fixtures.departments + [.policyItemPublished(Fixtures.grant)])
        #expect(book.policyItem(code, on: Fixtures.day("1990-01-01"))?.version == 1)
    }

    @Test(arguments: ["2023-01-01", "2022-06-01", nil])
    func `a version takes effect after the one before it`(day: String?) {
        expect(
            RuleBook.self, given: Fixtures.departments + [.policyItemPublished(Self.first)],
            when: .publishPolicyItem(Self.grant(2, from: day)),
            refuses: .effectiveTooEarly(before: Fixtures.day("2023-01-01")))
    }

    @Test func `a limit takes effect after the one before it`() {
        var later = Fixtures.receive
        later.version = 2
        expect(
            RuleBook.self, given: [.deadlineRulePublished(Fixtures.receive)], when: .publishDeadlineRule(later),
            refuses: .effectiveTooEarly(before: Fixtures.receive.effectiveFrom))
    }

    @Test func `a task is dispatched in the version of the day`() {
        var old = Fixtures.trace
        old.effectiveFrom = Fixtures.day("2023-01-01")
        var new = old
        new.version = 2
        new.effectiveFrom = Fixtures.day("2024-01-01")
        let book = RuleBook(replaying: [.dispatchCatalogRevised(old), .dispatchCatalogRevised(new)])
        #expect(book.task(old.code, on: Fixtures.day("2022-01-01")) == nil)
        #expect(book.task(old.code, on: Fixtures.day("2023-06-01"))?.version == 1)
        #expect(book.tasks(on: Fixtures.day("2024-06-01")).map(\.version) == [2])
        #expect(book.tasks(on: Fixtures.day("2022-01-01")).isEmpty)
    }

    @Test func `a town and a department stand as they were on the day`() {
        var town = Fixtures.huangtang
        town.version = 2
        town.villages = []
        town.stations = []
        town.effectiveFrom = Fixtures.day("2024-01-01")
        var body = Fixtures.jiaoyu
        body.version = 2
        body.posts = []
        body.effectiveFrom = Fixtures.day("2024-01-01")
        let book = RuleBook(
            replaying: [
                .townRegistered(Fixtures.huangtang), .townRegistered(town), .departmentRegistered(Fixtures.jiaoyu),
                .departmentRegistered(body),
            ])
        let before = Fixtures.day("2023-12-31")
        let after = Fixtures.day("2024-01-01")
        #expect(book.town(town.code, on: before)?.stations.count == 2)
        #expect(book.town(town.code, on: after)?.stations.isEmpty == true)
        #expect(book.place(of: Fixtures.windowPost, on: before) != nil && book.post(Fixtures.windowPost) == nil)
        #expect(book.place(of: Fixtures.post("jiaoyu/head"), on: before) != nil)
        #expect(book.place(of: Fixtures.post("jiaoyu/head"), on: after) == nil)
    }

    @Test func `a retired item cannot be asked for from that day on, and still explains what was decided`() {
        let retired = PolicyItemRetirement(
            code: code, from: Fixtures.day("2024-06-01"), reason: "merged into another")
        let given = Fixtures.departments + [.policyItemPublished(Self.first), .policyItemRevised(Self.second)]
        expect(RuleBook.self, given: given, when: .retirePolicyItem(retired), then: [.policyItemRetired(retired)])
        let book = RuleBook(replaying: given + [.policyItemRetired(retired)])
        #expect(book.policyItem(code, on: Fixtures.day("2024-05-31"))?.version == 2)
        #expect(book.policyItem(code, on: Fixtures.day("2024-06-01")) == nil)
        #expect(book.policyItem(code, version: 1) != nil && book.retirement(of: code) == retired)
    }

    @Test func `a retirement is of a known item, after it began, once, and for another`() {
        let given = Fixtures.departments + [.policyItemPublished(Self.first)]
        func retire(_ day: String, replacedBy other: PolicyItemCode? = nil) -> RuleBookCommand {
            .retirePolicyItem(
                PolicyItemRetirement(code: code, from: Fixtures.day(day), reason: "r", replacedBy: other))
        }
        let done = RuleBookEvent.policyItemRetired(
            PolicyItemRetirement(code: code, from: Fixtures.day("2024-01-01"), reason: "r"))
        expect(
            RuleBook.self, given: Fixtures.departments, when: retire("2024-01-01"), refuses: .unknownPolicyItem(code))
        expect(
            RuleBook.self, given: given, when: retire("2023-01-01"),
            refuses: .effectiveTooEarly(before: Fixtures.day("2023-01-01")))
        expect(
            RuleBook.self, given: given, when: retire("2024-01-01", replacedBy: code), refuses: .unknownPolicyItem(code)
        )
        expect(RuleBook.self, given: given + [done], when: retire("2024-01-01"), then: [])
        expect(
            RuleBook.self, given: given + [done], when: retire("2025-01-01"),
            refuses: .itemRetired(code, from: Fixtures.day("2024-01-01")))
        expect(
            RuleBook.self, given: given + [done], when: .publishPolicyItem(Self.second),
            refuses: .itemRetired(code, from: Fixtures.day("2024-01-01")))
    }

    @Test func `nothing longer than the law allows is promised`() {
        var item = Self.first
        item.statutory = .workingDays(5)
        expect(
            RuleBook.self, given: Fixtures.departments, when: .publishPolicyItem(item),
            refuses: .promiseLongerThanLaw)
        item.statutory = .calendarDays(6)
        expect(
            RuleBook.self, given: Fixtures.departments, when: .publishPolicyItem(item),
            refuses: .promiseLongerThanLaw)
        item.statutory = .workingDays(7)
        expect(
            RuleBook.self, given: Fixtures.departments, when: .publishPolicyItem(item),
            then: [.policyItemPublished(item)])
    }
}
