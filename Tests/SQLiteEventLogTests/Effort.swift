import Foundation

/// How much a run of the tests spends: a normal one minutes, a full one as long as it takes.
enum Effort {
    /// Set by `deploy/test --full`.
    static let isFull = ProcessInfo.processInfo.environment["ONEDOOR_FULL"] == "1"

    static func of<Value>(normal: Value, full: Value) -> Value { isFull ? full : normal }

    /// Says what a test did and how long it took, so that a run shows its counts.
    static func report(_ what: String, since start: ContinuousClock.Instant) {
        let seconds = Double((ContinuousClock.now - start) / .milliseconds(100)) / 10
        print("fault suite: \(what), \(String(format: "%.1f", seconds)) s")
    }
}
