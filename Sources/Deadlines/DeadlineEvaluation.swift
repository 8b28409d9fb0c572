package import EventSourcing
package import WorkingCalendar

/// Computes due dates: the same terms, start, pauses, extensions and calendar always give the same answer.
package enum DeadlineEvaluation {
    /// Closing time of a window, 17:30, in milliseconds after midnight.
    static let closingTime: Int64 = 63_000_000

    /// When a deadline that began with one act must be met.
    ///
    /// - Parameters:
    ///   - terms: Limit with its unit, and how receipt, roll and cutoff are ruled.
    ///   - start: When the act that starts the deadline happened, not when it was recorded.
    ///   - pauses: In any order, overlaps allowed; hours ignore them.
    ///   - extensions: In the order granted.
    ///   - calendar: The calendar in force where the answer is asked for.
    /// - Returns: The due date, or the days used so far while a pause without an end holds it up.
    /// - Throws: ``CalendarError`` when start or end lies outside the calendar, or an extended limit is longer than 10 000.
    /// - Complexity: O(*p* log *p* + *p* log *n*) for *p* pauses and *n* days of the calendar.
    package static func evaluate(
        terms: DeadlineTerms, start: Instant, pauses: [DeadlinePause] = [], extensions: [DeadlineExtension] = [],
        calendar: WorkingCalendar
    ) throws(CalendarError) -> Due {
        let amount = extensions.reduce(terms.limit.amount) { $1.applied(to: $0) }
        guard (0...10_000).contains(amount) else { throw .limitOutOfRange(allowed: 0...10_000) }
        let terms = terms.with(limit: terms.limit.with(amount: amount))

        if case .hours = terms.limit {
            let dueAt = start.advanced(byMilliseconds: Int64(amount) * 3_600_000)
            return Due(
                terms: terms, day0: CivilDay(containing: start.milliseconds),
                dueDay: CivilDay(containing: dueAt.milliseconds), dueAt: dueAt, isProvisional: false, daysUsed: nil,
                pauses: [], excluded: [], calendar: calendar)
        }

        let day0 = try dayZero(of: start, received: terms.received, calendar: calendar)
        let excluded = ExcludedDays.united(pauses)
        let search = DueSearch(terms: terms, day0: day0, calendar: calendar)
        let found = try search.run(excluding: excluded)
        let dueDay = found.isHeldUp ? nil : found.day
        let dueAt = dueDay.map { day in
            switch terms.cutoff {
            case .endOfDay: Instant(milliseconds: day.endMilliseconds)
            case .closeOfBusiness: Instant(milliseconds: day.startMilliseconds + closingTime)
            }
        }
        return Due(
            terms: terms, day0: day0, dueDay: dueDay, dueAt: dueAt,
            isProvisional: dueDay.map { search.isProvisional($0) } ?? false,
            daysUsed: found.isHeldUp ? found.used : nil, pauses: pauses, excluded: excluded, calendar: calendar)
    }

    /// The day that is not counted.
    private static func dayZero(
        of start: Instant, received: DeadlineTerms.Received, calendar: WorkingCalendar
    ) throws(CalendarError) -> CivilDay {
        let day = CivilDay(containing: start.milliseconds)
        guard day >= calendar.firstKnown else { throw .startsTooEarly(firstKnown: calendar.firstKnown) }
        switch received {
        case .actual:
            return day
        case .nextWorkingDay:
            let isInTime = start.milliseconds < day.startMilliseconds + closingTime
            if isInTime, calendar.isWorkingDay(day) { return day }
            return try calendar.nextWorkingDay(after: day)
        }
    }
}

/// Finds the last day of a limit in days; every pause it meets lengthens what it still needs.
private struct DueSearch {
    let terms: DeadlineTerms
    let day0: CivilDay
    let calendar: WorkingCalendar

    struct Found {
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
                return Found(day: end, isHeldUp: true, used: count(through: first.previous) - (needed - amount))
            }
            guard last >= first else { continue }
            needed += count(through: last) - count(through: first.previous)
            end = try day(needed)
        }
        let used = base == day0 ? amount : count(from: day0, through: end)
        return Found(day: try rolled(end), isHeldUp: false, used: used)
    }

    /// Whether another calendar could give another day.
    func isProvisional(_ day: CivilDay) -> Bool {
        switch terms.limit {
        case .workingDays:
            calendar.isProvisional(day)
        case .calendarDays:
            calendar.isProvisional(day) && (terms.roll == .nextWorkingDay || terms.received == .nextWorkingDay)
        case .hours:
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
