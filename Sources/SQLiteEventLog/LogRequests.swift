import EventSourcing
import FoundationEssentials
import GRDB

/// Rows of `request`: which commands took effect, for ever.
enum LogRequests {
    /// How a command was accepted.
    struct Known {
        let acceptance: Acceptance
        /// Nothing once a person the command touched was erased.
        let fingerprint: Data?
    }

    static func find(_ commandID: UniqueID, by actor: AccountID, in db: Database) throws -> Known? {
        guard
            let row = try db.first(
                """
                SELECT fingerprint, first_position, last_position, answer_position FROM request
                WHERE command_id = ? AND actor = ?
                """, [Data(commandID.bytes), Data(actor.unique.bytes)])
        else { return nil }
        var events: ClosedRange<Position>?
        if let first = try row.countIfAny(1), let last = try row.countIfAny(2) {
            guard first <= last else { throw StoredRow.Unreadable(column: 2) }
            events = Position(first)...Position(last)
        }
        return Known(
            acceptance: Acceptance(events: events, position: Position(try row.count(3)), isRepeat: true),
            fingerprint: try row.blobIfAny(0))
    }

    static func insert(_ acceptance: Acceptance, for append: Append, in db: Database) throws {
        try db.run(
            """
            INSERT INTO request(command_id, actor, fingerprint, first_position, last_position, answer_position)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                Data(append.commandID.bytes), Data(append.actor.unique.bytes), append.fingerprint,
                acceptance.events.map { Int64(clamping: $0.lowerBound.number) },
                acceptance.events.map { Int64(clamping: $0.upperBound.number) },
                Int64(clamping: acceptance.position.number),
            ])
    }
}
