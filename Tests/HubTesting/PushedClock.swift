package import EventSourcing
import NIOConcurrencyHelpers

/// Civil time that stands still until a test moves it.
package final class PushedClock: CivilClock {
    /// 2023-08-15 09:00 +08:00, the morning of the Danyang story and of the worked example of `FORMATS.md` §2.
    package static let danyangMorning = Instant(milliseconds: 1_692_061_200_000)

    private let current: NIOLockedValueBox<Instant>

    package init(at instant: Instant = PushedClock.danyangMorning) {
        current = NIOLockedValueBox(instant)
    }

    package func now() -> Instant {
        current.withLockedValue { $0 }
    }

    /// Sets the time, also backwards: stores must bear a clock that jumps.
    package func set(to instant: Instant) {
        current.withLockedValue { $0 = instant }
    }

    /// Moves the time by a number of milliseconds, negative for back.
    package func advance(byMilliseconds more: Int64) {
        current.withLockedValue { $0 = $0.advanced(byMilliseconds: more) }
    }
}
