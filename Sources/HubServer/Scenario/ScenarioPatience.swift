/// How long a play waits for processes that are starting, coming back or catching up.
///
/// A killed process on a busy machine may need several time limits one after the other: the old feed lets go of its
/// ports, the new one tests itself, each adapter tries again with a growing pause. So what counts is that something still
/// moves, not how long the whole takes; only what stands still, or never ends, is given up.
struct ScenarioPatience: Sendable {
    /// Without any sign of movement.
    static let standing = Duration.seconds(60)
    /// In all.
    static let longest = Duration.seconds(300)

    private let began: ContinuousClock.Instant
    private var movedAt: ContinuousClock.Instant
    private var sign: String?

    init(from began: ContinuousClock.Instant) {
        self.began = began
        movedAt = began
    }

    /// Whether to try again.
    ///
    /// - Parameter sign: How it stands; another one than last time is movement.
    mutating func allowsMore(_ sign: String, at now: ContinuousClock.Instant) -> Bool {
        if sign != self.sign {
            self.sign = sign
            movedAt = now
        }
        return now - movedAt < Self.standing && now - began < Self.longest
    }
}
