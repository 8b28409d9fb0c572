import EventSourcing
import Foundation
import GRDB
import HubTesting
import MerkleLog
import SQLiteEventLog
import Testing

/// Whatever is changed behind the log's back is found, with the first position that it concerns.
@Suite struct VerifierTests {
    @Test func `an untouched log is whole, and progress reaches its head`() async throws {
        var generator = SeededGenerator.printed()
        let log = try await FilledLog(&generator)
        let verification = try await log.verify()
        #expect(verification.finding == nil)
        #expect(verification.head.position == Position(UInt64(FilledLog.events)))
        #expect(verification.identity == log.identity)
    }

    @Test func `an empty log is whole`() async throws {
        var generator = SeededGenerator.printed()
        let folder = try LogFolder()
        let log = try SQLiteEventLog.create(
            in: folder.path, identity: .sample(&generator), clock: PushedClock())
        await log.close()
        #expect(try await LogVerifier(SQLiteLogReader(folder: folder.path)).verify().finding == nil)
    }

    /// A blob column of one row, of which one byte is flipped.
    struct Flip: CustomTestStringConvertible {
        let table: String
        let column: String
        let row: String
        let position: UInt64
        let fault: LogVerification.Fault

        var testDescription: String { "\(table).\(column)" }
    }

    static let flips = [
        Flip(table: "event", column: "data", row: "position = 5", position: 5, fault: .leaf),
        Flip(table: "event", column: "salt", row: "position = 9", position: 9, fault: .leaf),
        Flip(table: "event", column: "leaf", row: "position = 40", position: 40, fault: .leaf),
        Flip(table: "event", column: "event_id", row: "position = 6", position: 6, fault: .leaf),
        Flip(
            table: "sealed", column: "ciphertext", row: "position = 3 AND section = 2", position: 3,
            fault: .sealedDigest),
        Flip(table: "sealed", column: "nonce", row: "position = 7 AND section = 1", position: 7, fault: .sealedDigest),
        Flip(table: "sealed", column: "person", row: "position = 7 AND section = 1", position: 7, fault: .sealedLabels),
        Flip(table: "feed_entry", column: "chain", row: "feed_id = 1 AND seq = 3", position: 9, fault: .feed),
    ]

    @Test(arguments: flips) func `a flipped byte is found at its position`(flip: Flip) async throws {
        var generator = SeededGenerator.printed()
        let log = try await FilledLog(&generator)
        var bytes = try log.blob("SELECT \(flip.column) FROM \(flip.table) WHERE \(flip.row)")
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[index] ^= UInt8(1 << Int.random(in: 0..<8, using: &generator))
        try log.tamper("UPDATE \(flip.table) SET \(flip.column) = ? WHERE \(flip.row)", [bytes])
        let finding = try await log.verify().finding
        #expect(finding?.fault == flip.fault && finding?.position == Position(flip.position))
    }

    /// A statement that damages a log, and what the verifier must say.
    struct Damage: CustomTestStringConvertible {
        let name: String
        let sql: String
        let position: UInt64?
        let fault: LogVerification.Fault

        var testDescription: String { name }
    }

    static let damages = [
        Damage(
            name: "meta",
            sql: "UPDATE event SET meta = CAST(replace(CAST(meta AS TEXT), 'http', 'feed') AS BLOB) WHERE position = 2",
            position: 2, fault: .leaf),
        Damage(
            name: "tag name", sql: "UPDATE tag SET name = 'case:x' WHERE name = 'case:4'", position: 9, fault: .leaf),
        Damage(
            name: "tag that is none", sql: "UPDATE tag SET name = 'x' WHERE name = 'case:4'", position: 9,
            fault: .unreadable),
        Damage(
            name: "type name", sql: "UPDATE event_type SET name = 'X' WHERE name = 'CoHandlerInvited'", position: 2,
            fault: .leaf),
        Damage(
            name: "type number", sql: "UPDATE event SET type_id = 99 WHERE position = 31", position: 31,
            fault: .unreadable),
        Damage(
            name: "fewer tags", sql: "UPDATE event SET tag_ids = x'' WHERE position = 12", position: 12, fault: .leaf),
        Damage(
            name: "audience", sql: "UPDATE event SET audience = CAST('gongan' AS BLOB) WHERE position = 1", position: 1,
            fault: .form),
        Damage(
            name: "disclosure",
            sql: "UPDATE event SET disclosure = CAST('{\"jiaoyu\":[\"health\"]}' AS BLOB) WHERE position = 1",
            position: 1, fault: .leaf),
        Damage(
            name: "disclosure that is none", sql: "UPDATE event SET disclosure = x'7b' WHERE position = 1", position: 1,
            fault: .form),
        Damage(
            name: "occurred", sql: "UPDATE event SET occurred_at = occurred_at + 1 WHERE position = 77", position: 77,
            fault: .leaf),
        Damage(
            name: "recorded", sql: "UPDATE event SET recorded_at = recorded_at - 1 WHERE position = 77", position: 77,
            fault: .leaf),
        Damage(
            name: "version", sql: "UPDATE event SET schema_version = 2 WHERE position = 77", position: 77, fault: .leaf),
        Damage(
            name: "append", sql: "UPDATE event SET append_first = 19 WHERE position = 21", position: 21, fault: .leaf),
        Damage(name: "missing event", sql: "DELETE FROM event WHERE position = 50", position: 50, fault: .positions),
        Damage(name: "missing end", sql: "DELETE FROM event WHERE position = 100", position: 100, fault: .positions),
        Damage(
            name: "swapped events",
            sql:
                "UPDATE event SET position = CASE position WHEN 10 THEN -12 WHEN 12 THEN -10 ELSE position END; UPDATE event SET position = -position WHERE position < 0",
            position: 10, fault: .leaf),
        Damage(
            name: "missing section", sql: "DELETE FROM sealed WHERE position = 3 AND section = 2", position: 3,
            fault: .sealedLabels),
        Damage(
            name: "erased section kept",
            sql:
                "UPDATE sealed SET digest = zeroblob(32), nonce = NULL, ciphertext = NULL WHERE position = 3 AND section = 1",
            position: 3, fault: .leaf),
        Damage(
            name: "index",
            sql:
                "DELETE FROM event_tag WHERE position = 16 AND tag_id = (SELECT max(tag_id) FROM event_tag WHERE position = 16)",
            position: 16, fault: .index),
        Damage(
            name: "missing entry", sql: "DELETE FROM feed_entry WHERE feed_id = 2 AND seq = 1", position: 3,
            fault: .feed),
        Damage(
            name: "extra entry",
            sql:
                "INSERT INTO feed_entry SELECT feed_id, seq + 1, 100, chain FROM feed_entry WHERE feed_id = 2 ORDER BY seq DESC LIMIT 1",
            position: 100, fault: .feed),
        Damage(
            name: "missing request", sql: "DELETE FROM request WHERE first_position = 33", position: 33, fault: .request
        ),
        Damage(
            name: "shorter request", sql: "UPDATE request SET last_position = 33 WHERE first_position = 33",
            position: 33, fault: .request),
        Damage(
            name: "half a request that made no events",
            sql: "INSERT INTO request VALUES (zeroblob(16), zeroblob(16), NULL, 0, NULL, 3)", position: nil,
            fault: .request),
        Damage(
            name: "half a request", sql: "UPDATE request SET last_position = NULL WHERE first_position = 33",
            position: 33, fault: .request),
        Damage(name: "root", sql: "UPDATE tree_edge SET root = zeroblob(32)", position: nil, fault: .root),
        Damage(name: "longer than its tree", sql: "UPDATE tree_edge SET size = 98", position: nil, fault: .positions),
    ]

    @Test(arguments: damages) func `damage is found at its position`(damage: Damage) async throws {
        var generator = SeededGenerator.printed()
        let log = try await FilledLog(&generator)
        try log.tamper(damage.sql)
        let finding = try await log.verify().finding
        #expect(finding?.fault == damage.fault, "\(finding?.detail ?? "nothing found")")
        #expect(finding?.position == damage.position.map { Position($0) })
    }

    @Test func `a log whose guards are gone is found, though every row is as it was`() async throws {
        var generator = SeededGenerator.printed()
        let log = try await FilledLog(&generator)
        try log.tamper("SELECT 1")
        #expect(try await log.verify().finding?.fault == .schema)
    }

    @Test func `a name in the schema that became a blob of the same bytes is found`() async throws {
        var generator = SeededGenerator.printed()
        let log = try await FilledLog(&generator)
        try log.changeSchema("name = CAST(name AS BLOB) WHERE name = 'event_kept'")
        #expect(try await log.verify().finding?.fault == .schema)
    }

    /// What a log says of itself in rows of their own, each changed so that nobody would find it by its key.
    static let misnamed = [
        "UPDATE index_mark SET layout = 0", "UPDATE index_mark SET one = 17", "UPDATE tree_edge SET one = 65",
        "UPDATE log_meta SET k = 'dEmo' WHERE k = 'demo'", "UPDATE log_meta SET v = 64 WHERE k = 'demo'",
        "UPDATE log_meta SET k = 'epoCh' WHERE k = 'epoch'", "INSERT INTO log_meta VALUES ('more', 1)",
    ]

    @Test(arguments: misnamed) func `what a log says of itself under another name is told as damage`(sql: String)
        async throws
    {
        var generator = SeededGenerator.printed()
        let log = try await FilledLog(&generator)
        try log.change(sql)
        await #expect { _ = try await log.verify() } throws: { ($0 as? EventLogError)?.code == .damaged }
        #expect { _ = try SQLiteEventLog.open(in: log.folder.path, clock: PushedClock()) } throws: {
            ($0 as? EventLogError)?.code == .damaged
        }
    }

    @Test func `a mark of the indexes that moved back is as after a stop between two writes, and nothing is lost`()
        async throws
    {
        var generator = SeededGenerator.printed()
        let filled = try await FilledLog(&generator)
        let tag = try #require(EventTag("case:4"))
        func found() async throws -> [Position] {
            let log = try filled.open()
            let page = try await log.read(.tagged(tag), after: .start, limit: 100)
            await log.close()
            return page.events.map(\.position)
        }
        let before = try await found()
        try #require(before.count > 1)
        try filled.change("UPDATE index_mark SET position = 3")
        #expect(try await filled.verify().finding == nil)
        #expect(try await found() == before)
        #expect(try await filled.verify().finding == nil)
    }

    @Test func `a name that another row took in the look-up is found`() async throws {
        var generator = SeededGenerator.printed()
        let log = try await FilledLog(&generator)
        // The rows stay; only the index of names says otherwise.
        let whole = try Data(contentsOf: URL(fileURLWithPath: log.folder.file))
        let entry = Data("dept:jiaoyu".utf8)
        let places = whole.ranges(of: entry).map(\.lowerBound)
        #expect(places.count == 2, "once in the row and once in the index")
        for place in places {
            var changed = whole
            changed[place + entry.count - 1] ^= 1
            try changed.write(to: URL(fileURLWithPath: log.folder.file))
            #expect(try await log.verify().finding != nil)
        }
    }

    @Test func `an erasure leaves the log whole`() async throws {
        var generator = SeededGenerator.printed()
        let log = try await FilledLog(&generator)
        let reader = try SQLiteLogReader(folder: log.folder.path)
        let event = try #require(try await reader.events(after: Position(4), limit: 1).first)
        let parts = LeafParts(
            meta: event.meta, data: event.data, tags: event.tags.map(\.description),
            audience: try event.disclosure.audience.map(\.description),
            disclosure: event.disclosureBytes)
        let salt = try #require(event.salt)
        let removed = try #require(RemovedParts(removing: [.data], from: parts, salt: salt))
        // No guard stands in the way of an erasure, so nothing is dropped here.
        let queue = try DatabaseQueue(path: log.folder.file)
        try await queue.write { db in
            try db.execute(
                sql: "UPDATE event SET data = NULL, salt = NULL, removed = ? WHERE position = 5",
                arguments: [removed.encoded])
            try db.execute(sql: "UPDATE sealed SET nonce = NULL, ciphertext = NULL WHERE position = 5")
            try db.execute(sql: "UPDATE request SET fingerprint = NULL WHERE first_position = 5")
        }
        try queue.close()
        #expect(try await log.verify().finding == nil)
        let erased = try #require(try await reader.events(after: Position(4), limit: 1).first)
        #expect(erased.data == nil && erased.salt == nil && erased.leaf == event.leaf)
        #expect(erased.sealed.allSatisfy { $0.ciphertext == nil })
    }

    @Test func `a file with any byte changed never brings a reader down`() async throws {
        var generator = SeededGenerator.printed()
        let log = try await FilledLog(&generator)
        let whole = try Data(contentsOf: URL(fileURLWithPath: log.folder.file))
        var noticed = 0
        for _ in 0..<150 {
            var bytes = whole
            for _ in 0..<4 {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[index] = UInt8.random(in: 0...255, using: &generator)
            }
            try bytes.write(to: URL(fileURLWithPath: log.folder.file))
            do {
                if try await log.verify().finding != nil { noticed += 1 }
            } catch {
                noticed += 1
            }
        }
        #expect(noticed > 0)
    }
}
