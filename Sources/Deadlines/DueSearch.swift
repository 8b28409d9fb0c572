import WorkingCalendar

/// Finds the last day of a limit in days; every pause it meets lengthens what it still needs.
struct DueSearch {
    let terms: DeadlineTerms
    let day0: CivilDay
    let calendar: WorkingCalendar

    struct Found {
        /// Where the count ends, before it is moved off a day off.
        let limitDay: CivilDay
        let day: CivilDay
        /// Whether an open pause lies before the end.
        let isHeldUp: Bool
        /// Days counted before that pause.
        let used: Int
    }

    /// Walks the pauses in order; after each one the end lies past it, so one pass is enough.
    func run(excluding runs: [ExcludedDays]) throws(CalendarError) -> Found {
        let amount = effectiveAmount
        var needed = amount
        var end = try day(needed)
        for run in runs {
            let first = max(run.first, base.next)
            guard first <= end else { break }
            guard let last = run.last else {
                return Found(
                    limitDay: end, day: end, isHeldUp: true, used: count(through: first.previous) - (needed - amount))
            }
            guard last >= first else { continue }
            needed += count(through: last) - count(through: first.previous)
            end = try day(needed)
        }
        let used = base == day0 ? amount : count(from: day0, through: end)
        return Found(limitDay: end, day: try rolled(end), isHeldUp: false, used: used)
    }

    /// Whether another calendar could give another day.
    func isProvisional(_ day: CivilDay) -> Bool {
        switch terms.limit {
        case .workingDays:
            calendar.isProvisional(day)
        case .calendarDays:
            calendar.isProvisional(day) && (terms.roll == .nextWorkingDay || terms.received == .nextWorkingDay)
        case .hours, .workingHours, .months, .fixedDate:
            false
        }
    }

    /// No working days means the first one from day 0 on that is not paused: one day, counted from the day before.
    private var isOnTheSpot: Bool { terms.limit.countsWorkingDays && terms.limit.amount == 0 }
    private var effectiveAmount: Int { isOnTheSpot ? 1 : terms.limit.amount }
    private var base: CivilDay { isOnTheSpot ? day0.previous : day0 }

    private func day(_ count: Int) throws(CalendarError) -> CivilDay {
        guard terms.limit.countsWorkingDays else { return base.advanced(by: count) }
        return count == 0 ? base : try calendar.workingDay(count, after: base)
    }

    /// Days of the limit's unit after the base through `day`.
    private func count(through day: CivilDay) -> Int {
        count(from: base, through: day)
    }

    private func count(from start: CivilDay, through day: CivilDay) -> Int {
        terms.limit.countsWorkingDays
            ? calendar.workingDays(after: start, through: day) : max(0, day.number - start.number)
    }

    private func rolled(_ day: CivilDay) throws(CalendarError) -> CivilDay {
        switch terms.roll {
        case .none: day
        case .nextWorkingDay: terms.limit.countsWorkingDays ? day : try calendar.firstWorkingDay(from: day)
        }
    }
}
