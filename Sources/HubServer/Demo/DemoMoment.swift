import EventSourcing
import WorkingCalendar

/// A moment of the story, in the office's own time: `2023-08-18 14:30`.
struct DemoMoment: Hashable, Sendable {
    let text: String
    let instant: Instant

    /// Reads `2023-08-18 14:30` as China Standard Time.
    init?(_ text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 2, let instant = Instant("\(parts[0])T\(parts[1]):00+08:00") else { return nil }
        self.text = text
        self.instant = instant
    }
}
