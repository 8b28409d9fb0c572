package import RuleBook
package import WorkingCalendar

/// Publishes a whole working-day calendar.
package struct PublishCalendar: RuleCommand {
    package static let name = "PublishCalendar"

    package var calendar: CalendarDocument

    package init(calendar: CalendarDocument) {
        self.calendar = calendar
    }

    package var publication: RuleBookCommand { .publishCalendar(calendar) }
}
