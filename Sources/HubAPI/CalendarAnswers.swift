import CaseViews
import EventSourcing
import RuleBook
import WorkingCalendar

/// One published calendar without its lists of days.
struct CalendarEntry: Codable {
    let version: String
    /// Nothing for one that was there before the log told when.
    let publishedAt: Instant?
    let position: Position
    /// Dates after it are 暂定.
    let firmUntil: CivilDay
    let notice: CalendarNotice?

    init(_ publication: (document: CalendarDocument, publishedAt: Instant?, position: Position)) {
        version = publication.document.version
        publishedAt = publication.publishedAt
        position = publication.position
        firmUntil = publication.document.firmUntil
        notice = publication.document.notice
    }
}

struct CalendarsAnswer: Codable {
    /// Nothing before the first is published.
    let inForce: String?
    /// Whether the notice for next year should have been imported by now.
    let warning: NoticeWarning
    /// Oldest first.
    let calendars: [CalendarEntry]
}

struct CalendarAnswer: Codable {
    let calendar: CalendarEntry
    let document: CalendarDocument
    /// The year asked for, else the last one announced; nothing where a day was asked for.
    let year: CalendarYear?
    let day: CalendarDay?
}

/// One moved date and who has to be told of it.
struct MoveEntry: Codable {
    let move: DueMove
    /// The owner, and the applicant where it was promised.
    let told: [DueMove.Recipient]

    init(_ move: DueMove) {
        self.move = move
        told = DueMove.Recipient.allCases.filter { move.told.contains($0) }
    }
}

struct MovesAnswer: Codable {
    let position: Position
    let rows: [MoveEntry]
    let next: String?
}

struct CalendarQuestion: Codable {
    let calendar: CalendarDocument
}

struct CalendarPreviewAnswer: Codable {
    let impact: CalendarImpact
    let digest: String
    /// The first 500 moves, in the order of the board.
    let first: [MoveEntry]
}
