import EventSourcing
import FoundationEssentials
import GRDB

/// Rows of `request`: which commands took effect, for ever.
enum LogRequests {
    static let selection = """
        SELECT fingerprint, first_position, last_position, answer_position FROM request
        WHERE command_id = ? AND actor = ?
        """

    /// How a command was accepted.
    struct Known {
        let acceptance: Acceptance
        /// Nothing once a person the command touched was erased.
        let fingerprint: Data?
    }

    static func find(_ commandID: UniqueID, by actor: AccountID, in db: Database) throws -> Known? {
        try find(commandID, by: actor, with: PreparedStatement(db, selection))
    }

    /// - Parameter statement: ``selection``, prepared.
    static func find(_ commandID: UniqueID, by actor: AccountID, with statement: PreparedStatement) throws -> Known? {
        try statement.bind(1, commandID)
        try statement.bind(2, actor.unique)
        defer { statement.reset() }
        guard try statement.step() else { return nil }
        var events: ClosedRange<Position>?
        if let first = try statement.countIfAny(1), let last = try statement.countIfAny(2) {
            guard first <= last else { throw StoredRow.Unreadable(column: 2) }
            events = Position(first)...Position(last)
        }
        return Known(
            acceptance: Acceptance(events: events, position: Position(try statement.count(3)), isRepeat: true),
            fingerprint: try statement.blobIfAny(0))
    }
}
