package import Deadlines
import EventSourcing
package import WorkingCalendar

extension DeadlineRow {
    /// The evaluation behind the row's dates, for explaining and certifying them.
    ///
    /// - Throws: ``CalendarError`` when start or end lies outside the calendar.
    package func evaluate(with calendar: WorkingCalendar) throws(CalendarError) -> Due {
        try DeadlineEvaluation.evaluate(
            terms: terms, start: started.occurredAt,
            pauses: pauses.map { DeadlinePause(from: $0.from, to: $0.to) }, extensions: extensions.map(\.granted),
            calendar: calendar)
    }

    /// Sets the dates by this calendar.
    ///
    /// Without an answer (no calendar yet, or a start before its first day) the row keeps no date and is provisional.
    ///
    /// - Parameter publishedAt: Set when a calendar just published is the reason. A date that would move forward then
    ///   moves at most to the end of the next working day after publication and never past the old one; the date the
    ///   law gives is kept beside it (`reference/deadlines.md` §5.8).
    mutating func count(with calendar: WorkingCalendar?, publishedAt: Instant? = nil) {
        let old = dueDay
        legalDueDay = nil
        guard let calendar, let due = try? evaluate(with: calendar) else {
            dueDay = nil
            dueAt = nil
            warnAt = nil
            isProvisional = true
            calendarVersion = calendar?.version
            return
        }
        dueDay = due.dueDay
        dueAt = due.dueAt
        isProvisional = due.isProvisional
        calendarVersion = calendar.version
        if let publishedAt, let old, let new = due.dueDay, new < old,
            let protected = try? calendar.nextWorkingDay(
                after: CivilDay(containing: publishedAt.milliseconds)), new < protected, let exact = due.dueAt
        {
            let effective = min(old, protected)
            legalDueDay = new
            dueDay = effective
            dueAt = exact.advanced(byMilliseconds: Int64(effective.number - new.number) * 86_400_000)
        }
        warnAt = warning(due, level: due.terms.limit.warningLevel)
    }

    /// The first instant with at most so many working days left; for hours, half of the time.
    private func warning(_ due: Due, level: Int) -> Instant? {
        guard let dueDay, let dueAt else { return nil }
        if case .hours = terms.limit {
            let whole = dueAt.milliseconds - started.occurredAt.milliseconds
            return started.occurredAt.advanced(byMilliseconds: whole / 2)
        }
        var day = dueDay
        while day > due.day0, let left = due.workingDaysLeft(at: Instant(milliseconds: day.previous.startMilliseconds)),
            left <= level
        {
            day = day.previous
        }
        // On day 0 the whole limit is left: if that is little, it is so from the start.
        return day <= due.day0
            ? started.occurredAt : max(Instant(milliseconds: day.startMilliseconds), started.occurredAt)
    }
}
