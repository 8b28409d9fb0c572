import Foundation

/// Asks again and again until something holds, but not for ever.
struct Deadline {
    struct Passed: Error, CustomStringConvertible {
        let what: String
        let seconds: Int
        var description: String { "after \(seconds) s there was still no \(what)" }
    }

    let seconds: Int

    /// The first value that is not nil.
    func wait<Value>(for what: String, _ look: () async throws -> Value?) async throws -> Value {
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end {
            if let value = try await look() { return value }
            // Sleeps: another process is looked at again; no clock of ours can be pushed for it.
            try await ContinuousClock().sleep(for: .milliseconds(20))
        }
        throw Passed(what: what, seconds: seconds)
    }
}
