/// The one source of civil time, injected once; a demo log sets it by hand.
package protocol CivilClock: Sendable {
    /// Now.
    func now() -> Instant
}
