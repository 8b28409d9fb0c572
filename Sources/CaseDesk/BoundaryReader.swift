import Casework
import EventSourcing
import NIOConcurrencyHelpers

/// Reads what decisions are made from, and keeps the boundaries used last decoded.
///
/// A case is commanded many times in a row; read and decoded anew for each command, its history would make the command
/// slower the longer the case is. A kept boundary is completed with what was recorded since, so the decision is made
/// from the same events at the same head as if all had been read. What keeps an erased event's open data would have to
/// go too: whoever adds erasure in place empties this memory with it.
struct BoundaryReader: Sendable {
    /// Events kept, at most, in boundaries together: some 3 KiB each.
    static let limit = 16_384

    private struct Kept {
        var boundary: Boundary
        /// Every match up to here is in it.
        var head: Position
    }

    /// Two halves: what is used moves to the young one, and the old one goes when that is full.
    private struct Memory {
        var young: [EventQuery: Kept] = [:]
        var old: [EventQuery: Kept] = [:]
        var youngEvents = 0
    }

    private let log: any EventLog
    private let half: Int
    private let memory = NIOLockedValueBox(Memory())

    init(log: any EventLog, limit: Int = Self.limit) {
        self.log = log
        half = max(1, limit / 2)
    }

    /// All matching events up to the head of the read, decoded, and that head.
    ///
    /// - Throws: ``EventLogError``; `unreadableRow` when a stored event no longer decodes.
    /// - Complexity: One indexed read of what was recorded since the last call with the same query, or of everything
    ///   that matches where the query is not kept.
    func read(_ query: EventQuery) async throws(EventLogError) -> (boundary: Boundary, head: Position) {
        let known = memory.withLockedValue { $0.young[query] ?? $0.old[query] }
        let page = try await log.readAll(query, after: known?.head ?? .start)
        do {
            var boundary = try known?.boundary ?? Boundary([])
            try boundary.append(page.events)
            let head = max(page.head, known?.head ?? .start)
            keep(Kept(boundary: boundary, head: head), for: query)
            return (boundary, head)
        } catch {
            throw EventLogError(.unreadableRow, detail: "an event of the boundary does not decode", underlying: error)
        }
    }

    private func keep(_ kept: Kept, for query: EventQuery) {
        // A query counts as one beside its events, so that queries without any are bounded as well.
        let size = kept.boundary.entries.count + 1
        guard size <= half else { return }
        memory.withLockedValue { memory in
            if let other = memory.young[query] {
                // Another command read the same boundary meanwhile; the one that knows more stays.
                guard other.head <= kept.head else { return }
                memory.youngEvents -= other.boundary.entries.count + 1
            }
            if memory.youngEvents + size > half {
                memory.old = memory.young
                memory.old[query] = nil
                memory.young.removeAll(keepingCapacity: true)
                memory.youngEvents = 0
            }
            memory.young[query] = kept
            memory.youngEvents += size
        }
    }
}
