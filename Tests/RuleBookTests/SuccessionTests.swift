import EventSourcing
import HubTesting
import RuleBook
import Testing

/// Who answers for a department after a reform of institutions.
@Suite struct SuccessionTests {
    private static let old = Fixtures.department("jiaowei", .statutory, "教委", "education committee")
    private static let given = Fixtures.departments + [.departmentRegistered(old)]

    private static func succession(_ old: String, _ new: String, _ day: String = "2023-06-01") -> DepartmentSuccession {
        DepartmentSuccession(
            department: Fixtures.code(old), successor: Fixtures.code(new), from: Fixtures.day(day), basis: "reform")
    }

    @Test func `a department is succeeded from a day on`() {
        let reform = Self.succession("jiaowei", "jiaoyu")
        expect(
            RuleBook.self, given: Self.given, when: .succeedDepartment(reform), then: [.departmentSucceeded(reform)])
        let book = RuleBook(replaying: Self.given + [.departmentSucceeded(reform)])
        #expect(book.successor(of: Self.old.code, on: Fixtures.day("2023-05-31")) == nil)
        #expect(book.successor(of: Self.old.code, on: Fixtures.day("2023-06-01")) == Fixtures.code("jiaoyu"))
        #expect(book.successor(of: Fixtures.code("jiaoyu"), on: Fixtures.day("2024-01-01")) == nil)
        #expect(
            book.predecessors(of: Fixtures.code("jiaoyu"), on: Fixtures.day("2023-06-01")) == [Self.old.code])
        #expect(book.predecessors(of: Fixtures.code("jiaoyu"), on: Fixtures.day("2023-05-31")).isEmpty)
    }

    @Test func `a chain of reforms leads to whoever answers on the day`() {
        let book = RuleBook(
            replaying: Self.given + [
                .departmentSucceeded(Self.succession("jiaowei", "jiaoyu")),
                .departmentSucceeded(Self.succession("jiaoyu", "minzheng", "2024-01-01")),
            ])
        #expect(book.successor(of: Self.old.code, on: Fixtures.day("2023-12-31")) == Fixtures.code("jiaoyu"))
        #expect(book.successor(of: Self.old.code, on: Fixtures.day("2024-01-01")) == Fixtures.code("minzheng"))
        #expect(book.succession(of: Self.old.code)?.successor == Fixtures.code("jiaoyu"))
    }

    @Test func `a successor is registered, of the same kind, the only one, and never its own ancestor`() {
        let reform = Self.succession("jiaowei", "jiaoyu")
        let done = Self.given + [.departmentSucceeded(reform)]
        expect(
            RuleBook.self, given: Fixtures.departments, when: .succeedDepartment(reform),
            refuses: .unknownDepartment(Self.old.code))
        expect(
            RuleBook.self, given: Self.given, when: .succeedDepartment(Self.succession("jiaowei", "nobody")),
            refuses: .unknownDepartment(Fixtures.code("nobody")))
        expect(
            RuleBook.self, given: Self.given, when: .succeedDepartment(Self.succession("jiaowei", "jijinhui")),
            refuses: .successorOfOtherKind(Fixtures.code("jijinhui"), .statutory))
        expect(RuleBook.self, given: done, when: .succeedDepartment(reform), then: [])
        expect(
            RuleBook.self, given: done, when: .succeedDepartment(Self.succession("jiaowei", "minzheng")),
            refuses: .departmentSucceeded(Self.old.code, by: Fixtures.code("jiaoyu")))
        expect(
            RuleBook.self, given: done, when: .succeedDepartment(Self.succession("jiaoyu", "jiaowei")),
            refuses: .successionInCircle(Fixtures.code("jiaoyu")))
        expect(
            RuleBook.self, given: Self.given, when: .succeedDepartment(Self.succession("jiaowei", "jiaowei")),
            refuses: .successionInCircle(Self.old.code))
    }

    @Test func `nothing new is laid on a department after another has taken over`() {
        let done = Self.given + [.departmentSucceeded(Self.succession("jiaowei", "jiaoyu"))]
        var item = Fixtures.grant
        item.department = Self.old.code
        item.effectiveFrom = Fixtures.day("2023-06-01")
        expect(
            RuleBook.self, given: done, when: .publishPolicyItem(item),
            refuses: .departmentSucceeded(Self.old.code, by: Fixtures.code("jiaoyu")))
        item.effectiveFrom = Fixtures.day("2023-05-31")
        expect(RuleBook.self, given: done, when: .publishPolicyItem(item), then: [.policyItemPublished(item)])
        var task = Fixtures.trace
        task.participants = [.init(Self.old.code, .lead, slice: [])]
        task.effectiveFrom = Fixtures.day("2024-01-01")
        expect(
            RuleBook.self, given: done, when: .reviseDispatchCatalog(task),
            refuses: .departmentSucceeded(Self.old.code, by: Fixtures.code("jiaoyu")))
    }
}
