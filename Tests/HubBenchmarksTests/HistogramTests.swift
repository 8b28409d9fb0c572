import HubTesting
import Testing

@testable import HubBenchmarks

@Suite struct HistogramTests {
    @Test func `percentiles are those of the sorted values to 1,6 percent`() {
        var generator = SeededGenerator.printed()
        var histogram = LatencyHistogram()
        var values: [UInt64] = []
        for _ in 0..<20_000 {
            // From nanoseconds to minutes, evenly by magnitude.
            let value = generator.next() >> UInt64.random(in: 20...63, using: &generator)
            values.append(value)
            histogram.record(value)
        }
        values.sort()
        for share in [0.001, 0.25, 0.5, 0.9, 0.99, 0.999, 1] {
            let exact = values[max(0, Int((Double(values.count) * share).rounded(.up)) - 1)]
            let told = histogram.percentile(share)
            #expect(told >= exact && Double(told) <= Double(exact) * 1.016 + 1, "share \(share)")
        }
        #expect(histogram.longest == values.last)
        #expect(histogram.percentile(1) == values.last)
    }

    @Test func `merged histograms are the histogram of all values`() {
        var generator = SeededGenerator.printed()
        var parts = [LatencyHistogram](repeating: LatencyHistogram(), count: 3)
        var whole = LatencyHistogram()
        for index in 0..<3000 {
            let value = UInt64.random(in: 0...1 << 40, using: &generator)
            parts[index % 3].record(value)
            whole.record(value)
        }
        var merged = LatencyHistogram()
        for part in parts { merged.merge(part) }
        #expect(merged.summary.p99 == whole.summary.p99)
        #expect(merged.count == whole.count && merged.longest == whole.longest)
    }

    @Test(arguments: [0, 1, 63, 64, 65, 127, 128, 1 << 20, UInt64.max])
    func `every value has a bucket`(value: UInt64) {
        var histogram = LatencyHistogram()
        histogram.record(value)
        #expect(histogram.percentile(0.5) == value)
    }

    @Test func `an empty histogram says nothing`() {
        let summary = LatencyHistogram().summary
        #expect(summary.requests == 0 && summary.p50 == 0 && summary.max == 0)
    }
}
