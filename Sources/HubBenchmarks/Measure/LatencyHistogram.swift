/// Durations in fixed buckets, each at most 1/64 wider than its lower end, so that percentiles are true to 1.6 %.
///
/// The idea is that of HdrHistogram; every value from a nanosecond to centuries has its bucket, and merging is adding.
struct LatencyHistogram: Hashable, Sendable {
    private static let bits = 6
    private var counts = [UInt64](repeating: 0, count: (65 - bits) << bits)
    private(set) var count: UInt64 = 0
    /// The longest, exactly; nanoseconds.
    private(set) var longest: UInt64 = 0
    private var sum: Double = 0

    mutating func record(_ nanoseconds: UInt64) {
        counts[Self.bucket(of: nanoseconds)] += 1
        count += 1
        sum += Double(nanoseconds)
        longest = max(longest, nanoseconds)
    }

    mutating func record(_ duration: Duration) {
        record(duration.wholeNanoseconds)
    }

    mutating func merge(_ other: Self) {
        for index in counts.indices { counts[index] += other.counts[index] }
        count += other.count
        sum += other.sum
        longest = max(longest, other.longest)
    }

    /// The duration that this share of all stayed within: the upper end of its bucket; nanoseconds, 0 when empty.
    func percentile(_ share: Double) -> UInt64 {
        guard count > 0 else { return 0 }
        let rank = max(1, UInt64((Double(count) * min(max(share, 0), 1)).rounded(.up)))
        var seen: UInt64 = 0
        for (index, number) in counts.enumerated() where number > 0 {
            seen += number
            if seen >= rank { return min(Self.upperEnd(of: index), longest) }
        }
        return longest
    }

    var mean: Double { count == 0 ? 0 : sum / Double(count) }

    /// What is reported, in milliseconds.
    var summary: BenchReport.Latency {
        func milliseconds(_ share: Double) -> Double { Double(percentile(share)) / 1_000_000 }
        return BenchReport.Latency(
            requests: count, mean: mean / 1_000_000, p50: milliseconds(0.5), p99: milliseconds(0.99),
            p999: milliseconds(0.999), max: Double(longest) / 1_000_000)
    }

    /// Values below 64 have a bucket each; above, the first bit and the six after it name the bucket.
    private static func bucket(of value: UInt64) -> Int {
        let top = UInt64.bitWidth - 1 - value.leadingZeroBitCount
        guard top >= bits else { return Int(value) }
        let shift = top - bits
        return (shift + 1) << bits + Int(value >> UInt64(shift)) - (1 << bits)
    }

    private static func upperEnd(of bucket: Int) -> UInt64 {
        guard bucket >= 1 << bits else { return UInt64(bucket) }
        let shift = UInt64(bucket >> bits - 1)
        let lower = UInt64(bucket & (1 << bits - 1) + 1 << bits) << shift
        return lower + (1 << shift - 1)
    }
}

extension Duration {
    /// Whole nanoseconds, at least 0.
    var wholeNanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        return seconds < 0 ? 0 : UInt64(seconds) * 1_000_000_000 + UInt64(max(0, attoseconds)) / 1_000_000_000
    }

    var inSeconds: Double { Double(wholeNanoseconds) / 1_000_000_000 }
}
