/// Lets something happen so often and no oftener, in monotonic milliseconds handed in from outside.
package struct TokenBucket: Hashable, Sendable {
    private let burst: Int64
    private let millisecondsPerToken: Int64
    /// Saved-up time; a token costs `millisecondsPerToken` of it.
    private var saved: Int64
    private var last: Int64

    /// A full bucket.
    ///
    /// - Parameters:
    ///   - burst: How many at once, 1 or more.
    ///   - millisecondsPerToken: How long one takes to come back, 1 or more.
    package init(burst: Int64, millisecondsPerToken: Int64, now: Int64) {
        precondition(burst >= 1 && millisecondsPerToken >= 1, "a bucket lets at least one through")
        self.burst = burst
        self.millisecondsPerToken = millisecondsPerToken
        saved = burst * millisecondsPerToken
        last = now
    }

    /// Takes one token, if there is one.
    package mutating func take(now: Int64) -> Bool {
        saved = min(burst * millisecondsPerToken, saved + max(0, now - last))
        last = max(last, now)
        guard saved >= millisecondsPerToken else { return false }
        saved -= millisecondsPerToken
        return true
    }
}
