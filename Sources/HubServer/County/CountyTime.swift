import EventSourcing
import WorkingCalendar

/// When things are done in the county: in office hours of working days.
struct CountyTime {
    let calendar: WorkingCalendar

    private static let opening: Int64 = 510 * 60_000
    private static let office = 540

    /// A moment of the working day that many after the one of `instant`; the same day a few minutes on for 0.
    func later(_ instant: Instant, days: Int, _ chance: inout SeededChance) -> Instant {
        guard days > 0 else { return instant.advanced(byMilliseconds: Int64(1 + chance.below(40)) * 60_000) }
        let day = CivilDay(containing: instant.milliseconds)
        let target = (try? calendar.workingDay(days, after: day)) ?? day.advanced(by: days)
        return Self.moment(of: target, &chance)
    }

    /// A moment in office hours of a day.
    static func moment(of day: CivilDay, _ chance: inout SeededChance) -> Instant {
        Instant(
            milliseconds: day.startMilliseconds + opening + Int64(chance.below(office)) * 60_000
                + Int64(chance.below(60_000)))
    }

    /// The civil day that many working days after the day of `instant`.
    func day(_ days: Int, after instant: Instant) -> CivilDay {
        let day = CivilDay(containing: instant.milliseconds)
        return (try? calendar.workingDay(days, after: day)) ?? day.advanced(by: days)
    }
}
