import EventSourcing
import HubTesting
import Registry
import Testing

@Suite struct PersonTests {
    private let person: PersonReference
    private let stranger: PersonReference
    private let registered: RegistryEvent

    init() {
        var generator = SeededGenerator(seed: 2)
        person = generator.id()
        stranger = generator.id()
        registered = .personRegistered(PersonRegistered(person: person, minor: false))
    }

    private func part(_ group: FieldGroup, _ index: Int = 0) -> SealedText {
        SealedText(group, of: person, SealedHandle(index))
    }

    @Test func `a person is registered with a sealed identity, told to nobody`() {
        let sealed = [part(.identity), part(.contact, 1)]
        expect(
            Person.self, when: .register(person, minor: false, sealed: sealed),
            decides: [Decided(registered, tags: [.person(person)], sealed: sealed)])
    }

    @Test func `no identity, no person`() {
        expect(
            Person.self, when: .register(person, minor: false, sealed: [part(.contact)]), refuses: .identityMissing)
    }

    @Test func `a second station makes no second person and adds what it learnt`() {
        expect(
            Person.self, given: [registered], when: .register(person, minor: false, sealed: [part(.identity)]), then: []
        )
        expect(
            Person.self, given: [registered],
            when: .register(person, minor: false, sealed: [part(.identity), part(.contact, 1)]),
            decides: [
                Decided(
                    .personDetailsRecorded(PersonDetailsRecorded(person: person, groups: [.contact])),
                    tags: [.person(person)], sealed: [part(.contact, 1)])
            ])
    }

    @Test func `details are of a registered person, one part a group, of nobody else`() {
        let history = [registered]
        expect(Person.self, when: .recordDetails(person, sealed: [part(.health)]), refuses: .notRegistered)
        expect(Person.self, given: history, when: .recordDetails(person, sealed: []), refuses: .nothingToRecord)
        expect(
            Person.self, given: history, when: .recordDetails(person, sealed: [part(.health), part(.health, 1)]),
            refuses: .groupTwice(.health))
        expect(
            Person.self, given: history, when: .recordDetails(stranger, sealed: [part(.health)]),
            refuses: .anotherPersonsPart)
        expect(
            Person.self, given: history, when: .recordDetails(person, sealed: [part(.signedCommand)]),
            refuses: .groupNotAboutAPerson(.signedCommand))
        expect(
            Person.self, given: history, when: .recordDetails(person, sealed: [part(.schooling), part(.health, 1)]),
            then: [.personDetailsRecorded(PersonDetailsRecorded(person: person, groups: [.health, .schooling]))])
    }
}

@Suite struct HouseholdTests {
    private let wife: PersonReference
    private let husband: PersonReference
    private let household: HouseholdID
    private let everybody: [RegistryEvent]

    init() {
        var generator = SeededGenerator(seed: 3)
        wife = generator.id()
        husband = generator.id()
        household = generator.id()
        everybody = [wife, husband].map { .personRegistered(PersonRegistered(person: $0, minor: false)) }
    }

    private func composed(_ members: [HouseholdMember]) -> HouseholdComposed {
        HouseholdComposed(household: household, members: members)
    }

    private var family: HouseholdComposed {
        composed([
            HouseholdMember(wife, .head), HouseholdMember(husband, .spouse, from: HistoryDate("2010")),
        ])
    }

    @Test func `a household is tagged with itself and every member`() {
        expect(
            Household.self, given: everybody, when: .compose(family),
            decides: [
                Decided(
                    .householdComposed(family), tags: [.household(household), .person(wife), .person(husband)])
            ])
    }

    @Test func `the same composition again is already so`() {
        expect(Household.self, given: everybody + [.householdComposed(family)], when: .compose(family), then: [])
    }

    @Test func `members are registered, named once, and one is the head`() {
        expect(Household.self, given: everybody, when: .compose(composed([])), refuses: .noMembers)
        expect(
            Household.self, given: [everybody[0]], when: .compose(family), refuses: .personNotRegistered(husband))
        expect(
            Household.self, given: everybody,
            when: .compose(composed([HouseholdMember(wife, .head), HouseholdMember(wife, .spouse)])),
            refuses: .personTwice(wife))
        expect(
            Household.self, given: everybody, when: .compose(composed([HouseholdMember(wife, .spouse)])),
            refuses: .notExactlyOneHead)
    }

    @Test func `nobody leaves before joining`() {
        let odd = HouseholdMember(wife, .head, from: HistoryDate("2015-03"), to: HistoryDate("2014"))
        expect(Household.self, given: everybody, when: .compose(composed([odd])), refuses: .leftBeforeJoining(wife))
    }

    @Test func `a benefit is a member's`() {
        var composition = composed([HouseholdMember(wife, .head)])
        composition.benefits = [HeldBenefit(husband, code: "disability.allowances")]
        expect(Household.self, given: everybody, when: .compose(composition), refuses: .notAMember(husband))
    }

    @Test func `the largest household fits its own boundary`() {
        var generator = SeededGenerator(seed: 4)
        let members = (0...Household.memberLimit).map { _ in HouseholdMember(generator.id(), .other) }
        let history = members.map {
            RegistryEvent.personRegistered(PersonRegistered(person: $0.person, minor: false))
        }
        let tooMany = composed(members)
        #expect(Household.boundary(of: tooMany).items.count == 16)
        expect(
            Household.self, given: history, when: .compose(tooMany),
            refuses: .tooManyMembers(limit: Household.memberLimit))
    }

    @Test func `every event survives the log and every property has a field group`() throws {
        var full = family
        full.town = TownCode("huangtang")
        full.benefits = [HeldBenefit(wife, code: "disability.allowances", from: HistoryDate("2015-03"))]
        full.pairings = [Pairing(sponsor: try #require(DepartmentCode("jijinhui")), from: HistoryDate("2022"))]
        let events: [RegistryEvent] = [
            .householdComposed(full), everybody[0],
            .personDetailsRecorded(PersonDetailsRecorded(person: wife, groups: [.health])),
            .guardiansStated(GuardiansStated(person: wife, guardians: [Guardian(full.members[0].person, .parent)])),
        ]
        #expect(Set(events.map { $0.stored.kind }) == Set(RegistryEvent.Kind.allCases))
        for event in events {
            let (kind, payload) = event.stored
            let bytes = try EventJSON.encode(payload)
            let json = try EventJSON.decode(JSONValue.self, from: bytes)
            guard case .object(let members) = json else {
                Issue.record("a payload is an object")
                return
            }
            #expect(Set(members.keys).isSubset(of: RegistryEvent.fieldGroups(of: kind).keys))
        }
        #expect(try EventJSON.decode(HouseholdComposed.self, from: EventJSON.encode(full)) == full)
    }
}
