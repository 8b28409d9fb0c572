import Casework
import EventSourcing
import Registry
import RuleBook
import Testing

/// Who may allow what, and what a voluntary body gets by it (`RULINGS.md` §2 and §3).
@Suite struct ConsentTests {
    private static let friday = Fixture.morning("2023-08-18")

    /// The Danyang case with R1 to R5 dispatched; somebody consented before, or nobody.
    private static func dispatched(_ consents: [GrantAuthorization] = []) throws -> DanyangStory {
        var story = try DanyangStory.met()
        for consent in consents { try allow(consent, in: &story, at: friday) }
        try story.dispatch()
        return story
    }

    @discardableResult
    private static func allow(_ consent: GrantAuthorization, in story: inout DanyangStory, at time: Instant) throws
        -> [RecordedEvent]
    {
        try story.hub.send(consent, to: story.theCase, as: .station, at: time)
    }

    private static func accept(_ story: inout DanyangStory, _ day: String = "2023-08-21") throws -> [RecordedEvent] {
        try story.act(
            AcceptReferral(handlingPost: Fixture.post("jijinhui/care")), on: 5, by: Fixture.jijinhui, day)
    }

    /// Whether the foundation is shown the woman's contact with one of these events.
    private static func tellsContact(_ events: [RecordedEvent], of story: DanyangStory) throws -> Bool {
        try events.contains { event in
            try event.disclosure.groups[Fixture.jijinhui]?.contains(DisclosedGroup(.contact, of: story.woman)) == true
        }
    }

    // MARK: A voluntary body

    @Test func `a contact needs the consent of that person, and nobody else's does`() throws {
        var story = try Self.dispatched()
        try Self.allow(
            GrantAuthorization(person: story.husband, scope: [.disclosureToVoluntary]), in: &story, at: Self.friday)
        #expect(try !Self.tellsContact(try Self.accept(&story), of: story))
    }

    @Test func `a consent taken back or run out before the body accepted gives it no contact`() throws {
        var withdrawn = try Self.dispatched([GrantAuthorization(scope: [.disclosureToVoluntary])])
        try withdrawn.hub.send(
            WithdrawAuthorization(scope: [.disclosureToVoluntary]), to: withdrawn.theCase, as: .station,
            at: Fixture.morning("2023-08-21"))
        #expect(try !Self.tellsContact(try Self.accept(&withdrawn), of: withdrawn))
        let short = GrantAuthorization(scope: [.disclosureToVoluntary], validUntil: Fixture.day("2023-08-20"))
        var over = try Self.dispatched([short])
        #expect(try !Self.tellsContact(try Self.accept(&over), of: over))
        var kept = try Self.dispatched([short])
        #expect(try Self.tellsContact(try Self.accept(&kept, "2023-08-20"), of: kept), "its last day holds")
    }

    @Test func `a consent that comes later gives the contact from acceptance on`() throws {
        var offered = try Self.dispatched()
        let monday = Fixture.morning("2023-08-21")
        let consent = GrantAuthorization(scope: [.disclosureToVoluntary])
        let given = try Self.allow(consent, in: &offered, at: monday)
        #expect(given.map(\.type) == ["AuthorizationGranted", "DisclosureGranted"])
        #expect(try !Self.tellsContact(given, of: offered), "an offer that nobody accepted tells nothing")
        #expect(try Self.tellsContact(try Self.accept(&offered), of: offered))

        var accepted = try Self.dispatched()
        _ = try Self.accept(&accepted)
        let after = try Self.allow(consent, in: &accepted, at: monday)
        #expect(after.map(\.type) == ["AuthorizationGranted", "DisclosureGranted", "SliceReleased"])
        #expect(try Self.tellsContact(after, of: accepted))
        let more = try Self.allow(GrantAuthorization(scope: [.economicCheck]), in: &accepted, at: monday)
        #expect(more.map(\.type) == ["AuthorizationGranted"], "another consent tells it nothing")
    }

    @Test func `what is recorded after a consent was taken back stays here, and follows when it is given again`() throws
    {
        var story = try Self.dispatched([GrantAuthorization(scope: [.disclosureToVoluntary])])
        _ = try Self.accept(&story)
        let tuesday = Fixture.morning("2023-08-22")
        try story.hub.send(
            WithdrawAuthorization(scope: [.disclosureToVoluntary]), to: story.theCase, as: .station, at: tuesday)
        story.hub.checksRepeats = false
        let moved = try story.hub.send(
            RecordPersonDetails(), to: .person(story.woman), as: .station, at: tuesday,
            sealed: [(.contact, story.woman)])
        story.hub.checksRepeats = true
        #expect(try !Self.tellsContact(moved, of: story))
        let again = try Self.allow(
            GrantAuthorization(scope: [.disclosureToVoluntary]), in: &story, at: Fixture.morning("2023-08-23"))
        #expect(try Self.tellsContact(again, of: story))
    }

    // MARK: Who may allow

    @Test func `for a minor a guardian allows it who can act and is in no conflict`() throws {
        var story = try DoorStory.submitted()
        let child = story.child
        let consent = GrantAuthorization(person: child, scope: [.economicCheck])
        #expect(story.refusal(of: consent) == IntakeRefusal.guardianMustAllow.told, "nobody is stated")
        func state(_ guardians: [Guardian]) throws {
            story.hub.checksRepeats = false
            try story.hub.send(
                StateGuardians(guardians: guardians), to: .person(child), as: .station,
                at: Fixture.morning(DoorStory.day))
            story.hub.checksRepeats = true
        }
        try state([
            Guardian(story.man, .parent, conflicted: true), Guardian(story.wife, .parent, unavailable: .illness),
        ])
        let byMother = GrantAuthorization(person: child, scope: [.economicCheck], by: story.wife)
        #expect(story.refusal(of: consent) == IntakeRefusal.guardianMustAllow.told, "the applicant is in conflict")
        #expect(story.refusal(of: byMother) == IntakeRefusal.guardianMustAllow.told, "the mother cannot act")
        try state([Guardian(story.man, .parent)])
        #expect(story.refusal(of: byMother) == IntakeRefusal.guardianMustAllow.told, "she is none")
        try story.send(consent)
        #expect(story.file.authorizations.map(\.by) == [story.man], "who signed is kept")
        #expect(story.file.isAuthorized(.economicCheck, by: child, on: Fixture.day(DoorStory.day)))
    }

    @Test func `somebody of age allows it themselves or through their agent, who cannot make themselves one`() throws {
        var story = try DoorStory.submitted { body in
            body.agent = Fixture.id(22)
            body.manner = .agent
            body.mandate = .written
        }
        let byAgent = GrantAuthorization(scope: [.economicCheck], by: story.wife)
        let stranger = GrantAuthorization(person: story.wife, scope: [.economicCheck], by: story.man)
        #expect(story.refusal(of: stranger) == IntakeRefusal.notTheirsToAllow.told)
        #expect(
            story.refusal(of: GrantAuthorization(scope: [.representation], by: story.wife))
                == IntakeRefusal.notTheirsToAllow.told)
        try story.send(byAgent)
        try story.send(GrantAuthorization(scope: [.representation]))
        #expect(story.file.authorizations.map(\.by) == [story.wife, nil])
    }

    @Test func `a consent without a last day ends with the exit, and one with a day holds on`() throws {
        var story = try DoorStory.submitted()
        try story.send(GrantAuthorization(scope: [.economicCheck]))
        try story.send(GrantAuthorization(scope: [.disclosureToHub], validUntil: Fixture.day("2023-12-31")))
        try story.exit()
        try story.send(ReopenCase(reason: .newFact), as: .supervisor, "2023-08-25")
        let day = Fixture.day("2023-08-25")
        #expect(!story.file.isAuthorized(.economicCheck, by: story.man, on: day))
        #expect(story.file.isAuthorized(.disclosureToHub, by: story.man, on: day))
    }
}
