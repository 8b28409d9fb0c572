package import EventSourcing
package import WorkingCalendar

/// Computes due dates: the same terms, start, pauses, extensions and calendar always give the same answer.
package enum DeadlineEvaluation {
    /// When a deadline that began with one act must be met.
    ///
    /// - Parameters:
    ///   - terms: Limit with its unit, and how receipt, roll and cutoff are ruled.
    ///   - start: When the act that starts the deadline happened, not when it was recorded.
    ///   - pauses: In any order, overlaps allowed; only limits in days heed them (``DeadlineLimit/isPausable``).
    ///   - extensions: In the order granted; a fixed date is set anew instead and heeds none.
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
        switch terms.limit {
        case .hours:
            return due(
                terms, start, at: start.advanced(byMilliseconds: Int64(amount) * 3_600_000), isProvisional: false,
                calendar)
        case .workingHours:
            let end = Instant(
                milliseconds: try calendar.milliseconds(afterOfficeHours: amount, from: start.milliseconds))
            return due(
                terms, start, at: end,
                isProvisional: calendar.isProvisional(CivilDay(containing: end.milliseconds)), calendar)
        case .months:
            let day0 = try dayZero(of: start, received: terms.received, calendar: calendar)
            return try due(terms, start, day0, rolledFrom: day0.advanced(byMonths: amount), calendar)
        case .fixedDate(let day):
            let day0 = try dayZero(of: start, received: terms.received, calendar: calendar)
            return try due(terms, start, day0, rolledFrom: day, calendar)
        case .workingDays, .calendarDays:
            return try counted(terms, start, pauses, calendar)
        }
    }

    /// A limit that ends at an instant.
    private static func due(
        _ terms: DeadlineTerms, _ start: Instant, at end: Instant, isProvisional: Bool, _ calendar: WorkingCalendar
    ) -> Due {
        let day = CivilDay(containing: end.milliseconds)
        return Due(
            terms: terms, start: start, day0: CivilDay(containing: start.milliseconds), limitDay: day, dueDay: day,
            dueAt: end,
            isProvisional: isProvisional, daysUsed: nil, pauses: [], excluded: [], calendar: calendar)
    }

    /// A limit that ends on a day known without counting.
    private static func due(
        _ terms: DeadlineTerms, _ start: Instant, _ day0: CivilDay, rolledFrom day: CivilDay,
        _ calendar: WorkingCalendar
    ) throws(CalendarError) -> Due {
        guard day >= calendar.firstKnown else { throw .startsTooEarly(firstKnown: calendar.firstKnown) }
        let rolls = terms.roll == .nextWorkingDay
        let dueDay = rolls ? try calendar.firstWorkingDay(from: day) : day
        return Due(
            terms: terms, start: start, day0: day0, limitDay: day, dueDay: dueDay,
            dueAt: end(of: dueDay, terms, calendar),
            isProvisional: calendar.isProvisional(dueDay) && (rolls || terms.received == .nextWorkingDay),
            daysUsed: nil, pauses: [], excluded: [], calendar: calendar)
    }

    /// A limit whose days are counted one by one.
    private static func counted(
        _ terms: DeadlineTerms, _ start: Instant, _ pauses: [DeadlinePause], _ calendar: WorkingCalendar
    ) throws(CalendarError) -> Due {
        let day0 = try dayZero(of: start, received: terms.received, calendar: calendar)
        let excluded = ExcludedDays.united(pauses)
        let search = DueSearch(terms: terms, day0: day0, calendar: calendar)
        let found = try search.run(excluding: excluded)
        let dueDay = found.isHeldUp ? nil : found.day
        return Due(
            terms: terms, start: start, day0: day0, limitDay: found.isHeldUp ? nil : found.limitDay, dueDay: dueDay,
            dueAt: dueDay.map { end(of: $0, terms, calendar) },
            isProvisional: dueDay.map { search.isProvisional($0) } ?? false,
            daysUsed: found.isHeldUp ? found.used : nil, pauses: pauses, excluded: excluded, calendar: calendar)
    }

    private static func end(of day: CivilDay, _ terms: DeadlineTerms, _ calendar: WorkingCalendar) -> Instant {
        switch terms.cutoff {
        case .endOfDay: Instant(milliseconds: day.endMilliseconds)
        case .closeOfBusiness: Instant(milliseconds: day.startMilliseconds + calendar.officeHours.closing)
        }
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
            let isInTime = start.milliseconds < day.startMilliseconds + calendar.officeHours.closing
            if isInTime, calendar.isWorkingDay(day) { return day }
            return try calendar.nextWorkingDay(after: day)
        }
    }
}
