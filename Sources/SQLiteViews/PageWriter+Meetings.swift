import CaseViews
import EventSourcing
import FoundationEssentials
import GRDB

extension PageWriter {
    /// Meetings are few and small: each is read and written by its key, event by event.
    func takeMeetings(_ event: ReadEvent) throws {
        for id in event.meetingIDs {
            let stored = try Data.fetchOne(
                db.cachedStatement(sql: "SELECT body FROM meeting WHERE meeting = ?"), arguments: [id.blob]
            ).map { try EventJSON.decode(MeetingRow.self, from: $0) }
            guard var row = stored ?? MeetingRow(begunBy: event), row.id == id else { continue }
            row.take(event)
            try put(row)
        }
    }

    private func put(_ row: MeetingRow) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO meeting(meeting, begun, state, body) VALUES (?, ?, ?, ?)
                ON CONFLICT(meeting) DO UPDATE SET state = excluded.state, body = excluded.body
                """
        ).execute(arguments: [
            row.id.blob, row.begun.position.column, row.state.rawValue, try EventJSON.encode(row),
        ])
        for caseID in row.cases {
            try db.cachedStatement(sql: "INSERT OR IGNORE INTO meeting_case(case_id, meeting) VALUES (?, ?)")
                .execute(arguments: [caseID.blob, row.id.blob])
        }
    }
}
