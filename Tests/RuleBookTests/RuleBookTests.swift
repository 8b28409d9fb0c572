import Deadlines
import EventSourcing
import Foundation
import HubTesting
import RuleBook
import Testing
import WorkingCalendar

@Suite struct RuleBookTests {
    private static let events: [RuleBookEvent] = [
        .hubCreated(HubCreated(hubCode: "DY", demo: true)), .departmentRegistered(Fixtures.fulian),
        .departmentKeysRegistered(
            DepartmentKeys(
                department: Fixtures.code("fulian"), transport: Fixtures.key("1"), agreement: Fixtures.key("2"),
                signing: Fixtures.key("3"))),
        .townRegistered(Fixtures.huangtang), .postHolderChanged(Fixtures.tenure(Fixtures.windowPost, "2023-01-01")),
        .departmentSucceeded(
            DepartmentSuccession(
                department: Fixtures.code("jiaowei"), successor: Fixtures.code("jiaoyu"),
                from: Fixtures.day("2023-06-01"), basis: "reform")),
        .policyItemPublished(Fixtures.grant), .policyItemRevised(Fixtures.grant),
        .policyItemRetired(
            PolicyItemRetirement(
                code: Fixtures.grant.code, from: Fixtures.day("2024-01-01"), reason: "merged", replacedBy: nil)),
        .dispatchCatalogRevised(Fixtures.trace),
        .deadlineRulePublished(Fixtures.receive), .calendarPublished(CalendarPublished(calendar: Fixtures.calendar)),
    ]

    @Test(arguments: events) func `every event survives the log`(event: RuleBookEvent) throws {
        let recorded = try Self.recorded(event, at: 1)
        #expect(try RuleBookEvent(recorded) == event)
    }

    @Test(arguments: events) func `every property of a payload has a field group`(event: RuleBookEvent) throws {
        let (kind, payload) = event.stored
        guard case .object(let members) = try EventJSON.decode(JSONValue.self, from: EventJSON.encode(payload)) else {
            Issue.record("a payload is an object")
            return
        }
        #expect(Set(members.keys).isSubset(of: RuleBookEvent.fieldGroups(of: kind).keys))
    }

    @Test func `all kinds of event are among the samples`() {
        #expect(Set(Self.events.map { $0.stored.kind }) == Set(RuleBookEvent.Kind.allCases))
    }

    @Test func `equal tasks are equal bytes`() throws {
        var again = Fixtures.trace
        again.participants[1].slice = [
            .init(.sought, [.traceOutcome, .identity]), .init(.applicant, [.contact, .identity]),
        ]
        #expect(try EventJSON.encode(again) == EventJSON.encode(Fixtures.trace))
    }

    @Test func `history answers as of any position`() throws {
        var history = RuleBookHistory()
        var later = Fixtures.grant
        later.version = 2
        for (position, event) in [
            (3, RuleBookEvent.departmentRegistered(Fixtures.jiaoyu)), (5, .policyItemPublished(Fixtures.grant)),
            (9, .policyItemPublished(later)),
        ] { try history.evolve(with: Self.recorded(event, at: UInt64(position))) }
        let code = Fixtures.grant.code
        #expect(history.at(Position(2)) == RuleBook())
        #expect(history.at(Position(4)).policyItem(code) == nil)
        #expect(history.at(Position(5)).policyItem(code)?.version == 1)
        #expect(history.at(Position(8)).policyItem(code)?.version == 1)
        #expect(history.at(Position(9)).policyItem(code)?.version == 2)
        #expect(history.at(Position(1000)) == history.current)
    }

    @Test func `an event taken in twice changes nothing`() throws {
        var history = RuleBookHistory()
        let event = try Self.recorded(.departmentRegistered(Fixtures.jiaoyu), at: 3)
        #expect(try history.evolve(with: event))
        #expect(try !history.evolve(with: event))
    }

    @Test func `a rule starts instances from its first day on`() {
        var later = Fixtures.receive
        later.version = 2
        later.effectiveFrom = Fixtures.day("2024-01-01")
        let book = RuleBook(replaying: [.deadlineRulePublished(Fixtures.receive), .deadlineRulePublished(later)])
        #expect(book.deadlineRule(later.id, on: Fixtures.day("2022-12-31")) == nil)
        #expect(book.deadlineRule(later.id, on: Fixtures.day("2023-12-31"))?.version == 1)
        #expect(book.deadlineRule(later.id, on: Fixtures.day("2024-01-01"))?.version == 2)
        #expect(book.deadlineRule(later.id)?.version == 2)
        #expect(book.deadlineRules(on: Fixtures.day("2023-12-31")).map(\.version) == [1])
    }

    @Test func `a trigger asks for values, and null for a missing property`() {
        let trigger = DeadlineRule.Trigger("ResolutionAdopted", when: ["condition": .null, "kind": .string("refer")])
        #expect(trigger.matches(type: "ResolutionAdopted", data: .object(["kind": .string("refer")])))
        #expect(!trigger.matches(type: "ResolutionAdopted", data: .object(["kind": .string("decide")])))
        #expect(
            !trigger.matches(
                type: "ResolutionAdopted", data: .object(["kind": .string("refer"), "condition": .string("x")])))
        #expect(!trigger.matches(type: "ReferralDispatched", data: .object(["kind": .string("refer")])))
    }

    @Test func `a condition on a missing property survives the log`() throws {
        var rule = Fixtures.receive
        rule.start = [.init("ResolutionAdopted", when: ["condition": .null])]
        #expect(try EventJSON.decode(DeadlineRule.self, from: EventJSON.encode(rule)) == rule)
    }

    @Test func `an event's own limit goes before a variant's, and that before the rule's`() {
        var rule = Fixtures.receive
        rule.limitProperty = "limit"
        rule.variants = [.init(when: ["urgent": .bool(true)], limit: .hours(4))]
        let own = JSONValue.object(["limit": .object(["calendarDays": .integer(7)]), "urgent": .bool(true)])
        #expect(rule.terms(startedBy: own).limit == .calendarDays(7))
        #expect(rule.terms(startedBy: .object(["urgent": .bool(true), "limit": .null])).limit == .hours(4))
        #expect(rule.terms(startedBy: .object([:])).limit == .workingDays(1))
    }

    @Test func `the newest calendar is in force`() {
        #expect(Fixtures.book.calendar?.version == "CN-2023.1")
        #expect(Fixtures.book.calendar?.isWorkingDay(Fixtures.day("2023-10-07")) == true)
    }

    @Test func `a court has no feed`() {
        #expect(!Fixtures.book.feeds.contains(Fixtures.code("fayuan")))
        #expect(Fixtures.book.feeds.count == 5)
    }

    @Test func `a public key is 64 lower-case hexadecimal characters and gives its bytes back`() {
        let bytes = (0..<32).map { UInt8($0 * 8) }
        #expect(PublicKeyText(bytes: bytes)?.bytes == bytes)
        #expect(PublicKeyText(String(repeating: "A", count: 64)) == nil)
        #expect(PublicKeyText(String(repeating: "a", count: 63)) == nil)
    }

    @Test func `names of rules are dotted and begin with a small letter`() {
        #expect(DeadlineRuleID("case.exit") != nil)
        for bad in ["", "a", "Case.exit", "case exit", "case/exit", String(repeating: "a", count: 65)] {
            #expect(DeadlineRuleID(bad) == nil)
        }
    }

    private static func recorded(_ event: RuleBookEvent, at position: UInt64) throws -> RecordedEvent {
        var generator = SeededGenerator(seed: position)
        let (kind, payload) = event.stored
        return RecordedEvent(
            position: Position(position), eventID: generator.uniqueID(), appendFirst: Position(position),
            type: kind.rawValue, schemaVersion: 1, occurredAt: PushedClock.danyangMorning,
            recordedAt: PushedClock.danyangMorning, meta: Data("{}".utf8), data: try EventJSON.encode(payload),
            tags: [], disclosureBytes: Disclosure.none.bytes, salt: nil, removed: nil, leaf: Data(), sealed: [])
    }
}
