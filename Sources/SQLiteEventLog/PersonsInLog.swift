package import EventSourcing
import FoundationEssentials
import GRDB

/// Whose sealed parts stand in a range of events.
package struct PersonsInLog: Sendable {
    /// Those with ciphertext, each once.
    package let persons: Set<PersonReference>
    /// The last position looked at.
    package let reached: Position

    /// Looks at no more than this many positions in one read transaction.
    private static let span: UInt64 = 1000

    init(after: Position, in snapshot: LogSnapshot) throws {
        let head = try snapshot.head().position
        let last = min(head.number, after.number + Self.span)
        var persons: Set<PersonReference> = []
        let cursor = try snapshot.db.rows(
            """
            SELECT DISTINCT person FROM sealed WHERE position > ? AND position <= ? AND ciphertext IS NOT NULL
            """, [Int64(clamping: after.number), Int64(clamping: last)])
        while let row = try cursor.next().map(StoredRow.init) {
            guard let person = UniqueID(bytes: try row.blob(0)) else { throw StoredRow.Unreadable(column: 0) }
            persons.insert(PersonReference(person))
        }
        self.persons = persons
        reached = Position(max(last, after.number))
    }
}

extension SQLiteEventLog {
    /// Persons with ciphertext in the next events after a place; at the head, nobody and the same place.
    package func persons(after: Position) async throws(EventLogError) -> PersonsInLog {
        try await read { try PersonsInLog(after: after, in: $0) }
    }
}

extension SQLiteLogReader {
    /// Persons with ciphertext in the next events after a place; at the head, nobody and the same place.
    package func persons(after: Position) async throws(EventLogError) -> PersonsInLog {
        try await read { try PersonsInLog(after: after, in: $0) }
    }
}
