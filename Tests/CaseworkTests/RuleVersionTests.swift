import Casework
import Deadlines
import EventSourcing
import Foundation
import HubTesting
import RuleBook
import Testing

/// What was asked for and ordered under a version of a rule stays explained by that version.
@Suite struct RuleVersionTests {
    private let sender = TestHub.Sender(account: Fixture.id(9), role: .operator)
    private let legalAid = Fixture.item("legal.aid")

    @Test func `a retired item is asked for until its last day and not afterwards`() throws {
        var story = try DanyangStory.applied()
        story.hub.rules.evolve(
            with: .policyItemRetired(
                PolicyItemRetirement(code: legalAid, from: Fixture.day("2023-08-17"), reason: "merged")))
        let id = story.theCase
        #expect(throws: CaseFileRefusal.policyItemNotInForce.told) {
            try story.hub.send(
                AddItem(policyItem: legalAid, person: story.daughter), to: id, at: Fixture.morning("2023-08-17"))
        }
        try story.hub.send(
            AddItem(policyItem: legalAid, person: story.daughter), to: id, at: Fixture.morning("2023-08-16"))
    }

    @Test func `an item not yet in force cannot be asked for`() throws {
        var story = try DanyangStory.applied()
        var item = try #require(story.hub.rules.policyItem(legalAid))
        item.code = Fixture.item("legal.later")
        item.effectiveFrom = Fixture.day("2024-01-01")
        story.hub.rules.evolve(with: .policyItemPublished(item))
        #expect(throws: CaseFileRefusal.policyItemNotInForce.told) {
            try story.hub.send(
                AddItem(policyItem: item.code), to: story.theCase, at: Fixture.morning("2023-08-16"))
        }
    }

    @Test func `an item keeps the version it was asked under`() throws {
        var story = try DanyangStory.applied()
        var later = try #require(story.hub.rules.policyItem(legalAid))
        later.version = 2
        later.effectiveFrom = Fixture.day("2023-08-17")
        story.hub.rules.evolve(with: .policyItemRevised(later))
        let id = story.theCase
        func version(of events: [RecordedEvent]) throws -> Int? {
            let added = try events.lazy.compactMap { try CaseworkEvent($0) }.first
            guard case .caseFile(.itemAdded(let item))? = added else { return nil }
            return item.policyVersion
        }
        let before = try story.hub.send(
            AddItem(policyItem: legalAid, person: story.daughter), to: id, at: Fixture.morning("2023-08-16"))
        #expect(try version(of: before) == 1)
        let other = AddItem(policyItem: legalAid, person: story.husband)
        let after = try story.hub.send(other, to: id, at: Fixture.morning("2023-08-17"))
        #expect(try version(of: after) == 2)
    }

    // MARK: Publishing together

    private func publish(_ publications: [RuleBookCommand]) throws(CommandRefusal) -> [RecordedEvent] {
        var hub = TestHub()
        return try hub.send(
            PublishRules(publications: publications), as: sender, at: Fixture.morning("2023-08-15"))
    }

    @Test func `rules are published together, or not at all with the place of the one that is refused`() throws {
        let department = try #require(Fixture.rules.department(Fixture.jiaoyu))
        var item = try #require(Fixture.rules.policyItem(Fixture.item("education.grant")))
        let events = try publish([.registerDepartment(department), .publishPolicyItem(item)])
        #expect(events.map(\.type) == ["DepartmentRegistered", "PolicyItemPublished"])
        item.department = Fixture.sifa
        let refusal = #expect(throws: CommandRefusal.self) {
            try publish([.registerDepartment(department), .publishPolicyItem(item)])
        }
        #expect(refusal?.code == "rules.unknownDepartment" && refusal?.field == "publications[1]")
    }

    @Test func `keys and the hub's own beginning are not published with rules`() {
        let refusal = #expect(throws: CommandRefusal.self) {
            try publish([.createHub(HubCreated(hubCode: "DY", demo: true))])
        }
        #expect(refusal?.code == "rules.notPublished" && refusal?.field == "publications[0]")
    }

    @Test func `more rules than one append takes are refused`() throws {
        let department = try #require(Fixture.rules.department(Fixture.jiaoyu))
        let versions = (1...257).map { version in
            var next = department
            next.version = version
            return RuleBookCommand.registerDepartment(next)
        }
        let refusal = #expect(throws: CommandRefusal.self) { try publish(versions) }
        #expect(refusal?.code == "rules.tooMany")
    }

    @Test func `a publication names exactly one kind of rule`() throws {
        let publication = RuleBookCommand.retirePolicyItem(
            PolicyItemRetirement(code: legalAid, from: Fixture.day("2024-01-01"), reason: "merged"))
        let bytes = try EventJSON.encode(publication)
        #expect(try EventJSON.decode(RuleBookCommand.self, from: bytes) == publication)
        for text in ["{}", #"{"town":{},"holder":{}}"#, #"{"colour":{}}"#] {
            #expect(throws: (any Error).self) {
                try EventJSON.decode(RuleBookCommand.self, from: Data(text.utf8))
            }
        }
    }
}
