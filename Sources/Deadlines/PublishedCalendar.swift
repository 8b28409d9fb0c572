package import EventSourcing
package import WorkingCalendar

/// A calendar a deadline ran under, and when it came into force for it.
package struct PublishedCalendar: Hashable, Sendable {
    package let calendar: WorkingCalendar
    /// When it was published in the hub while the deadline ran; nothing for the one it started under.
    package let publishedAt: Instant?

    package init(_ calendar: WorkingCalendar, publishedAt: Instant? = nil) {
        self.calendar = calendar
        self.publishedAt = publishedAt
    }
}

extension DeadlineEvaluation {
    /// When a deadline must be met that ran under several calendars, one after the other.
    ///
    /// Each calendar gives a date from all that is known now; a move to an earlier one is held back by ``MovedDue``, so
    /// that a pause or an extension recorded after the move cannot take the protection away.
    ///
    /// - Parameter calendars: The one it started under, then those published while it ran; at least one.
    /// - Returns: The due date by the last calendar, with ``Due/legalDay`` where the law alone would give an earlier one.
    /// - Throws: ``CalendarError`` as ``evaluate(terms:start:pauses:extensions:calendar:)``, ``CalendarError/versionMissing``
    ///   without a calendar.
    /// - Complexity: That of one evaluation for each calendar.
    package static func evaluate(
        terms: DeadlineTerms, start: Instant, pauses: [DeadlinePause] = [], extensions: [DeadlineExtension] = [],
        under calendars: [PublishedCalendar]
    ) throws(CalendarError) -> Due {
        var answer: Due?
        for published in calendars {
            let due = try evaluate(
                terms: terms, start: start, pauses: pauses, extensions: extensions, calendar: published.calendar)
            guard let old = answer?.dueDay, let new = due.dueDay, let publishedAt = published.publishedAt else {
                answer = due
                continue
            }
            let moved = try MovedDue(old: old, new: new, publishedAt: publishedAt, calendar: published.calendar)
            answer = due.held(to: moved)
        }
        guard let answer else { throw .versionMissing }
        return answer
    }
}
