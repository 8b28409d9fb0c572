import EventSourcing
import Foundation
import GRDB
import HubTesting
import SQLiteEventLog
import Testing

/// A byte that changed anywhere in the file is found, or changed nothing that a log says.
@Suite struct CorruptionTests {
    /// What no digest covers and no check repeats: a change there goes unseen.
    ///
    /// The leaves cover what happened. Beside them stand who sent which command and what answered it, how far consumers
    /// are, epoch and demo mark: their shape is checked, and their values are nobody's but theirs.
    static let notCovered: Set<String> = [
        "request.0", "request.1", "request.2", "request.5", "consumer.0", "consumer.1", "consumer.2", "consumer.3",
        "consumer.4", "log_meta.1",
    ]

    private static let shards = 2

    @Test(arguments: 0..<shards) func `a flipped byte on any kind of page is found or changes nothing`(shard: Int)
        async throws
    {
        let start = ContinuousClock.now
        var generator = SeededGenerator.printed()
        let specimen = try await Specimen(&generator)
        let pages = specimen.pages
        let whole = try LogicalContent(file: specimen.folder.file)
        #expect(Set(pages.owners.values).isSuperset(of: Specimen.kinds), "\(Set(pages.owners.values))")
        var tally: [String: Int] = [:]
        var seen: Set<String> = []
        for byte in specimen.bytes(shard: shard, of: Self.shards, &generator) {
            let mask = UInt8(1 << Int.random(in: 0..<8, using: &generator))
            let judged = try await specimen.judge(byte: byte, mask: mask, whole: whole)
            tally[judged.result.name, default: 0] += 1
            if case .differs(let places) = judged.result {
                seen.formUnion(places)
                #expect(
                    places.isSubset(of: Self.notCovered),
                    "byte \(byte) of page \(byte / pages.pageSize + 1) (\(judged.owner)), mask \(mask): \(places) unseen"
                )
            }
            if let fault = judged.fault { Issue.record("byte \(byte) (\(judged.owner)), mask \(mask): \(fault)") }
        }
        #expect((tally["found"] ?? 0) > 30)
        Effort.report("corruption: \(tally.sorted { $0.key < $1.key }), unseen in \(seen.sorted())", since: start)
    }

    @Test func `a row of the log that took another number is told where it was, or before`() async throws {
        var generator = SeededGenerator.printed()
        let specimen = try await Specimen(&generator)
        let whole = try LogicalContent(file: specimen.folder.file)
        let row = UInt64.random(in: 5...20, using: &generator)
        let bytes = specimen.pages.bytes.indices.filter { specimen.pages.position(of: $0) == row }
        try #require(bytes.count > 100)
        // Its length and its number come first.
        for byte in bytes.prefix(8) {
            for bit in 0..<8 {
                let judged = try await specimen.judge(byte: byte, mask: 1 << UInt8(bit), whole: whole)
                #expect(judged.fault == nil, "byte \(byte), bit \(bit)")
            }
        }
    }

    /// A change of rows, made with a statement.
    static let tables = ["event", "sealed", "feed_entry", "request", "tag", "event_type", "feed", "tree_edge"]

    @Test(arguments: tables) func `a deleted row is found, whichever it is`(table: String) async throws {
        var generator = SeededGenerator.printed()
        let specimen = try await Specimen(&generator)
        let rows = try specimen.count(of: table)
        #expect(rows > 0)
        for _ in 0..<4 {
            let row = Int.random(in: 0..<rows, using: &generator)
            let key = try specimen.key(of: table)
            try specimen.tamper(
                """
                DELETE FROM \(table) WHERE (\(key)) IN (SELECT \(key) FROM \(table) ORDER BY \(key) LIMIT 1 OFFSET \(row))
                """)
            // A request of an append without events is only its own witness.
            let isAlone = table == "request" && row < rows && specimen.lostAnEmptyRequest
            #expect(try await specimen.isNoticed() || isAlone, "row \(row) of \(table)")
            try specimen.restore()
        }
    }

    static let reordered = ["event": "position", "feed_entry": "seq", "sealed": "section"]

    @Test(arguments: reordered.keys.sorted()) func `two rows that changed places are found`(table: String) async throws
    {
        var generator = SeededGenerator.printed()
        let specimen = try await Specimen(&generator)
        let key = try #require(Self.reordered[table])
        let group = ["feed_entry": "feed_id = 1", "sealed": "position = (SELECT min(position) FROM sealed)"][table]
        let first = table == "event" ? Int.random(in: 1...10, using: &generator) : 1
        try specimen.tamper(
            """
            UPDATE \(table) SET \(key) = \(key) + 1000 WHERE \(key) IN (\(first), \(first + 1)) AND \(group ?? "true");
            UPDATE \(table) SET \(key) = \(2 * first + 1001) - \(key) WHERE \(key) > 1000;
            """)
        let finding = try await specimen.finding()
        #expect(finding != nil)
        if table == "event" { #expect(finding?.position.map { $0 <= Position(UInt64(first)) } ?? true) }
    }

    static let inserted = [
        """
        INSERT INTO event SELECT (SELECT max(position) + 1 FROM event), randomblob(16), append_first, type_id,
          schema_version, occurred_at, recorded_at, meta, data, tag_ids, audience, disclosure, salt, removed, leaf
        FROM event WHERE position = 3
        """,
        "INSERT INTO sealed SELECT position, 9, grp, person, digest, nonce, ciphertext FROM sealed LIMIT 1",
        "INSERT INTO request VALUES (randomblob(16), randomblob(16), randomblob(32), 3, 3, 3)",
        "INSERT INTO feed_entry SELECT feed_id, (SELECT max(seq) + 1 FROM feed_entry WHERE feed_id = 1), 1, chain FROM feed_entry WHERE feed_id = 1 LIMIT 1",
    ]

    @Test(arguments: inserted) func `an inserted row is found`(sql: String) async throws {
        var generator = SeededGenerator.printed()
        let specimen = try await Specimen(&generator)
        try specimen.tamper(sql)
        #expect(try await specimen.isNoticed())
    }

    @Test func `a file cut short at any page is found`() async throws {
        var generator = SeededGenerator.printed()
        let specimen = try await Specimen(&generator)
        let size = specimen.pages.pageSize
        for pages in 0..<specimen.pages.bytes.count / size {
            for length in [pages * size, pages * size + Int.random(in: 1..<size, using: &generator)] {
                try specimen.write(specimen.pages.bytes.prefix(length))
                #expect(try await specimen.isNoticed(), "\(length) bytes")
            }
        }
    }
}
