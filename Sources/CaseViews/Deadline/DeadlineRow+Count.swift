package import Deadlines
import EventSourcing
package import RuleBook
package import WorkingCalendar

extension DeadlineRow {
    /// The evaluation behind the row's dates, for explaining and certifying them.
    ///
    /// - Parameter rules: The book with every calendar the deadline ran under.
    /// - Throws: ``CalendarError`` when start or end lies outside the calendar, or no calendar is published.
    package func evaluate(by rules: RuleBook) throws(CalendarError) -> Due {
        try evaluate(under: rules.calendars(since: started.position, through: endedAt))
    }

    /// The same under calendars of one's choice, the one it started under first.
    func evaluate(under calendars: [PublishedCalendar]) throws(CalendarError) -> Due {
        try DeadlineEvaluation.evaluate(
            terms: terms, start: started.occurredAt,
            pauses: pauses.map { DeadlinePause(from: $0.from, to: $0.to) }, extensions: extensions.map(\.granted),
            under: calendars)
    }

    /// Whether what met it was entered after more than ``daysToRecord`` working days; nothing for what nothing met.
    func isRecordedLate(by rules: RuleBook) -> Bool? {
        guard case .stopped(let event) = ending, let calendar = rules.calendar else { return nil }
        let days = calendar.workingDays(
            after: CivilDay(containing: event.occurredAt.milliseconds),
            through: CivilDay(containing: event.recordedAt.milliseconds))
        return days > Self.daysToRecord
    }

    /// Sets the dates by the calendars it ran under; a date that a late notice moves forward is held back
    /// (`reference/deadlines.md` §5.8).
    ///
    /// Without an answer (no calendar yet, or a start before its first day) the row keeps no date and is provisional.
    mutating func count(by rules: RuleBook) {
        defer { climb(by: rules) }
        guard let due = try? evaluate(by: rules) else {
            legalDueDay = nil
            dueDay = nil
            dueAt = nil
            warnAt = nil
            isProvisional = true
            return
        }
        legalDueDay = due.legalDay
        dueDay = due.dueDay
        dueAt = due.dueAt
        warnAt = due.dueSoonAt()
        isProvisional = due.isProvisional
    }
}
