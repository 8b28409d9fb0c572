import EventSourcing
import HubTesting
import RuleBook
import Testing

@Suite struct SlicePermitTests {
    private let wife: PersonReference
    private let husband: PersonReference

    init() {
        var generator = SeededGenerator(seed: 1)
        wife = generator.id()
        husband = generator.id()
    }

    private func request(_ department: String, _ task: DispatchTask) -> SliceRequest {
        SliceRequest(
            department: Fixtures.code(department), task: task.code,
            people: [.applicant: [wife], .spouse: [husband], .sought: [husband]])
    }

    @Test func `a slice is the task's template filled with the people of the case`() throws {
        #expect(
            try Fixtures.book.permittedGroups(for: request("gongan", Fixtures.trace)) == [
                DisclosedGroup(.reference), DisclosedGroup(.identity, of: husband),
                DisclosedGroup(.household, of: wife),
            ])
    }

    @Test func `a court gets nothing, whatever the task`() {
        #expect(throws: DisclosureRefusal.judicialBodyGetsNothing(Fixtures.code("fayuan"))) {
            try Fixtures.book.permit(for: request("fayuan", Fixtures.trace))
        }
    }

    @Test func `a department without a part in the task gets nothing`() {
        #expect(throws: DisclosureRefusal.notInTask(Fixtures.code("jiaoyu"))) {
            try Fixtures.book.permit(for: request("jiaoyu", Fixtures.trace))
        }
    }

    @Test func `a body or a task the rules do not know gives no slice`() {
        #expect(throws: DisclosureRefusal.unknownDepartment(Fixtures.code("nobody"))) {
            try Fixtures.book.permit(for: request("nobody", Fixtures.trace))
        }
        var unpublished = Fixtures.trace
        unpublished.version = 9
        #expect(throws: DisclosureRefusal.unknownTask(Fixtures.trace.code)) {
            var request = request("gongan", unpublished)
            request.taskVersion = 9
            return try Fixtures.book.permit(for: request)
        }
    }

    @Test func `a voluntary body gets a contact only by consent`() throws {
        var request = request("jijinhui", Fixtures.companion)
        var permit = try Fixtures.book.permit(for: request)
        #expect(permit.groups == [DisclosedGroup(.reference), DisclosedGroup(.alias, of: wife)])
        #expect(permit.withheld == [DisclosedGroup(.contact, of: wife): .noConsent])
        request.contactConsents = [husband]
        #expect(try Fixtures.book.permit(for: request) == permit, "nobody consents for another")
        request.contactConsents = [wife]
        permit = try Fixtures.book.permit(for: request)
        #expect(permit.groups.contains(DisclosedGroup(.contact, of: wife)))
    }

    @Test func `where the place is protected, nobody with tracing data gets the other adult's contact`() throws {
        var request = request("fulian", Fixtures.trace)
        let contact = DisclosedGroup(.contact, of: wife)
        #expect(try Fixtures.book.permittedGroups(for: request).contains(contact))
        request.isLocationProtected = true
        let permit = try Fixtures.book.permit(for: request)
        #expect(!permit.groups.contains(contact))
        #expect(permit.withheld == [contact: .locationProtected])
        #expect(permit.groups.contains(DisclosedGroup(.traceOutcome, of: husband)))
    }

    @Test func `nor in several entries: who holds the contact gets no tracing data`() throws {
        var request = request("fulian", Fixtures.trace)
        request.isLocationProtected = true
        request.alreadyHeld = [DisclosedGroup(.contact, of: wife)]
        let permit = try Fixtures.book.permit(for: request)
        #expect(permit.withheld[DisclosedGroup(.traceOutcome, of: husband)] == .locationProtected)
        #expect(!permit.groups.contains(DisclosedGroup(.traceOutcome, of: husband)))
    }

    @Test func `who holds tracing data from an earlier entry gets no contact later`() throws {
        let mediate = DispatchTask(
            code: Fixtures.name("mediate"), name: Label("调解", "mediate"),
            participants: [.init(Fixtures.code("fulian"), .lead, slice: [.init(.applicant, [.identity, .contact])])],
            basis: "b", purpose: "p")
        var book = Fixtures.book
        book.evolve(with: .dispatchCatalogRevised(mediate))
        var request = request("fulian", mediate)
        request.isLocationProtected = true
        #expect(try book.permittedGroups(for: request).contains(DisclosedGroup(.contact, of: wife)))
        request.alreadyHeld = [DisclosedGroup(.contact, of: husband)]
        #expect(try book.permit(for: request).withheld == [DisclosedGroup(.contact, of: wife): .locationProtected])
    }

    @Test func `a chosen disclosure may be less than the permit, never more`() throws {
        let request = request("gongan", Fixtures.trace)
        try Fixtures.book.check([DisclosedGroup(.identity, of: husband)], for: request)
        let excess = DisclosedGroup(.identity, of: wife)
        #expect(throws: DisclosureRefusal.beyondPermit(excess)) {
            try Fixtures.book.check([excess, DisclosedGroup(.reference)], for: request)
        }
    }

    @Test func `what a kind never gets stays back even from an older task`() throws {
        // As if the rule came after the task: a log holds what was published, and the rule still wins.
        let old = DispatchTask(
            code: Fixtures.name("old"), name: Label("旧", "old"),
            participants: [.init(Fixtures.code("gongan"), .lead, slice: [.init(.applicant, [.contact, .identity])])],
            basis: "b", purpose: "p")
        var book = Fixtures.book
        book.evolve(with: .dispatchCatalogRevised(old))
        let permit = try book.permit(for: request("gongan", old))
        #expect(permit.withheld == [DisclosedGroup(.contact, of: wife): .neverGiven])
    }

    @Test func `no kind of body gets signed commands or notes of others`() {
        for kind in DepartmentKind.allCases {
            #expect(kind.forbiddenGroups.isSuperset(of: [.signedCommand, .narrative]))
        }
    }

    @Test func `seeded: protected places never meet tracing data in one body's hands`() throws {
        var generator = SeededGenerator.printed()
        let personal: [FieldGroup] = [.identity, .contact, .household, .traceOutcome, .familyConflict]
        for _ in 0..<500 {
            func some() -> Set<FieldGroup> { Set(personal.filter { _ in Bool.random(using: &generator) }) }
            let task = DispatchTask(
                code: Fixtures.name("random"), name: Label("随机", "random"),
                participants: [
                    .init(
                        Fixtures.code("fulian"), .lead,
                        slice: [.init(.applicant, some()), .init(.sought, some()), .init(.spouse, some())])
                ], basis: "b", purpose: "p")
            var book = Fixtures.book
            book.evolve(with: .dispatchCatalogRevised(task))
            var request = request("fulian", task)
            request.isLocationProtected = true
            let contact = DisclosedGroup(.contact, of: wife)
            let tracing: Set = [DisclosedGroup(.contact, of: husband), DisclosedGroup(.traceOutcome, of: husband)]
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: request.alreadyHeld = [contact]
            case 1: request.alreadyHeld = [DisclosedGroup(.traceOutcome, of: husband)]
            default: break
            }
            let held = try book.permittedGroups(for: request).union(request.alreadyHeld)
            #expect(!held.contains(contact) || held.isDisjoint(with: tracing))
        }
    }
}
