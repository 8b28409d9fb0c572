import EventSourcing
import FoundationEssentials
import GRDB

/// Holds the requests to the appends: each append has exactly one request row, and each request row its append.
struct RequestAudit: Sendable {
    private let reader: SQLiteLogReader
    private let head: UInt64

    init(reader: SQLiteLogReader, head: UInt64) {
        self.reader = reader
        self.head = head
    }

    /// One request row that made events.
    private struct Span: Sendable {
        let command: Data
        let actor: Data
        let first: UInt64?
        let last: UInt64?
        let answer: UInt64
    }

    /// - Parameter appends: First and last position of every append.
    func finding(appends: RowDigest) async throws(EventLogError) -> LogVerification.Finding? {
        var found = RowDigest()
        var wrong: UInt64?
        var isInOrder = true
        var half: Span?
        try await walk { span, isNext in
            isInOrder = isInOrder && isNext
            // The table's own check says so too, but nothing asks it when bytes changed below SQLite.
            if (span.first == nil) != (span.last == nil) { half = half ?? span }
            guard let first = span.first, let last = span.last, first <= head else { return }
            found.add(first, last, 0)
            if span.answer < last || last > head { wrong = min(wrong ?? first, first) }
        }
        if !isInOrder { return .init(.request, at: nil, detail: "the requests are not in the order of their ids") }
        if let half {
            let known = half.first.flatMap { 1...head ~= $0 ? Position($0) : nil }
            return .init(.request, at: known, detail: "a request names one end of its events and not the other")
        }
        if found == appends, wrong == nil { return nil }
        return try await located()
    }

    /// Walks all requests in pages.
    private func walk(_ take: (_ span: Span, _ isInOrder: Bool) -> Void) async throws(EventLogError) {
        var cursor = (Data(), Data())
        while true {
            let after = cursor
            let page = try await reader.read { try Self.page(after: after, in: $0.db) }
            for span in page {
                // Whoever asks for a command goes down the tree; out of order, it would not be found.
                let isNext =
                    cursor.0.lexicographicallyPrecedes(span.command)
                    || cursor.0 == span.command && cursor.1.lexicographicallyPrecedes(span.actor)
                take(span, isNext)
                cursor = (span.command, span.actor)
            }
            if page.isEmpty { return }
        }
    }

    private static func page(after: (Data, Data), in db: Database) throws -> [Span] {
        let rows = try PreparedStatement(
            db,
            """
            SELECT command_id, actor, first_position, last_position, answer_position FROM request
            WHERE (command_id, actor) > (?, ?) ORDER BY command_id, actor LIMIT 5000
            """)
        try rows.bind(1, after.0)
        try rows.bind(2, after.1)
        defer { rows.reset() }
        var page: [Span] = []
        while try rows.step() {
            page.append(
                Span(
                    command: try rows.blob(0), actor: try rows.blob(1), first: try rows.countIfAny(2),
                    last: try rows.countIfAny(3), answer: try rows.count(4)))
        }
        return page
    }

    /// Compares one by one; only a log that does not hold pays for it.
    private func located() async throws(EventLogError) -> LogVerification.Finding? {
        var open: [UInt64: UInt64] = [:]
        var reached: UInt64 = 0
        while reached < head {
            let after = reached
            let page = try await reader.read { snapshot -> [(UInt64, UInt64)] in
                var page: [(UInt64, UInt64)] = []
                try snapshot.walk(after: after, through: min(after + 1000, head)) { event, _ in
                    page.append((event.appendFirst.number, event.position.number))
                    return true
                }
                return page
            }
            for (first, position) in page { open[first] = position }
            reached = min(after + 1000, head)
        }
        var stranger: UInt64?
        try await walk { span, _ in
            guard let first = span.first, first <= head else { return }
            if let last = span.last, open.removeValue(forKey: first) == last, span.answer >= last { return }
            stranger = min(stranger ?? first, first)
        }
        if let stranger {
            return .init(.request, at: Position(stranger), detail: "a request names events that are no append")
        }
        return open.keys.min().map { .init(.request, at: Position($0), detail: "an append has no request") }
    }
}
