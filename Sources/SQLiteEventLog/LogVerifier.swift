package import EventSourcing
import FoundationEssentials
import GRDB
import MerkleLog

/// Recomputes a whole log from its rows: every leaf, digest, feed entry and request, and the root of the tree.
package struct LogVerifier: Sendable {
    private let reader: SQLiteLogReader

    package init(_ reader: SQLiteLogReader) {
        self.reader = reader
    }

    /// Verifies everything up to the head of the moment.
    ///
    /// - Parameter progress: Called after each page with the position reached and the head.
    /// - Returns: The first finding, or none; a fault of the log is a finding, not an error.
    /// - Throws: ``EventLogError`` when the file cannot be read at all.
    /// - Complexity: O(*n*) in the events; holds 16 bytes an append. Each page of at most 1000 is one transaction.
    package func verify(
        progress: @Sendable (_ reached: Position, _ head: Position) -> Void = { _, _ in }
    ) async throws(EventLogError) -> LogVerification {
        let identity = reader.identity
        let start = try await reader.read { snapshot in (try snapshot.head(), try EventIndex(snapshot.db).head()) }
        let head = start.0
        func result(_ finding: LogVerification.Finding?) -> LogVerification {
            LogVerification(identity: identity, head: head, finding: finding)
        }
        var state = State(identity: identity, head: head.position.number)
        var appends: [UInt64: UInt64] = [:]
        // A page that cannot be read is read again one event at a time, to name the first bad one.
        var singly = 0
        while state.reached < head.position.number {
            let before = state
            let limit = singly > 0 ? 1 : Int(min(1000, head.position.number - state.reached))
            do throws(EventLogError) {
                state = try await reader.read { snapshot in
                    var next = before
                    try next.takePage(limit: limit, from: snapshot)
                    return next
                }
            } catch {
                let next = Position(before.reached + 1)
                switch error.code {
                case .unreadableRow, .damaged:
                    guard singly == 0 && limit > 1 else {
                        return result(.init(.unreadable, at: error.position ?? next, detail: error.detail))
                    }
                    singly = 1000
                    continue
                default: throw error
                }
            }
            if let finding = state.finding { return result(finding) }
            singly = max(0, singly - 1)
            appends.merge(state.appends) { _, last in last }
            progress(Position(state.reached), head.position)
        }
        if start.1 != head.position.number {
            return result(.init(.positions, at: nil, detail: "the tree and the events differ in number"))
        }
        if let finding = try await checkFeeds(state) { return result(finding) }
        if let finding = try await checkRequests(of: appends, head: head.position.number) { return result(finding) }
        if state.edge.root != head.root {
            return result(.init(.root, at: nil, detail: "the leaves do not give the root of the tree"))
        }
        return result(nil)
    }

    /// No feed may have entries beyond what the events give.
    private func checkFeeds(_ state: State) async throws(EventLogError) -> LogVerification.Finding? {
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
                if position <= state.head {
                    return .init(.feed, at: Position(position), detail: "a feed has an entry no event gives")
                }
            }
            return nil
        }
    }

    /// Each append has exactly one request row, and each request row its append.
    ///
    /// - Parameter appends: Last position of each append by its first.
    private func checkRequests(of appends: [UInt64: UInt64], head: UInt64)
        async throws(EventLogError) -> LogVerification.Finding?
    {
        var open = appends
        var cursor = (Data(), Data())
        while true {
            let after = cursor
            let page = try await reader.read { try RequestSpan.page(after: after, in: $0.db) }
            for span in page {
                guard let first = span.first, first <= head else { continue }
                guard let last = span.last, open.removeValue(forKey: first) == last, span.answer >= last else {
                    return .init(.request, at: Position(first), detail: "a request names events that are no append")
                }
            }
            guard let last = page.last else { break }
            cursor = (last.command, last.actor)
        }
        return open.keys.min().map { .init(.request, at: Position($0), detail: "an append has no request") }
    }
}

/// One request row as the verifier needs it.
private struct RequestSpan: Sendable {
    let command: Data
    let actor: Data
    let first: UInt64?
    let last: UInt64?
    let answer: UInt64

    static func page(after: (Data, Data), in db: Database) throws -> [RequestSpan] {
        var page: [RequestSpan] = []
        let cursor = try db.rows(
            """
            SELECT command_id, actor, first_position, last_position, answer_position FROM request
            WHERE (command_id, actor) > (?, ?) ORDER BY command_id, actor LIMIT 1000
            """, [after.0, after.1])
        while let row = try cursor.next().map(StoredRow.init) {
            page.append(
                RequestSpan(
                    command: try row.blob(0), actor: try row.blob(1), first: try row.countIfAny(2),
                    last: try row.countIfAny(3), answer: try row.count(4)))
        }
        return page
    }
}
