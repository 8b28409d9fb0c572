package import EventSourcing
import FoundationEssentials
import GRDB
import MerkleLog

/// Recomputes a whole log from its rows: every leaf, digest, feed entry, request and index row, and the root of the tree.
///
/// Beside them stand the schema with its guards and, when no server has the log open, SQLite's own check of the file.
/// What no leaf covers is only as good as its shape: command ids and fingerprints, consumers, epoch and demo mark.
package struct LogVerifier: Sendable {
    /// Events of one page, which is one read transaction.
    private static let pageSize: UInt64 = 1000

    private let reader: SQLiteLogReader

    package init(_ reader: SQLiteLogReader) {
        self.reader = reader
    }

    /// Verifies everything up to the head of the moment, beside a running server or without one.
    ///
    /// - Parameter progress: Called after each page with the position reached and the head.
    /// - Returns: The first finding, or none; a fault of the log is a finding, not an error.
    /// - Throws: ``EventLogError`` when the file cannot be read at all.
    /// - Complexity: O(*n*) in the events on all cores, and the memory of a few pages. Each page of at most 1000 events is
    ///   one transaction.
    package func verify(
        progress: @Sendable (_ reached: Position, _ head: Position) -> Void = { _, _ in }
    ) async throws(EventLogError) -> LogVerification {
        let start = try await reader.read { snapshot in
            (head: try snapshot.head(), last: try snapshot.lastPosition(), mark: try IndexMark.read(snapshot.db))
        }
        func result(_ finding: LogVerification.Finding?) -> LogVerification {
            LogVerification(identity: reader.identity, head: start.head, finding: finding)
        }
        let head = start.head.position.number
        var state = try await walk(to: head, mark: start.mark.position, progress: progress)
        if let finding = state.finding { return result(finding) }
        state.endAppend()
        if start.last != head {
            return result(.init(.positions, at: nil, detail: "the tree and the events differ in number"))
        }
        return result(try await rest(of: start.head, state, start.mark))
    }

    /// Holds all that stands beside the events to what the events give, each part beside the others.
    private func rest(
        of head: LogHead, _ state: State, _ mark: IndexMark
    ) async throws(EventLogError) -> LogVerification.Finding? {
        let (root, head) = (head.root, head.position.number)
        let audit = IndexAudit(reader: reader, head: head, mark: mark)
        do {
            async let tags = audit.finding(.tags, in: state)
            async let types = audit.finding(.types, in: state)
            async let feeds = checkFeeds(state, head: head)
            async let requests = RequestAudit(reader: reader, head: head).finding(appends: state.appends)
            async let names = NameAudit(reader: reader).finding()
            async let file = FileAudit(reader: reader, layout: mark.layout).finding()
            let tree: LogVerification.Finding? =
                state.edge.root == root
                ? nil : .init(.root, at: nil, detail: "the leaves do not give the root of the tree")
            // The first in this order, whatever ends first: a finding must not depend on the threads.
            let findings = try await [tags, types, feeds, requests, tree, names, file]
            return findings.compactMap { $0 }.first
        } catch {
            throw EventLogError.from(error)
        }
    }

    /// Checks page after page: several at a time on their own, in order for what ties them together.
    private func walk(
        to head: UInt64, mark: UInt64, progress: @Sendable (Position, Position) -> Void
    ) async throws(EventLogError) -> State {
        let reader = reader
        let audiences = AudienceCache()
        func check(after: UInt64) async throws -> Page {
            try await reader.read { snapshot in
                try Page(
                    after: after, through: min(after + Self.pageSize, head), mark: mark, identity: reader.identity,
                    audiences: audiences, snapshot: snapshot)
            }
        }
        do {
            return try await withThrowingTaskGroup(of: Page.self) { group in
                var state = State(identity: reader.identity)
                var next: UInt64 = 0
                var waiting: [UInt64: Page] = [:]
                /// Takes up the next page; one for each that was used, so that those checked ahead stay few.
                func take(in group: inout ThrowingTaskGroup<Page, any Error>) {
                    guard next < head else { return }
                    // A child of the group: taken up in order below, and cancelled with it at the first finding.
                    group.addTask { [next] in try await check(after: next) }
                    next += Self.pageSize
                }
                for _ in 0..<(reader.connections * 2) { take(in: &group) }
                while state.reached < head, let page = try await group.next() {
                    waiting[page.after] = page
                    while let page = waiting.removeValue(forKey: state.reached) {
                        state = try await reader.read { [state] snapshot in
                            var state = state
                            try state.take(page, snapshot: snapshot)
                            return state
                        }
                        if state.finding != nil {
                            group.cancelAll()
                            return state
                        }
                        progress(Position(state.reached), Position(head))
                        take(in: &group)
                    }
                }
                return state
            }
        } catch {
            throw EventLogError.from(error)
        }
    }

    /// No feed may have entries beyond what the events give.
    private func checkFeeds(_ state: State, head: UInt64) async throws(EventLogError) -> LogVerification.Finding? {
        try await reader.read { snapshot in
            let cursor = try snapshot.db.rows("SELECT id, name FROM feed ORDER BY id")
            while let row = try cursor.next().map(StoredRow.init) {
                let sequence = DepartmentCode(try row.text(1)).flatMap { state.feeds[$0]?.sequence } ?? 0
                guard
                    let next = try snapshot.db.first(
                        "SELECT seq, position FROM feed_entry WHERE feed_id = ? AND seq > ? ORDER BY seq LIMIT 1",
                        [try row.integer(0), Int64(clamping: sequence)])
                else { continue }
                let position = try next.count(1)
                if position <= head {
                    return .init(.feed, at: Position(position), detail: "a feed has an entry no event gives")
                }
            }
            return nil
        }
    }
}
