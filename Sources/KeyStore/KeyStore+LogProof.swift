package import EventSourcing
import FoundationEssentials
import GRDB

/// How far the log is known to name nobody whose key is missing; it stands in the keys' own file.
///
/// Keys put back from an older copy bring their own, older place with them, and are proven again from there.
extension KeyStore {
    /// The place up to which a log was checked against these keys; the start when it never was, when the log has another
    /// epoch, or when persons are missing who were counted then.
    ///
    /// - Complexity: O(*p*) in the persons, who are only counted.
    package func provenPosition(inEpoch epoch: UniqueID) throws(KeyStoreError) -> Position {
        try inTransaction { database in
            guard
                let row = try Row.fetchOne(database, sql: "SELECT epoch, position, persons FROM log_proof"),
                row["epoch"] as Data == Data(epoch.bytes), let position = UInt64(exactly: row["position"] as Int64),
                try Self.personsEver(database) >= row["persons"] as Int64
            else { return .start }
            return Position(position)
        }
    }

    /// Checks persons of a log, as ``checkPersons(ofLog:erased:)`` does, and remembers the place they were read up to.
    ///
    /// - Parameter position: Every person with ciphertext up to here is in `persons`, or was in those of an earlier call.
    /// - Throws: ``KeyStoreError`` `olderThanLog`; then nothing is remembered.
    package func prove(
        _ persons: some Sequence<PersonReference>, upTo position: Position, inEpoch epoch: UniqueID
    ) throws(KeyStoreError) {
        try checkPersons(ofLog: persons)
        try inTransaction { database in
            try database.execute(
                sql: """
                    INSERT INTO log_proof (only, epoch, position, persons) VALUES (1, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET epoch = excluded.epoch, position = excluded.position,
                      persons = excluded.persons
                    """,
                arguments: [Data(epoch.bytes), Int64(clamping: position.number), try Self.personsEver(database)])
        }
    }

    /// Persons with a key and persons erased: together they only grow, unless rows were lost.
    private static func personsEver(_ database: Database) throws -> Int64 {
        try Int64.fetchOne(
            database, sql: "SELECT (SELECT count(*) FROM person_key) + (SELECT count(*) FROM erased_person)") ?? 0
    }
}
