package import EventSourcing
package import RuleBook

/// Keeps the rule book at every position of the log, read from the log alone.
package actor RuleBookReader {
    private let log: any EventLog
    private var history = RuleBookHistory()
    private var cursor = Position.start

    package init(log: any EventLog) {
        self.log = log
    }

    /// The history up to the head at the time of the call, and that head.
    ///
    /// - Throws: ``EventLogError``; `unreadableRow` when a stored rule no longer decodes.
    /// - Complexity: One indexed read of the rule events since the last call.
    package func current() async throws(EventLogError) -> (history: RuleBookHistory, head: Position) {
        let page = try await log.readAll(RuleBook.boundary, after: cursor)
        // Another call may have read the same page while this one waited; only what is new counts.
        for event in page.events where event.position > cursor {
            do {
                try history.evolve(with: event)
            } catch {
                throw EventLogError(.unreadableRow, at: event.position, underlying: error)
            }
            cursor = event.position
        }
        cursor = max(cursor, page.head)
        return (history, page.head)
    }
}
