import EventSourcing
import NIOConcurrencyHelpers

/// The wall clock until the log turns out to be a demo: a log is opened before it can say so.
final class SwitchingClock: CivilClock {
    private let clock = NIOLockedValueBox<any CivilClock>(WallClock())

    func use(_ other: any CivilClock) {
        clock.withLockedValue { $0 = other }
    }

    func now() -> Instant {
        clock.withLockedValue { $0 }.now()
    }
}
