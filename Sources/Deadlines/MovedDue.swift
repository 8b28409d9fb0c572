package import EventSourcing
package import WorkingCalendar

/// A due date that a newly published calendar gives anew, for a deadline that was running.
package struct MovedDue: Hashable, Sendable {
    /// The date the law gives under the new calendar.
    package let legal: CivilDay
    /// The date that is held against people: nobody is put in breach by a notice that came too late.
    package let effective: CivilDay

    /// Rules a move (`reference/deadlines.md` §5.8): a later date is taken as it is; an earlier one not before the next
    /// working day after publication and never past the old one.
    ///
    /// - Parameters:
    ///   - old: The date that was held so far.
    ///   - new: The date under the new calendar.
    ///   - publishedAt: When the new calendar was published in the hub.
    ///   - calendar: The new calendar.
    /// - Throws: ``CalendarError`` when publication lies outside the days the calendar knows.
    package init(
        old: CivilDay, new: CivilDay, publishedAt: Instant, calendar: WorkingCalendar
    ) throws(CalendarError) {
        legal = new
        guard new < old else {
            effective = new
            return
        }
        let protected = try calendar.nextWorkingDay(after: CivilDay(containing: publishedAt.milliseconds))
        effective = max(new, min(old, protected))
    }
}
