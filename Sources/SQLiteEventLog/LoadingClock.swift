import EventSourcing
import NIOConcurrencyHelpers

/// The time of the append that is being loaded.
final class LoadingClock: CivilClock {
    private let instant = NIOLockedValueBox(Instant(milliseconds: 0))

    func now() -> Instant { instant.withLockedValue { $0 } }

    func set(to instant: Instant) { self.instant.withLockedValue { $0 = instant } }
}
