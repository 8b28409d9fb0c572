import CaseDesk
import Casework
import EventSourcing
import Foundation
import RuleBook
import Testing

/// One person has one reference, whoever registers them.
@Suite struct RegistrationTests {
    @Test func `the same identity number from two stations is one person`() async throws {
        let bench = try await DeskBench(hasRules: false)
        let first = try bench.registration("张小力", number: "7")
        let person = try await bench.desk.perform(first).person()
        let second = try bench.registration("张小力", number: "7")
        let again = try await bench.desk.perform(second)
        #expect(try again.person() == person)
        #expect(again.events.isEmpty)
        let third = try bench.registration("张小力", number: "7", contact: "138")
        let told = try await bench.desk.perform(third)
        #expect(try told.person() == person)
        #expect(told.events.map(\.type) == ["PersonDetailsRecorded"])
        // Asked again, each answer names the person again.
        for request in [first, second, third] {
            let repeated = try await bench.reopened().perform(request)
            #expect(repeated.repeated)
            #expect(try repeated.person() == person)
        }
        let registered = try await bench.log.readAll(.types(["PersonRegistered"])).events
        #expect(registered.count == 1)
        #expect(registered.first?.sealed.map(\.group) == [.identity])
    }

    @Test func `identity may stand anywhere among the parts`() async throws {
        let bench = try await DeskBench(hasRules: false)
        let receipt = try await bench.desk.perform(
            bench.request(
                RegisterPerson(),
                sealed: [
                    SealedValue(group: .contact, person: nil, value: .string("138")),
                    SealedValue(group: .identity, person: nil, value: DeskBench.identity("张小力", "7")),
                ], by: bench.principal(.station)))
        let event = try #require(try await bench.events(of: receipt).first)
        #expect(try Set(event.sealed.map(\.person)) == [receipt.person()])
    }

    @Test func `a registration without identity, for another person or with a foreign group gives no key`() async throws
    {
        let bench = try await DeskBench(hasRules: false)
        let station = bench.principal(.station)
        let identity = SealedValue(group: .identity, person: nil, value: DeskBench.identity("张小力", "7"))
        let nobody = await bench.refusal(of: try bench.request(RegisterPerson(), by: station))
        #expect(nobody?.code == "person.identityMissing")
        let foreign = await bench.refusal(
            of: try bench.request(
                RegisterPerson(),
                sealed: [identity, SealedValue(group: .traceOutcome, person: nil, value: .string("x"))], by: station))
        #expect(foreign?.field == "sealed[1].group")
        let addressed = await bench.refusal(
            of: try bench.request(
                RegisterPerson(), on: .person(PersonReference(bench.newID())), sealed: [identity], by: station))
        #expect(addressed?.code == "command.subject")
        #expect(bench.keys.admitted == 0)
        let other = SealedValue(
            group: .contact, person: PersonReference(bench.newID()), value: .string("138"))
        let others = await bench.refusal(
            of: try bench.request(RegisterPerson(), sealed: [identity, other], by: station))
        #expect(others?.code == "person.anotherPersonsPart")
        #expect(try await bench.position == .start)
    }
}
