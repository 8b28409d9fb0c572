import EventSourcing
import Foundation
import GRDB
import HubTesting
import SQLiteEventLog
import Testing

/// The file itself refuses to have written facts changed.
@Suite struct GuardTests {
    static let forbidden = [
        "DELETE FROM event WHERE position = 100", "UPDATE event SET data = x'7b7d' WHERE position = 5",
        "UPDATE event SET data = NULL WHERE position = 5", "UPDATE event SET meta = x'7b7d' WHERE position = 5",
        "UPDATE event SET recorded_at = 0", "UPDATE event SET leaf = zeroblob(32)",
        "UPDATE event SET salt = NULL WHERE position = 5",
        "UPDATE event SET salt = NULL, removed = zeroblob(165), data = x'00' WHERE position = 5",
        "DELETE FROM sealed", "UPDATE sealed SET ciphertext = zeroblob(17)", "UPDATE sealed SET digest = zeroblob(32)",
        "UPDATE sealed SET nonce = NULL", "DELETE FROM event_tag", "UPDATE event_tag SET tag_id = 9",
        "DELETE FROM feed_entry", "UPDATE feed_entry SET chain = zeroblob(32)", "DELETE FROM request",
        "UPDATE request SET last_position = 1", "UPDATE request SET fingerprint = zeroblob(32)", "DELETE FROM tag",
        "UPDATE tag SET name = 'x'", "DELETE FROM event_type", "UPDATE event_type SET name = name || 'x'",
        "DELETE FROM feed", "UPDATE feed SET name = name || 'x'", "DELETE FROM log_meta",
        "UPDATE log_meta SET v = x'00' WHERE k = 'log_id'", "DELETE FROM tree_edge", "UPDATE tree_edge SET size = 1",
    ]

    @Test func `no statement changes what is written`() async throws {
        var generator = SeededGenerator.printed()
        let filled = try await FilledLog(&generator)
        let queue = try DatabaseQueue(path: filled.folder.file)
        for sql in Self.forbidden {
            #expect(throws: DatabaseError.self, "\(sql)") {
                try queue.write { db in try db.execute(sql: sql) }
            }
        }
        try queue.close()
        #expect(try await filled.verify().finding == nil)
    }

    @Test func `a restore may give the log a new epoch`() async throws {
        var generator = SeededGenerator.printed()
        let filled = try await FilledLog(&generator)
        let epoch = generator.uniqueID()
        let queue = try DatabaseQueue(path: filled.folder.file)
        try await queue.write { db in
            try db.execute(sql: "UPDATE log_meta SET v = ? WHERE k = 'epoch'", arguments: [Data(epoch.bytes)])
        }
        try queue.close()
        #expect(try filled.open().identity.epoch == epoch)
    }
}
