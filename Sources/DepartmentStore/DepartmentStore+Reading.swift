import EventSourcing
import FeedProtocol
import FoundationEssentials
import GRDB
import WorkingCalendar

/// Until when the parts of a referral may be read; then they leave this copy, rows and entries alike (I-19).
///
/// The hub leaves them out of whatever it serves again, so that a copy made anew holds the same.
extension DepartmentStore {
    /// Takes in what one event says about the end.
    func noteEnd(_ event: SliceEvent, _ row: InboxReferral, in db: Database) throws {
        let id = row.referral.description
        if event.name == "SliceReleased" {
            try db.cachedStatement(sql: "DELETE FROM reading WHERE referral = ?").execute(arguments: [id])
        } else if event.name == "DisclosureEnded", event.open["department"]?.text == department.description {
            guard let text = row.readableThrough else { return try Self.forget(id, through: event.sequence, in: db) }
            guard let day = CivilDay(text) else { throw DepartmentStoreError.unreadable(sequence: event.sequence) }
            try db.cachedStatement(sql: "INSERT OR REPLACE INTO reading (referral, ends) VALUES (?, ?)")
                .execute(arguments: [id, day.endMilliseconds])
        }
    }

    /// Drops the parts of every referral whose last day has passed by the hub's time.
    static func forgetEnded(by now: Instant, in db: Database) throws {
        let ended = try String.fetchAll(
            db, sql: "SELECT referral FROM reading WHERE ends <= ? ORDER BY ends", arguments: [now.milliseconds])
        for id in ended {
            try forget(id, through: UInt64(Int64.max), in: db)
            let document = try Data.fetchOne(db, sql: "SELECT document FROM referral WHERE id = ?", arguments: [id])
            if let document {
                var row = try EventJSON.decode(InboxReferral.self, from: document)
                row.parts = []
                try db.execute(
                    sql: "UPDATE referral SET document = ? WHERE id = ?", arguments: [EventJSON.encode(row), id])
            }
            try db.execute(sql: "DELETE FROM reading WHERE referral = ?", arguments: [id])
        }
    }

    /// Drops the parts from the entries about a referral; position, leaf and chain stay as they were.
    private static func forget(_ referral: String, through sequence: UInt64, in db: Database) throws {
        let entries = try Row.fetchAll(
            db, sql: "SELECT sequence, event FROM entry WHERE subject = ? AND sequence <= ?",
            arguments: ["referral/\(referral)", Int64(clamping: sequence)])
        for entry in entries {
            let json: Data = entry[1]
            guard case .object(var event) = try EventJSON.decode(JSONValue.self, from: json),
                case .object(var data)? = event["data"], case .array(let parts)? = data["parts"], !parts.isEmpty
            else { continue }
            data["parts"] = .array([])
            event["data"] = .object(data)
            try db.execute(
                sql: "UPDATE entry SET event = ? WHERE sequence = ?",
                arguments: [EventJSON.encode(JSONValue.object(event)), entry[0] as Int64])
        }
    }
}
