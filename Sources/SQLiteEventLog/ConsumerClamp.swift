import EventSourcing
import FoundationEssentials
import GRDB
import MerkleLog

/// Takes consumers back to the end of what a copy holds: nobody can have acknowledged what is not there.
enum ConsumerClamp {
    static func apply(in db: Database, of logID: UniqueID) throws {
        for consumer in try beyondTheirFeed(db) {
            let last = try db.first(
                "SELECT seq, chain FROM feed_entry WHERE feed_id = ? ORDER BY seq DESC LIMIT 1", [consumer.feed])
            try db.run(
                "UPDATE consumer SET acked_seq = ?, acked_chain = ? WHERE feed_id = ? AND name = ?",
                [
                    try last?.integer(0) ?? 0,
                    try last?.blob(1) ?? FeedChain.start(logID: logID.bytes, department: consumer.department),
                    consumer.feed, consumer.name,
                ])
        }
    }

    private struct Consumer {
        let feed: Int64
        let department: String
        let name: String
    }

    private static func beyondTheirFeed(_ db: Database) throws -> [Consumer] {
        var consumers: [Consumer] = []
        let cursor = try db.rows(
            """
            SELECT c.feed_id, f.name, c.name FROM consumer c JOIN feed f ON f.id = c.feed_id WHERE c.acked_seq >
              (SELECT coalesce(max(seq), 0) FROM feed_entry e WHERE e.feed_id = c.feed_id) ORDER BY c.feed_id, c.name
            """)
        while let row = try cursor.next().map(StoredRow.init) {
            consumers.append(
                Consumer(feed: try row.integer(0), department: try row.text(1), name: try row.text(2)))
        }
        return consumers
    }
}
