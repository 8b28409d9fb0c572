package import CaseViews
import Casework
package import EventSourcing
import FoundationEssentials
import GRDB
package import RuleBook

/// Writes inboxes: a row for each recipient of a notice, and how far each has read.
struct NoticeRows {
    private let db: Database

    init(_ db: Database) {
        self.db = db
    }

    /// Writes what one event leaves in inboxes.
    func put(_ rows: [NoticeRow]) throws {
        for row in rows {
            try db.cachedStatement(sql: "INSERT OR IGNORE INTO notice(recipient, position, body) VALUES (?, ?, ?)")
                .execute(arguments: [row.recipient.description, row.position.column, try EventJSON.encode(row)])
        }
    }

    /// Remembers how far a recipient has read; it never goes back.
    func mark(_ event: ReadEvent) throws {
        guard case .deadline(.noticesRead(let read)) = event.event else { return }
        try db.cachedStatement(
            sql: """
                INSERT INTO notice_mark(recipient, through) VALUES (?, ?)
                ON CONFLICT(recipient) DO UPDATE SET through = max(through, excluded.through)
                """
        ).execute(arguments: [read.recipient.description, Int64(read.through)])
    }
}

extension SQLiteViews {
    package func notices(leftBy position: Position) async throws(ViewStoreError) -> [NoticeRow] {
        try await read { db in
            try Data.fetchAll(
                db, sql: "SELECT body FROM notice WHERE position = ? ORDER BY recipient", arguments: [position.column]
            ).map { try EventJSON.decode(NoticeRow.self, from: $0) }
        }
    }

    package func notices(
        for recipients: Set<NoticeRecipient>, onlyUnread: Bool, before: Position?, limit: Int
    ) async throws(ViewStoreError) -> NoticePage {
        try await read { db in
            var rows: [NoticeRow] = []
            // Each inbox along its own key; a reader has a handful.
            for recipient in recipients.sorted() {
                let through =
                    try Int64.fetchOne(
                        db, sql: "SELECT through FROM notice_mark WHERE recipient = ?",
                        arguments: [recipient.description]) ?? 0
                let bodies = try Data.fetchAll(
                    db,
                    sql: """
                        SELECT body FROM notice WHERE recipient = ? AND position < ? AND position > ?
                        ORDER BY position DESC LIMIT ?
                        """,
                    arguments: [
                        recipient.description, before?.column ?? Int64.max, onlyUnread ? through : 0, limit + 1,
                    ])
                rows += try bodies.map { body in
                    var row = try EventJSON.decode(NoticeRow.self, from: body)
                    row.isRead = row.position.column <= through
                    return row
                }
            }
            rows.sort { ($1.position, $0.recipient) < ($0.position, $1.recipient) }
            // A page ends between two events, so that the next begins after whole ones.
            var page = Array(rows.prefix(limit))
            if rows.count > limit, let last = page.last, rows[limit].position == last.position,
                page[0].position != last.position
            {
                page.removeAll { $0.position == last.position }
            }
            return NoticePage(
                rows: page, next: rows.count > limit ? page.last?.position : nil, position: try Self.position(db))
        }
    }
}
