import Casework
import EventSourcing
import Foundation
import HubTesting
import RuleBook
import Testing

@testable import CaseDesk

/// Numbers, interference and a log that fails.
@Suite struct NumberTests {
    @Test func `openings at the same time get numbers of their own`() async throws {
        let bench = try await DeskBench()
        var people: [PersonReference] = []
        for index in 0..<40 { people.append(try await bench.registerPerson("张\(index)")) }
        let numbers = try await withThrowingTaskGroup(of: EntityNumber?.self) { group in
            for person in people {
                group.addTask {
                    try await bench.perform(bench.application(of: person), by: bench.principal(.station)).only("case")
                        .number
                }
            }
            var numbers: [String] = []
            for try await number in group { numbers.append(number?.description ?? "none") }
            return numbers.sorted()
        }
        #expect(numbers == (1...40).map { "DY23-000\($0 < 10 ? "0" : "")\($0)" })
    }

    @Test func `a refused opening leaves its number to the next`() async throws {
        let bench = try await DeskBench()
        let stranger = bench.application(of: PersonReference(bench.newID()))
        #expect(await bench.refusal(of: try bench.request(stranger, by: bench.principal(.station))) != nil)
        let person = try await bench.registerPerson()
        let receipt = try await bench.perform(bench.application(of: person), by: bench.principal(.station))
        #expect(try receipt.only("case").number?.description == "DY23-00001")
    }

    @Test func `a desk opened again goes on counting`() async throws {
        let bench = try await DeskBench()
        _ = try await bench.openCase(of: try await bench.registerPerson("张"))
        let person = try await bench.registerPerson("李")
        let receipt = try await bench.reopened().perform(
            bench.request(bench.application(of: person), by: bench.principal(.station)))
        #expect(try receipt.only("case").number?.description == "DY23-00002")
    }

    @Test(arguments: [0, 1, 4, 5])
    func `interference is answered by deciding again, at most five times`(times: Int) async throws {
        let bench = try await DeskBench()
        let (caseFile, item) = try await bench.openCase(of: try await bench.registerPerson())
        var samples = EventSamples(generator: SeededGenerator(seed: 7), logID: bench.log.identity.logID)
        var meddling: [Append] = []
        for _ in 0..<times {
            meddling.append(
                samples.append([
                    try samples.event("ApplicantTold", data: Self.told(caseFile), tags: [.caseFile(caseFile)])
                ]))
        }
        bench.log.meddle(with: meddling)
        let asked = bench.log.appends
        let request = try bench.request(
            CompleteTriage(items: [ItemPath(item: item, path: .refer)]), on: .caseFile(caseFile),
            by: bench.principal(.dispatcher))
        let error = await bench.refusal(of: request)
        #expect(bench.log.appends - asked == min(times + 1, 5))
        if times < 5 {
            #expect(error == nil)
        } else {
            #expect(error?.kind == .conflict && error?.code == "log.conflict")
            #expect(try await !bench.desk.perform(request).repeated)
        }
    }

    private static func told(_ caseFile: CaseID) -> String {
        #"{"attachments":[],"caseFile":"\#(caseFile)","means":"inPerson","recipient":"\#(caseFile)"}"#
    }

    @Test(arguments: [
        (EventLogError.Code.full, DeskError.Kind.full), (.busy, .busy), (.closed, .unavailable),
        (.outcomeUnknown, .unavailable), (.invalidAppend, .invalidValue),
    ])
    func `a log that does not take it leaves nothing half done`(
        code: EventLogError.Code, kind: DeskError.Kind
    ) async throws {
        let bench = try await DeskBench()
        let person = try await bench.registerPerson()
        let before = try await bench.position
        let request = try bench.request(bench.application(of: person), by: bench.principal(.station))
        bench.log.failAppends([code])
        #expect(await bench.refusal(of: request)?.kind == kind)
        #expect(try await bench.position == before)
        let receipt = try await bench.desk.perform(request)
        #expect(!receipt.repeated)
        #expect(try receipt.only("case").number?.description == "DY23-00001")
    }

    @Test func `metadata says who, for whom, in what case, and what is sealed`() async throws {
        let bench = try await DeskBench()
        let person = try await bench.registerPerson()
        let (caseFile, item) = try await bench.openCase(of: person)
        let dispatcher = bench.principal(.dispatcher)
        var request = try bench.request(
            "CompleteTriage",
            .object([
                "items": .array([.object(["item": .string(item.description), "path": .string("refer")])])
            ]), on: Subject.caseFile(caseFile).text,
            sealed: [SealedValue(group: .narrative, person: person, value: .string("要紧"))], by: dispatcher,
            actingPost: DeskBench.post("minzheng/desk"), externalReference: "民〔2023〕7")
        let receipt = try await bench.desk.perform(request)
        let event = try #require(try await bench.events(of: receipt).first)
        let metadata = try event.metadata()
        #expect(metadata.actor.account == dispatcher.account && metadata.actor.role == "dispatcher")
        #expect(metadata.actor.post == DeskBench.post("minzheng/desk"))
        #expect(metadata.command == request.id && metadata.channel == "http")
        #expect(metadata.correlation == caseFile.unique)
        #expect(metadata.externalReference == "民〔2023〕7")
        #expect(metadata.sealed == [.init(s: 1, g: .narrative, p: person)])
        #expect(metadata.signature == nil)
        let section = try #require(event.sealed.first)
        #expect(try bench.keys.open(section, in: event.context(of: section)) == Data(#""要紧""#.utf8))
        // Outside a case the thing itself stands there.
        request = try bench.registration("李四")
        let registered = try await bench.desk.perform(request)
        let registration = try #require(try await bench.events(of: registered).first)
        #expect(try registration.metadata().correlation == registered.person().unique)
    }

    @Test func `a desk reads a case of 500 events at once`() async throws {
        let bench = try await DeskBench()
        let (caseFile, item) = try await bench.openCase(of: try await bench.registerPerson())
        var samples = EventSamples(generator: SeededGenerator(seed: 7), logID: bench.log.identity.logID)
        for _ in 0..<2 {
            var events: [NewEvent] = []
            for _ in 0..<250 {
                events.append(
                    try samples.event("ApplicantTold", data: Self.told(caseFile), tags: [.caseFile(caseFile)]))
            }
            try await bench.log.inner.append(samples.append(events))
        }
        let began = ContinuousClock.now
        try await bench.perform(
            CompleteTriage(items: [ItemPath(item: item, path: .refer)]), on: .caseFile(caseFile),
            by: bench.principal(.dispatcher))
        #expect(ContinuousClock.now - began < .seconds(2))
    }

    @Test func `every kind of thing a command brings into being is an event type with that tag`() {
        for (type, kind) in CreatedEntities.kinds {
            #expect(HubEvent.Kind(rawValue: type) != nil, "\(type)")
            #expect(EventTag.Kind.allCases.contains(kind))
        }
    }
}
