package import EventSourcing
import NIOConcurrencyHelpers

#if canImport(Glibc)
    import Glibc
#endif

/// The clock of a real hub: the machine's wall clock.
package struct WallClock: CivilClock {
    package init() {}

    package func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}

/// The clock of a demo: stands still between settings and never goes back.
package final class DemoClock: CivilClock {
    private let instant: NIOLockedValueBox<Instant>

    /// Starts at the head of the log.
    package init(startingAt instant: Instant) {
        self.instant = NIOLockedValueBox(instant)
    }

    package func now() -> Instant {
        instant.withLockedValue { $0 }
    }

    /// Moves the clock to a later time.
    ///
    /// - Returns: The time it then shows; nothing when `later` lies before it.
    package func set(to later: Instant) -> Instant? {
        instant.withLockedValue { instant in
            guard later >= instant else { return nil }
            instant = later
            return later
        }
    }
}
