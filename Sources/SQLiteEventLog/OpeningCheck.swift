import EventSourcing
import FoundationEssentials
import GRDB
import MerkleLog

/// What is checked before a log is used: that it is ours, whole at its end, and of a format we know.
///
/// The whole log is the verifier's business; here the cost is bounded, since a restart must be quick.
struct OpeningCheck {
    private static let rows: UInt64 = 64
    private static let leavesOfSubtree: UInt64 = 1024

    private let db: Database

    init(_ db: Database) {
        self.db = db
    }

    /// The identity of the log.
    ///
    /// - Throws: ``EventLogError`` `newerFormat` or `damaged`.
    func identity() throws(EventLogError) -> LogIdentity {
        do {
            guard let format = try db.first("SELECT v FROM log_meta WHERE k = 'format'")?.text(0) else {
                throw damaged("the format is not named")
            }
            if format != LogSchema.format {
                throw Int(format).map({ $0 > 1 }) == true
                    ? EventLogError(.newerFormat, detail: "the log has format \(format), this program knows 1")
                    : damaged("the format is not a number")
            }
            let layout = try IndexMark.read(db).layout
            guard layout <= IndexMark.layout else {
                throw EventLogError(
                    .newerFormat,
                    detail: "the log has indexes of layout \(layout), this program knows \(IndexMark.layout)")
            }
            guard try db.first("SELECT count(*) FROM log_meta")?.count(0) == 4,
                let demo = try db.first("SELECT v FROM log_meta WHERE k = 'demo'")?.integer(0), 0...1 ~= demo
            else { throw damaged("the identity has other entries than log_id, epoch, format and demo") }
            return LogIdentity(
                logID: try identifier("log_id"), epoch: try identifier("epoch"), isDemo: demo == 1)
        } catch {
            throw Self.damage(error)
        }
    }

    /// The writer's memory of the log, after checking the last rows against the leaves and the edge of the tree.
    ///
    /// - Throws: ``EventLogError`` `damaged` with the position that does not fit.
    func state(of identity: LogIdentity, names: NameCache, tuning: LogTuning) throws(EventLogError) -> (
        WriterState, IndexTail
    ) {
        do {
            let head = try LogSnapshot(db, names: names).lastPosition()
            guard let row = try db.first("SELECT size, root, hashes FROM tree_edge WHERE one = 1") else {
                throw damaged("the edge of the tree is missing")
            }
            guard let edge = MerkleEdge(size: try row.count(0), encodedHashes: try row.blob(2)),
                try row.blob(1) == edge.root
            else { throw damaged("the edge of the tree does not fit its root") }
            guard edge.size == head else {
                throw damaged("the tree has \(edge.size) leaves and the log \(head) events", at: head)
            }
            let last = try checkLastRows(head: head, identity: identity, names: names)
            try check(edge, head: head)
            let mark = try IndexMark.read(db).position
            guard mark <= head else { throw damaged("the indexes reach beyond the log", at: head) }
            let state = WriterState(
                tail: WriterState.Tail(
                    head: head, recordedAt: last, edge: edge, nextTagID: try next("tag"),
                    nextTypeID: try next("event_type"), nextFeedID: Int64(try next("feed")), mark: mark),
                tags: TagMap(floor: head, bound: tuning.mappedTags))
            return (state, try IndexMark.tail(of: db, after: mark))
        } catch {
            throw Self.damage(error)
        }
    }

    /// - Returns: When the last event was recorded.
    private func checkLastRows(head: UInt64, identity: LogIdentity, names: NameCache) throws -> Instant? {
        let after = head > Self.rows ? head - Self.rows : 0
        let events = try EventRows(db, names: names).events(
            after: after, limit: Int(Self.rows), budget: .unlimited)
        guard UInt64(events.count) == head - after else { throw damaged("positions are missing", at: head) }
        for (index, event) in events.enumerated() {
            guard event.position.number == after + UInt64(index) + 1 else {
                throw damaged("a position is missing", at: event.position.number)
            }
            guard LeafOfEvent.leaf(of: event, in: identity)?.hash == event.leaf else {
                throw damaged("an event does not give its leaf", at: event.position.number)
            }
        }
        return events.last?.recordedAt
    }

    /// The last complete subtree must come out of the stored leaves, as long as it is small.
    private func check(_ edge: MerkleEdge, head: UInt64) throws {
        let leaves = head == 0 ? 0 : UInt64(1) << UInt64(head.trailingZeroBitCount)
        guard leaves > 0, leaves <= Self.leavesOfSubtree else { return }
        var subtree = MerkleEdge()
        let cursor = try db.rows(
            "SELECT leaf FROM event WHERE position > ? ORDER BY position", [Int64(clamping: head - leaves)])
        while let row = try cursor.next().map(StoredRow.init) { subtree.append(try row.blob(0)) }
        guard subtree.size == leaves, edge.encodedHashes.suffix(32) == subtree.root else {
            throw damaged("the edge of the tree does not fit the last leaves", at: head)
        }
    }

    private func identifier(_ key: String) throws -> UniqueID {
        guard let bytes = try db.first("SELECT v FROM log_meta WHERE k = ?", [key])?.blob(0),
            let id = UniqueID(bytes: bytes)
        else { throw damaged("\(key) is missing") }
        return id
    }

    private func next(_ table: String) throws -> UInt32 {
        let last = try db.first("SELECT coalesce(max(id), 0) FROM \(table)")?.count(0) ?? 0
        guard last < UInt64(UInt32.max) else { throw damaged("local ids of \(table) are out of range") }
        return UInt32(last) + 1
    }

    private func damaged(_ detail: String, at position: UInt64? = nil) -> EventLogError {
        EventLogError(.damaged, at: position.map { Position($0) }, detail: detail)
    }

    /// While opening, anything that does not decode or is not there means that the file is not a whole log.
    private static func damage(_ error: any Error) -> EventLogError {
        let known = EventLogError.from(error)
        let isForeign = (error as? DatabaseError)?.resultCode == .SQLITE_ERROR
        guard known.code == .unreadableRow || isForeign else { return known }
        return EventLogError(
            .damaged, at: known.position, detail: isForeign ? "this is no event log" : known.detail, underlying: error)
    }
}
