package import Foundation

/// Chance that can be had again: every value follows from the seed, which is printed when a test starts with it.
///
/// The algorithm is SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    package let seed: UInt64
    private var state: UInt64

    package init(seed: UInt64) {
        self.seed = seed
        state = seed
    }

    /// A generator for one test run: the seed from the environment variable `ONEDOOR_SEED`, else a new one; printed.
    package static func printed(for name: String = #function) -> Self {
        let given = ProcessInfo.processInfo.environment["ONEDOOR_SEED"].flatMap { UInt64($0) }
        var system = SystemRandomNumberGenerator()
        let generator = Self(seed: given ?? system.next())
        print("\(name): run again with ONEDOOR_SEED=\(generator.seed)")
        return generator
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// Random bytes, for salts and nonces of tests.
    package mutating func bytes(_ count: Int) -> Data {
        var bytes = Data(capacity: count)
        for _ in 0..<count { bytes.append(UInt8(truncatingIfNeeded: next() >> 32)) }
        return bytes
    }
}
