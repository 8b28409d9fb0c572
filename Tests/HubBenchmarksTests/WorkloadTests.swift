import Casework
import EventSourcing
import Foundation
import HubTesting
import Testing

@testable import HubBenchmarks

@Suite struct WorkloadTests {
    @Test(arguments: PayloadTemplate.mix.map(\.type))
    func `a payload is what the product would write`(type: String) throws {
        let template = try #require(PayloadTemplate.mix.first { $0.type == type })
        let data = template.filled { place in
            switch place {
            case .caseFile, .referral, .item, .person: "0199c000-0000-7000-8000-00000000002a"
            case .department: "bumen07"
            }
        }
        let kind = try #require(HubEvent.Kind(rawValue: type))
        let recorded = try Self.recorded(type: type, data: data)
        let event = try #require(try HubEvent(recorded))
        #expect(event.stored.kind == kind)
        #expect(
            String(decoding: try EventJSON.encode(event.stored.payload), as: UTF8.self)
                == String(decoding: data, as: UTF8.self))
    }

    @Test func `the mix has ten types, some with Chinese text`() {
        #expect(Set(PayloadTemplate.mix.map(\.type)).count == 10)
        let texts = PayloadTemplate.mix.map { String(decoding: $0.filled { _ in "x" }, as: UTF8.self) }
        #expect(texts.filter { $0.contains("救助") }.count >= 3)
    }

    @Test func `events are spread as the speed table says`() throws {
        let seed = SeededGenerator.printed().seed
        let workload = BenchWorkload(BenchShape(seed: seed))
        let sample = RowSample(workload, events: 20_000)
        #expect((500.0...700).contains(sample.meanRowBytes), "mean row \(sample.meanRowBytes)")
        #expect((1.47...1.53).contains(sample.meanFeedEntries), "mean feed entries \(sample.meanFeedEntries)")
        #expect(sample.events.allSatisfy { $0.tags.count == 4 && $0.sealed.isEmpty })
        let tags = sample.events.flatMap(\.tags)
        #expect(Set(tags.filter { $0.kind == .dept }).count == 51)
        #expect(Set(tags.filter { $0.kind == .town }).count == 12)
        // Of 20 000 persons, 20 000 uniform draws meet 1 - 1/e.
        let persons = Set(tags.filter { $0.kind == .person }).count
        #expect((12_300...12_990).contains(persons), "\(persons) persons")
        let violations = sample.events.compactMap { event in
            AppendLimits.violation(
                in: Append(
                    commandID: event.eventID, actor: AccountID(event.eventID), fingerprint: Data(count: 32),
                    events: [event], condition: nil))
        }
        #expect(violations.isEmpty)
    }

    @Test func `2 000 cases are active at a time, and each gets about 100 events`() {
        let shape = BenchShape(seed: SeededGenerator.printed().seed)
        let workload = BenchWorkload(shape)
        var chance = SeededChance(seed: shape.seed)
        var events: [Int: Int] = [:]
        var newest: Set<Int> = []
        for index in 0..<600_000 {
            let subject = workload.subject(index: index, lane: index % 64, lanes: 64, &chance)
            events[subject.caseNumber, default: 0] += 1
            if index >= 590_000 { newest.insert(subject.caseNumber) }
        }
        // In 10 000 events nearly every active case turns up, and 100 of 2 000 are followed by a new one.
        #expect((1900...2150).contains(newest.count), "\(newest.count) active")
        let whole = events.filter { $0.key >= 2000 && $0.key < 4000 }.values
        let mean = Double(whole.reduce(0, +)) / Double(max(1, whole.count))
        #expect((98.0...102).contains(mean), "mean \(mean)")
    }

    @Test func `producers have cases of their own`() {
        let shape = BenchShape(seed: SeededGenerator.printed().seed)
        let workload = BenchWorkload(shape)
        var chance = SeededChance(seed: shape.seed)
        var owner: [Int: Int] = [:]
        for index in 0..<20_000 {
            let lane = index % 64
            let subject = workload.subject(index: index, lane: lane, lanes: 64, &chance)
            #expect(owner[subject.caseNumber, default: lane] == lane)
            owner[subject.caseNumber] = lane
        }
        #expect(Set(owner.values).count == 64)
    }

    private static func recorded(type: String, data: Data) throws -> RecordedEvent {
        let unique = BenchWorkload.identifier(family: 0, 1)
        return RecordedEvent(
            position: Position(1), eventID: unique, appendFirst: Position(1), type: type, schemaVersion: 1,
            occurredAt: PushedClock.danyangMorning, recordedAt: PushedClock.danyangMorning, meta: Data("{}".utf8),
            data: data, tags: [], disclosureBytes: Disclosure.none.bytes, salt: Data(count: 16), removed: nil,
            leaf: Data(count: 32),
            sealed: [])
    }
}
