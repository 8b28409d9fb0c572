package import EventSourcing
package import WorkingCalendar

extension Due {
    /// Working days left from which on it is due soon; of a limit without a number of days, by the days it happens to have.
    package var warningLevel: Int {
        switch terms.limit {
        case .workingDays, .calendarDays, .hours, .workingHours: return terms.limit.warningLevel
        case .months, .fixedDate:
            guard let dueDay else { return 0 }
            return DeadlineLimit.workingDays(calendar.workingDays(after: day0, through: dueDay)).warningLevel
        }
    }

    /// The first instant with at most so many working days left; for hours of either kind, half of the time.
    ///
    /// - Parameter level: Working days; ``warningLevel`` when nothing is said.
    /// - Returns: Nothing while an open pause holds it up; not before the start.
    package func dueSoonAt(level: Int? = nil) -> Instant? {
        guard let dueDay, dueAt != nil else { return nil }
        if terms.limit.endsAtInstant { return part(numerator: 1, of: 2) }
        // The day before which one more is left than the level. Without one, little is left from the start.
        guard let day = workingDay(backFrom: dueDay, number: (level ?? warningLevel) + 1) else { return start }
        return max(Instant(milliseconds: day.endMilliseconds), start)
    }

    /// The *n*-th working day after day 0 counted back from a day, without those a pause takes out.
    ///
    /// - Returns: Nothing when there are fewer.
    private func workingDay(backFrom last: CivilDay, number: Int) -> CivilDay? {
        var needed = number
        var end = last
        for run in excluded.reversed() where run.first <= end && end > day0 {
            let since = max(run.last ?? end, day0)
            let between = calendar.workingDays(after: since, through: end)
            if between >= needed { break }
            needed -= between
            end = run.first.previous
        }
        guard end > day0, calendar.workingDays(after: day0, through: end) >= needed else { return nil }
        return calendar.workingDay(max(needed, 1), backFrom: end)
    }

    /// The instant at which so large a part of the time from start to end is over.
    func part(numerator: Int64, of denominator: Int64) -> Instant? {
        dueAt.map { dueAt in
            let whole = max(0, dueAt.milliseconds - start.milliseconds)
            return start.advanced(
                byMilliseconds: whole / denominator * numerator + whole % denominator * numerator / denominator)
        }
    }
}

/// A rung of the ladder of reminders; each is climbed once a deadline and cycle (`reference/deadlines.md` §5.6).
package enum LadderLevel: Int, CaseIterable, Codable, Comparable, Sendable {
    /// So few working days are left that it is due soon.
    case warning = 1
    /// The last day has begun.
    case dueDay = 2
    /// One working day late.
    case overdue1 = 3
    /// Three working days late.
    case overdue3 = 4
    /// Five working days late.
    case overdue5 = 5

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension Due {
    /// When a rung of the ordinary ladder is reached: always the opening time of a working day.
    ///
    /// - Parameter warning: Working days left at the first rung; ``warningLevel`` when nothing is said.
    /// - Returns: Nothing while an open pause holds the deadline up; never before the start.
    /// - Throws: ``CalendarError`` when the rung lies outside the days the calendar knows.
    package func reaches(_ level: LadderLevel, warning: Int? = nil) throws(CalendarError) -> Instant? {
        guard let dueDay else { return nil }
        switch level {
        case .warning:
            guard let soon = dueSoonAt(level: warning) else { return nil }
            // Days off before a short limit ends can leave no office day for a warning of its own.
            return min(try officeTime(from: soon), lastDay(dueDay))
        case .dueDay: return lastDay(dueDay)
        case .overdue1: return opening(of: try calendar.workingDay(1, after: dueDay))
        case .overdue3: return opening(of: try calendar.workingDay(3, after: dueDay))
        case .overdue5: return opening(of: try calendar.workingDay(5, after: dueDay))
        }
    }

    /// When a rung is reached by a deadline that stands as it does only since an instant, as after a pause: what it would
    /// have reached before then it reaches when office opens next.
    ///
    /// - Throws: ``CalendarError`` when the rung lies outside the days the calendar knows.
    package func reaches(_ level: LadderLevel, since instant: Instant) throws(CalendarError) -> Instant? {
        guard let reached = try reaches(level), reached < instant else { return try reaches(level) }
        if terms.limit.endsAtInstant { return try officeTime(from: instant) }
        let today = CivilDay(containing: instant.milliseconds)
        if calendar.isWorkingDay(today), opening(of: today) >= instant { return opening(of: today) }
        return opening(of: try calendar.workingDay(1, after: today))
    }

    /// When a rung of the ladder for emergencies is reached, at any hour: half, three quarters, all of the time.
    ///
    /// - Returns: Nothing for the two highest rungs, which it has not.
    package func reachesUrgently(_ level: LadderLevel) -> Instant? {
        switch level {
        case .warning: part(numerator: 1, of: 2)
        case .dueDay: part(numerator: 3, of: 4)
        case .overdue1: dueAt
        case .overdue3, .overdue5: nil
        }
    }

    /// The first moment from then on at which somebody is there to read a warning; of limits in days, an opening time.
    private func officeTime(from soon: Instant) throws(CalendarError) -> Instant {
        guard !terms.limit.endsAtInstant else {
            return Instant(milliseconds: try calendar.milliseconds(afterOfficeHours: 0, from: soon.milliseconds))
        }
        let day = CivilDay(containing: soon.milliseconds)
        return opening(of: try calendar.firstWorkingDay(from: max(day, day0.next)))
    }

    /// A last day on which nobody works is announced on the last day before it on which somebody does.
    private func lastDay(_ dueDay: CivilDay) -> Instant {
        max(opening(of: max(calendar.lastWorkingDay(through: dueDay) ?? dueDay, day0)), start)
    }

    private func opening(of day: CivilDay) -> Instant {
        Instant(milliseconds: day.startMilliseconds + calendar.officeHours.opening)
    }
}
