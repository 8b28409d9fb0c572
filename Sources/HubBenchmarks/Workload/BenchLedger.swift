import EventSourcing
import FoundationEssentials

/// What producers were told is in the log; checks hold the log against it.
struct BenchLedger: Codable, Hashable, Sendable {
    static let fileName = "bench-ledger.json"

    var shape: BenchShape
    /// Events acknowledged so far, those of the making of the log included.
    var acknowledged: UInt64
    /// Events by tag.
    var tally: [String: Int]

    init(shape: BenchShape) {
        self.shape = shape
        acknowledged = 0
        tally = [:]
    }

    /// Takes in what a run was acknowledged.
    mutating func take(_ totals: ProducerTotals) {
        acknowledged += UInt64(totals.events)
        tally.merge(totals.tally, uniquingKeysWith: +)
    }

    /// Takes in events found in the log that nobody had an answer for, such as those of a killed process.
    mutating func take(_ events: [RecordedEvent]) {
        acknowledged += UInt64(events.count)
        for event in events {
            for tag in event.tags { tally[tag.description, default: 0] += 1 }
        }
    }

    /// The tags of one kind that have about so many events: all within a tenth, or else the 200 nearest; sorted.
    func tags(_ kind: EventTag.Kind, nearEvents wanted: Int) -> [EventTag] {
        let ofKind = tally.filter { $0.key.hasPrefix("\(kind.rawValue):") }
            .sorted { (abs($0.value - wanted), $0.key) < (abs($1.value - wanted), $1.key) }
        let near = ofKind.prefix { abs($0.value - wanted) * 10 <= wanted }
        return (near.isEmpty ? ofKind.prefix(200) : near).map(\.key).sorted().compactMap { EventTag($0) }
    }

    /// How events spread over the tags of each kind.
    var distribution: [BenchReport.TagSpread] {
        [EventTag.Kind.caseFile, .person, .dept, .town].map { kind in
            let counts = tally.filter { $0.key.hasPrefix("\(kind.rawValue):") }.values.sorted()
            func at(_ share: Double) -> Int { counts.isEmpty ? 0 : counts[Int(Double(counts.count - 1) * share)] }
            return BenchReport.TagSpread(
                kind: kind.rawValue, tags: counts.count, least: counts.first ?? 0, median: at(0.5), p99: at(0.99),
                most: counts.last ?? 0)
        }
    }
}
