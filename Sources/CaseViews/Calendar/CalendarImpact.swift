package import EventSourcing
import RuleBook
package import WorkingCalendar

/// Sums of a report of moved due dates.
package struct CalendarImpact: Codable, Hashable, Sendable {
    /// The calendar in force before; nothing for the first.
    package let from: String?
    package let to: String
    /// The day the report is of: a date is never moved to before the end of the next working day.
    package let day: CivilDay
    /// Days worked in one of both calendars and off in the other, ascending.
    package let changedDays: [CivilDay]
    /// The log up to here was looked at.
    package var position: Position
    /// Open deadlines looked at.
    package private(set) var looked = 0
    package private(set) var moved = 0
    package private(set) var later = 0
    package private(set) var earlier = 0
    /// Moved less than the law gives, so that nobody is in breach by a notice that came too late.
    package private(set) var heldBack = 0
    /// Promised to an applicant, who has to be told.
    package private(set) var promises = 0
    /// Dates that stay and are no longer 暂定.
    package private(set) var confirmed = 0
    /// How many dates of each owner move: departments by code, else the duty.
    package private(set) var owners: [String: Int] = [:]

    /// Sums of nothing yet.
    package init(from base: CalendarDocument?, to calendar: CalendarDocument, day: CivilDay, position: Position) {
        from = base?.version
        to = calendar.version
        self.day = day
        changedDays = base.map { calendar.changes(from: $0) } ?? []
        self.position = position
    }

    /// The first line of the canonical text, without its end.
    package var canonicalHead: String { "onedoor-calendar-report/1\t\(from ?? "-")\t\(to)\t\(day)" }

    /// Takes in one open deadline.
    package mutating func count(_ effect: CalendarEffect) {
        looked += 1
        switch effect {
        case .none: break
        case .sameDay(let isProvisional): if !isProvisional { confirmed += 1 }
        case .moved(let move):
            moved += 1
            if move.after > move.before { later += 1 } else { earlier += 1 }
            if move.legal != nil { heldBack += 1 }
            if move.isPromise { promises += 1 }
            owners[move.owner?.description ?? move.duty.rawValue, default: 0] += 1
        }
    }
}

extension ViewStore {
    /// Every open deadline in the order of the board, page by page.
    ///
    /// - Parameter filter: Whose and which; its states are set here.
    /// - Returns: The position of the last page.
    package func everyOpenDeadline(
        _ filter: BoardFilter = BoardFilter(), at now: Instant, _ take: (DeadlineRow) throws -> Void
    ) async throws -> Position {
        var after: BoardKey?
        while true {
            let page = try await board(filter, at: now, after: after, limit: 500)
            for row in page.rows { try take(row) }
            guard let next = page.next else { return page.position }
            after = next
        }
    }
}
