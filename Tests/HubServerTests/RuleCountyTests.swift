import EventSourcing
import HubServer
import RuleBook
import Testing

/// The default county against what the Danyang article states (`RULINGS.md` §4).
@Suite struct RuleCountyTests {
    @Test func `57 items in 13 departments, 17 of them named in the article`() throws {
        let items = try RuleFixture.shippedBook().policyItems
        #expect(items.count == 57 && Set(items.map(\.department)).count == 13)
        let stated = Dictionary(grouping: items.filter { $0.provenance == .stated }, by: \.department.description)
        #expect(
            stated.mapValues(\.count) == [
                "minzheng": 5, "zhujian": 2, "weijian": 2, "jiaoyu": 4, "sifa": 2, "renshe": 2,
            ])
        #expect(items.allSatisfy { $0.provenance != nil })
    }

    @Test func `IN-3: 12 towns and 214 stations that meet the standard, all of them invented`() throws {
        let towns = try RuleFixture.shippedBook().towns
        let stations = towns.flatMap(\.stations)
        #expect(towns.count == 12 && stations.count == 214)
        #expect(towns.allSatisfy { $0.provenance == .example } && stations.allSatisfy(\.meetsStandard))
        #expect(Set(towns.flatMap(\.villages).map(\.name.chinese)).count == 202, "no name stands twice")
        #expect(stations.allSatisfy { !$0.posts.isEmpty })
    }

    @Test func `every kind of body that a county has is there but the towns`() throws {
        let departments = try RuleFixture.shippedBook().departments
        #expect(Set(departments.map(\.kind)) == Set(DepartmentKind.allCases).subtracting([.town]))
        #expect(departments.allSatisfy { $0.provenance != nil && !$0.posts.isEmpty })
        let statutory = departments.filter { $0.kind == .statutory || $0.kind == .massOrganisation }
        #expect(statutory.count == 13)
    }

    @Test func `each item is served by exactly one task, which its own department leads`() throws {
        let book = try RuleFixture.shippedBook()
        for item in book.policyItems {
            let tasks = book.tasks(for: item.code)
            #expect(tasks.count == 1 && tasks.first?.lead == item.department, "\(item.code)")
        }
        #expect(book.defects.isEmpty)
    }

    @Test func `the centre has a post for each of its roles`() throws {
        let posts = try RuleFixture.shippedBook().departments.flatMap(\.posts)
        #expect(Set(posts.flatMap { $0.roles ?? [] }) == [.dispatcher, .supervisor, .approver, .meetingOffice])
    }

    @Test func `every body with a feed has the office from which an adapter acts that names no post`() throws {
        for department in try RuleFixture.shippedBook().departments where department.kind.hasFeed {
            let office = department.posts.first { $0.code.description == "\(department.code)/office" }
            #expect(office?.head == false, "\(department.code)")
        }
    }

    @Test func `the county is published in one append`() throws {
        let entries = try RuleFixture.shipped().entries
        #expect(entries.count <= AppendLimits.events)
        let data = try entries.map { try EventJSON.encode($0.command).count }
        #expect(try #require(data.max()) < AppendLimits.dataBytes)
    }
}
