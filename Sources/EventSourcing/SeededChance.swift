package import FoundationEssentials

/// Chance that can be had again from its seed: for benchmarks and synthetic counties, never for secrets.
///
/// The algorithm is SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
package struct SeededChance: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// The one sequence of a seed.
    package init(seed: UInt64) {
        state = seed
    }

    /// Another sequence of the same seed.
    package init(seed: UInt64, stream: UInt64) {
        var mixer = SeededChance(seed: seed ^ stream &* 0x9e37_79b9_7f4a_7c15)
        state = mixer.next()
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, without, `bound`; 0 when that is not positive.
    package mutating func below(_ bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(max(1, bound))).high)
    }

    /// So many bytes.
    package mutating func bytes(_ count: Int) -> Data {
        var bytes = Data(capacity: count)
        while bytes.count < count {
            withUnsafeBytes(of: next()) { bytes.append(contentsOf: $0.prefix(count - bytes.count)) }
        }
        return bytes
    }
}
