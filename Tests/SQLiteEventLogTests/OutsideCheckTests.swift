import EventSourcing
import Foundation
import HubTesting
import SQLiteEventLog
import Testing

/// Programs that share no code with ours look at the file and at what we ask of the system.
@Suite struct OutsideCheckTests {
    @Test func `a program in another language verifies a whole log`() async throws {
        var generator = SeededGenerator.printed()
        let log = try await FilledLog(&generator)
        let check = try OutsideProgram.checkLog(log.folder.file)
        #expect(check.status == 0, "python3 must be installed; it said: \(check.said)")
        #expect(check.said.contains("100 events hold"))
    }

    @Test(arguments: [
        ("UPDATE event SET data = x'7b7d20' WHERE position = 5", "position 5:"),
        ("UPDATE sealed SET ciphertext = zeroblob(17) WHERE position = 7 AND section = 1", "position 7:"),
        ("UPDATE feed_entry SET chain = zeroblob(32) WHERE feed_id = 1 AND seq = 3", "position 9:"),
        ("DELETE FROM event WHERE position = 50", "position 50:"),
        ("DELETE FROM request WHERE first_position = 33", "position 33:"),
        ("UPDATE tree_edge SET root = zeroblob(32)", "root"),
    ])
    func `it finds the first bad position as we do`(sql: String, expected: String) async throws {
        var generator = SeededGenerator.printed()
        let log = try await FilledLog(&generator)
        try log.tamper(sql)
        let check = try OutsideProgram.checkLog(log.folder.file)
        #expect(check.status == 1 && check.said.contains(expected), "\(check.said)")
    }
}
