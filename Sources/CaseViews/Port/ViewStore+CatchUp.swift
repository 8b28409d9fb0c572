package import EventSourcing

extension ViewStore {
    /// Takes in everything the log has beyond the views' position, page by page.
    ///
    /// - Parameter progress: Called after each page with the views' position and the head.
    /// - Returns: The position reached.
    /// - Throws: ``ViewStoreError`` of the views, ``EventLogError`` of the log, `CancellationError` between pages.
    @discardableResult
    package func catchUp(
        with log: any EventLog, progress: (Position, Position) -> Void = { _, _ in }
    ) async throws -> Position {
        var place = try await position()
        while true {
            try Task.checkCancellation()
            let page = try await log.read(.all, after: place, limit: 1000)
            if !page.events.isEmpty { try await apply(page.events) }
            place = page.reached
            progress(place, page.head)
            if page.isLast { return place }
        }
    }
}
