import EventSourcing
import HubTesting
import RuleBook
import Testing

/// Towns, villages and stations (IN-3).
@Suite struct PlaceTests {
    private func town(_ change: (inout Town) -> Void) -> RuleBookCommand {
        var town = Fixtures.huangtang
        change(&town)
        return .registerTown(town)
    }

    @Test func `IN-3: a town is registered with its villages and stations, and again only as the next version`() {
        let registered = RuleBookEvent.townRegistered(Fixtures.huangtang)
        expect(RuleBook.self, when: .registerTown(Fixtures.huangtang), then: [registered])
        expect(RuleBook.self, given: [registered], when: .registerTown(Fixtures.huangtang), then: [])
        expect(
            RuleBook.self, given: [registered], when: town { $0.kind = .street },
            refuses: .versionPublishedWithOtherContent(1))
        expect(RuleBook.self, given: [registered], when: town { $0.version = 3 }, refuses: .nextVersionIs(2))
    }

    @Test func `IN-3: a station says what it has of the nine, and meets the standard with all of them`() throws {
        let book = RuleBook(replaying: [.townRegistered(Fixtures.huangtang)])
        let own = try #require(book.station(Fixtures.name("huangtang.station")))
        let point = try #require(book.station(Fixtures.name("huangtang.v01")))
        #expect(own.station.meetsStandard && own.station.capabilities.count == 9 && own.town.code == point.town.code)
        #expect(!point.station.meetsStandard && point.station.capabilities == [.register])
        #expect(own.town.village(Fixtures.name("v01")) != nil && book.station(Fixtures.name("no.such")) == nil)
    }

    @Test func `a village, a station and a post stand once`() {
        expect(
            RuleBook.self, when: town { $0.villages.append($0.villages[0]) },
            refuses: .villageListedTwice(Fixtures.name("v01")))
        expect(
            RuleBook.self, when: town { $0.stations.append($0.stations[0]) },
            refuses: .stationListedTwice(Fixtures.name("huangtang.station")))
        expect(
            RuleBook.self, when: town { $0.stations[1].posts.append($0.stations[0].posts[0]) },
            refuses: .postListedTwice(Fixtures.windowPost))
        var other = Fixtures.huangtang
        other.code = Fixtures.town("meixi")
        other.stations[0].posts = []
        expect(
            RuleBook.self, given: [.townRegistered(Fixtures.huangtang)], when: .registerTown(other),
            refuses: .stationListedTwice(Fixtures.name("huangtang.station")))
    }

    @Test func `a point stands in a village of its town, and its posts belong to that town`() {
        expect(
            RuleBook.self, when: town { $0.stations[1].village = Fixtures.name("v99") },
            refuses: .unknownVillage(Fixtures.name("v99")))
        let foreign = Fixtures.post("meixi/window")
        expect(
            RuleBook.self, when: town { $0.stations[0].posts[0].code = foreign },
            refuses: .postOutsideTown(foreign, Fixtures.town("huangtang")))
    }

    @Test func `a town and a department share a code only when the department is that town`() {
        let office = Fixtures.department("huangtang", .statutory, "甲", "a")
        let government = Fixtures.department("huangtang", .town, "黄塘镇政府", "Huangtang government")
        let registered = RuleBookEvent.townRegistered(Fixtures.huangtang)
        expect(
            RuleBook.self, given: [registered], when: .registerDepartment(office), refuses: .codeOfTown(office.code))
        expect(
            RuleBook.self, given: [.departmentRegistered(office)], when: .registerTown(Fixtures.huangtang),
            refuses: .codeOfDepartment(Fixtures.town("huangtang")))
        expect(
            RuleBook.self, given: [registered], when: .registerDepartment(government),
            then: [.departmentRegistered(government)])
    }

    @Test func `I-9: a county duty goes down to a town only where the catalogue says why`() {
        let government = Fixtures.department("huangtang", .town, "黄塘镇政府", "Huangtang government")
        var task = DispatchTask(
            code: Fixtures.name("some.task"), name: Label("某事", "some task"),
            participants: [
                .init(Fixtures.code("minzheng"), .lead, slice: []), .init(government.code, .coHandler, slice: []),
            ], basis: "b", purpose: "p")
        let given = Fixtures.departments + [.departmentRegistered(government)]
        expect(
            RuleBook.self, given: given, when: .reviseDispatchCatalog(task),
            refuses: .townDutyNotStated(government.code))
        task.townDuty = "县政府授权"
        expect(
            RuleBook.self, given: given, when: .reviseDispatchCatalog(task), then: [.dispatchCatalogRevised(task)])
    }

    @Test func `equal towns are equal bytes`() throws {
        var again = Fixtures.huangtang
        again.stations[0].capabilities = Set(Town.Capability.allCases.reversed())
        #expect(try EventJSON.encode(again) == EventJSON.encode(Fixtures.huangtang))
    }
}
