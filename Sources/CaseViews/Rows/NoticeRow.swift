package import Deadlines
package import EventSourcing
package import RuleBook

/// One notice as the inbox of a post, a body or an office shows it: numbers and codes, nothing of any person.
package struct NoticeRow: Codable, Hashable, Sendable {
    /// Why it is there.
    package enum Kind: String, CaseIterable, Codable, Sendable {
        /// A limit reached a rung of the ladder.
        case ladder
        /// Somebody at the centre reminded by hand.
        case reminder
        /// A newly published calendar moved promised dates.
        case calendar
    }

    /// Promised dates that a calendar moved, all of one recipient.
    package struct MovedDates: Codable, Hashable, Sendable {
        /// The calendar's version.
        package let calendar: String
        /// How many moved.
        package private(set) var count = 0
        /// The first of them, at most ``MovedPromises/most``.
        package private(set) var moves: [DueMove] = []

        init(calendar: String) {
            self.calendar = calendar
        }

        mutating func add(_ move: DueMove) {
            count += 1
            if moves.count < MovedPromises.most { moves.append(move) }
        }
    }

    package let recipient: NoticeRecipient
    /// The event that told it.
    package let position: Position
    package let kind: Kind
    /// Nothing where the notice is about several.
    package let deadline: DeadlineID?
    package let name: Label
    package let caseID: CaseID?
    package let caseNumber: EntityNumber?
    /// The rung reached; nothing for a reminder by hand.
    package let level: LadderLevel?
    /// Number of the supervision the rung opened, within the case; nothing for other notices.
    package let supervision: Int?
    /// Number of the reminder within the case.
    package let serial: Int?
    /// What a calendar moved; nothing for other notices.
    package let dates: MovedDates?
    package let isUrgent: Bool
    /// When it was reached or sent, and when the hub recorded it.
    package let occurredAt: Instant
    package let recordedAt: Instant
    /// Whether its recipient has said that it was read.
    package var isRead: Bool
}

/// One page of an inbox, newest first.
package struct NoticePage: Hashable, Sendable {
    package let rows: [NoticeRow]
    /// Where the next page begins; nothing on the last.
    package let next: Position?
    package let position: Position

    package init(rows: [NoticeRow], next: Position?, position: Position) {
        self.rows = rows
        self.next = next
        self.position = position
    }
}
