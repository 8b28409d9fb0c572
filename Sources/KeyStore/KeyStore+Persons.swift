import Crypto
package import EventSourcing
import Foundation
import GRDB
import NIOConcurrencyHelpers

/// How a person was let in: under the proposed reference, or under the one the identity number had already.
package struct Admission: Hashable, Sendable {
    package let person: PersonReference
    package let isNew: Bool
}

extension KeyStore {
    /// Makes a person's key and index rows in one transaction, before any event names the person.
    ///
    /// Two stations that send one identity number at once get one reference. Asked again with the same reference, the
    /// answer is the same. A person first met without papers can bring the identity number later.
    ///
    /// - Parameters:
    ///   - identityNumber: 18 checked characters, a final X in either case; nothing for a person without papers.
    ///   - name: Indexed by every two neighbouring characters; not stored.
    ///   - proposed: A new reference, used unless the number is known.
    package func admitPerson(
        identityNumber: String?, name: String, proposed: PersonReference
    ) throws(KeyStoreError) -> Admission {
        let identity = try identityNumber.map { number throws(KeyStoreError) in try identityDigest(number) }
        let pieces = try nameDigests(name)
        let key = synthetic?.key(of: proposed) ?? SymmetricKey(size: .bits256)
        let person = Data(proposed.unique.bytes)
        let admission = try inTransaction { database in
            if let identity,
                let known = try Data.fetchOne(
                    database, sql: "SELECT person FROM identity_index WHERE digest = ?", arguments: [identity]),
                let reference = PersonReference(stored: known)
            {
                return Admission(person: reference, isNew: false)
            }
            guard try !Self.holds(person, in: "erased_person", database) else { throw KeyStoreError(.erased(proposed)) }
            let isNew = try !Self.holds(person, in: "person_key", database)
            if isNew {
                try database.execute(
                    sql: "INSERT INTO person_key (person, wrapped) VALUES (?, ?)",
                    arguments: [person, try self.wrapping.wrap(key, for: .person(proposed))])
            }
            if let identity {
                guard try !Self.holds(person, in: "identity_index", database) else {
                    throw KeyStoreError(.referenceTaken(proposed))
                }
                try database.execute(
                    sql: "INSERT INTO identity_index (digest, person) VALUES (?, ?)", arguments: [identity, person])
            }
            for piece in pieces {
                try database.execute(
                    sql: "INSERT OR IGNORE INTO name_index (digest, person) VALUES (?, ?)", arguments: [piece, person])
            }
            return Admission(person: proposed, isNew: isNew)
        }
        return admission
    }

    /// The person with this identity number, if there is one.
    package func personReference(forIdentityNumber number: String) throws(KeyStoreError) -> PersonReference? {
        let digest = try identityDigest(number)
        let stored = try inTransaction { database in
            try Data.fetchOne(
                database, sql: "SELECT person FROM identity_index WHERE digest = ?", arguments: [digest])
        }
        return stored.flatMap(PersonReference.init(stored:))
    }

    /// Persons whose name may hold these characters, sorted; the names themselves must be compared after opening.
    ///
    /// - Parameter limit: At most this many.
    package func persons(named fragment: String, limit: Int) throws(KeyStoreError) -> [PersonReference] {
        let (sql, pieces) = try nameSearch(fragment)
        let rows = try inTransaction { database in
            try Data.fetchAll(database, sql: sql, arguments: StatementArguments(pieces) + [limit])
        }
        return rows.compactMap(PersonReference.init(stored:))
    }

    /// How SQLite would search for a name; for tests, which hold it against scans.
    package func planOfNameSearch(_ fragment: String) throws(KeyStoreError) -> String {
        let (sql, pieces) = try nameSearch(fragment)
        return try inTransaction { database in
            try Row.fetchAll(
                database, sql: "EXPLAIN QUERY PLAN " + sql, arguments: StatementArguments(pieces) + [1]
            ).map { $0["detail"] as String }.joined(separator: "\n")
        }
    }

    /// One piece leads in the order of its index, the others are sought for each of its persons: nothing is sorted, so
    /// that a common name costs no more than its page.
    private func nameSearch(_ fragment: String) throws(KeyStoreError) -> (sql: String, pieces: [Data]) {
        let pieces = try nameDigests(fragment)
        let others = pieces.indices.dropFirst().map {
            " CROSS JOIN name_index AS n\($0) ON n\($0).person = n0.person AND n\($0).digest = ?\($0 + 1)"
        }
        let sql = """
            SELECT n0.person FROM name_index AS n0\(others.joined())
            WHERE n0.digest = ?1 ORDER BY n0.person LIMIT ?\(pieces.count + 1)
            """
        return (sql, pieces)
    }

    /// Makes these the telephone numbers a person is found by; earlier ones are forgotten.
    ///
    /// - Parameter numbers: Digits alone.
    /// - Throws: ``KeyStoreError``; a person without a key has no numbers.
    package func indexPhones(_ numbers: [String], of person: PersonReference) throws(KeyStoreError) {
        let stored = Data(person.unique.bytes)
        let digests = numbers.map(phoneDigest)
        try inTransaction { database in
            guard try Self.holds(stored, in: "person_key", database) else { return }
            try database.execute(sql: "DELETE FROM phone_index WHERE person = ?", arguments: [stored])
            for digest in digests {
                try database.execute(
                    sql: "INSERT OR IGNORE INTO phone_index (digest, person) VALUES (?, ?)",
                    arguments: [digest, stored])
            }
        }
    }

    /// Whether everybody whose number was ever recorded is found by it, also from before there was an index.
    package func isPhoneIndexWhole() throws(KeyStoreError) -> Bool {
        try inTransaction { database in
            try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM phone_index_whole)") ?? false
        }
    }

    /// Remembers that the index holds everybody.
    package func completePhoneIndex() throws(KeyStoreError) {
        try inTransaction { database in
            try database.execute(sql: "INSERT OR IGNORE INTO phone_index_whole (only) VALUES (1)")
        }
    }

    /// Gives a person a number to be found by, unless they have one already: what was indexed since is newer.
    ///
    /// - Parameter number: Digits alone.
    package func fillInPhone(_ number: String, of person: PersonReference) throws(KeyStoreError) {
        let stored = Data(person.unique.bytes)
        let digest = phoneDigest(number)
        try inTransaction { database in
            guard try Self.holds(stored, in: "person_key", database),
                try !Self.holds(stored, in: "phone_index", database)
            else { return }
            try database.execute(
                sql: "INSERT INTO phone_index (digest, person) VALUES (?, ?)", arguments: [digest, stored])
        }
    }

    /// Persons with this telephone number, sorted.
    package func persons(withPhone number: String, limit: Int) throws(KeyStoreError) -> [PersonReference] {
        let digest = phoneDigest(number)
        let rows = try inTransaction { database in
            try Data.fetchAll(
                database, sql: "SELECT person FROM phone_index WHERE digest = ? ORDER BY person LIMIT ?",
                arguments: [digest, limit])
        }
        return rows.compactMap(PersonReference.init(stored:))
    }

    /// Destroys a person's key and index rows for good; asked again it does nothing.
    package func erase(_ person: PersonReference) throws(KeyStoreError) {
        let stored = Data(person.unique.bytes)
        try inTransaction { database in
            try database.execute(sql: "INSERT OR IGNORE INTO erased_person (person) VALUES (?)", arguments: [stored])
            try database.execute(sql: "DELETE FROM person_key WHERE person = ?", arguments: [stored])
        }
        personKeys.withLockedValue { $0.remove(person) }
        try KeyStoreSchema.guarding(path) {
            // The old pages must not live on in the write-ahead log.
            try queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        }
    }

    /// Checks that these keys are not older than the log: every person with ciphertext has a key or was erased.
    ///
    /// - Parameters:
    ///   - persons: Those whose sealed parts still have ciphertext.
    ///   - erased: Those an erasure event names.
    /// - Throws: ``KeyStoreError`` `olderThanLog` with the first that is missing, in order.
    package func checkPersons(
        ofLog persons: some Sequence<PersonReference>, erased: Set<PersonReference> = []
    ) throws(KeyStoreError) {
        let missing = try inTransaction { try Self.firstMissing(of: persons, erased: erased, in: $0) }
        if let missing { throw KeyStoreError(.olderThanLog(missing)) }
    }

    /// How many persons have a key.
    package func personCount() throws(KeyStoreError) -> Int {
        try inTransaction { try Int.fetchOne($0, sql: "SELECT count(*) FROM person_key") ?? 0 }
    }

    func inTransaction<Value>(_ body: (Database) throws -> Value) throws(KeyStoreError) -> Value {
        try KeyStoreSchema.guarding(path) { try queue.write(body) }
    }

    /// The first person, in order, who has neither a key nor an erasure.
    static func firstMissing(
        of persons: some Sequence<PersonReference>, erased: Set<PersonReference>, in database: Database
    ) throws -> PersonReference? {
        try persons.sorted().first { person in
            let stored = Data(person.unique.bytes)
            return try !erased.contains(person) && !holds(stored, in: "person_key", database)
                && !holds(stored, in: "erased_person", database)
        }
    }

    static func holds(_ person: Data, in table: String, _ database: Database) throws -> Bool {
        try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM \(table) WHERE person = ?)", arguments: [person]) ?? false
    }

    private func phoneDigest(_ number: String) -> Data {
        Data(HMAC<SHA256>.authenticationCode(for: Data("phone:\(number)".utf8), using: hubKeys.identity))
    }

    private func identityDigest(_ number: String) throws(KeyStoreError) -> Data {
        guard number.utf8.count == 18 else { throw KeyStoreError(.identityNumberLength) }
        let digest = HMAC<SHA256>.authenticationCode(
            for: Data("idno:\(number.uppercased())".utf8), using: hubKeys.identity)
        return Data(digest)
    }

    /// One digest for every two neighbouring characters, sorted; of a name of one character, that one.
    private func nameDigests(_ name: String) throws(KeyStoreError) -> [Data] {
        let characters = Array(name.precomposedStringWithCanonicalMapping.filter { !$0.isWhitespace })
        guard !characters.isEmpty else { throw KeyStoreError(.nameEmpty) }
        let pieces =
            characters.count == 1
            ? [String(characters)] : zip(characters, characters.dropFirst()).map { String([$0, $1]) }
        return Set(pieces).sorted().map { piece in
            Data(HMAC<SHA256>.authenticationCode(for: Data(piece.utf8), using: hubKeys.name).prefix(8))
        }
    }
}

extension EntityID {
    /// Reads 16 stored bytes.
    init?(stored: Data) {
        guard let unique = UniqueID(bytes: stored) else { return nil }
        self.init(unique)
    }
}
