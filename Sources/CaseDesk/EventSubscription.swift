package import EventSourcing

/// What happened and what happens: pages of past events, then each new one as it is committed.
///
/// The doorbell of the log is only a hint; should it ever stay silent, the log is read again after a pause all the same.
package struct EventSubscription: Sendable {
    private let log: any EventLog
    private let query: EventQuery
    private let pageLimit: Int
    private let pause: @Sendable () async throws -> Void

    /// - Parameters:
    ///   - pageLimit: At most so many events a page, 1 through 1000.
    ///   - pause: How long to wait for the doorbell at most; a second where nothing else is given.
    package init(
        to log: any EventLog, query: EventQuery = .all, pageLimit: Int = 500,
        pause: @escaping @Sendable () async throws -> Void = {
            // Sleeps: the doorbell is a hint, so the log is looked at each second in any case.
            try await ContinuousClock().sleep(for: .seconds(1))
        }
    ) {
        self.log = log
        self.query = query
        self.pageLimit = pageLimit
        self.pause = pause
    }

    /// Hands over every page after a place, in order, until the log closes or the task is cancelled.
    ///
    /// - Parameter take: Takes a page before the next is read, so a slow reader is only late; pages without a match come
    ///   too, so that its cursor moves on.
    /// - Throws: What the log or `take` throws; the reader goes on later from its own cursor.
    package func run(after start: Position, take: @Sendable (EventPage) async throws -> Void) async throws {
        var cursor = start
        try await follow {
            while true {
                let page = try await log.read(query, after: cursor, limit: pageLimit)
                if page.reached > cursor {
                    try await take(page)
                    cursor = page.reached
                }
                if page.isLast { return }
            }
        }
    }

    /// Calls `look` now, after each commit and after each pause, never twice at once.
    package func follow(_ look: () async throws -> Void) async throws {
        // Before the first look, so that no commit falls between.
        let commits = log.commits()
        let (bells, bell) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in commits { bell.yield() }
                bell.finish()
            }
            group.addTask { [pause] in
                while !Task.isCancelled {
                    do { try await pause() } catch { break }
                    bell.yield()
                }
            }
            defer { group.cancelAll() }
            try await look()
            for await _ in bells { try await look() }
        }
    }
}
