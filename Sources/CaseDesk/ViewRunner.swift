package import CaseViews
package import EventSourcing
package import Logging
import NIOConcurrencyHelpers
import ServiceLifecycle

/// Keeps the views at the head of the log, and lets a reader wait until they have reached a position.
package actor ViewRunner: Service {
    private let log: any EventLog
    private let views: any ViewStore
    private let logger: Logger
    private var applied = Position.start
    /// Readers waiting for a position; bounded by ``waitingLimit``.
    private var waiting: [(position: Position, token: Int, continuation: CheckedContinuation<Bool, Never>)] = []
    private var nextToken = 0
    private var failure: String?

    /// More waiting readers than this are told to try again.
    private static let waitingLimit = 1024

    package init(log: any EventLog, views: any ViewStore, logger: Logger) {
        self.log = log
        self.views = views
        self.logger = logger
    }

    /// Why the views stand still, if they do.
    package var stopped: String? { failure }

    /// Catches up, then follows each commit until the log closes or the process stops.
    package func run() async throws {
        let commits = log.commits()
        applied = try await views.position()
        try await catchUp()
        for await _ in commits.cancelOnGracefulShutdown() {
            try await catchUp()
        }
        release(everyone: true)
    }

    /// Applies everything committed so far.
    ///
    /// - Throws: Whatever the log or the view store throws; the views then keep their last position.
    package func catchUp() async throws {
        while true {
            let page = try await log.read(.all, after: applied, limit: 500)
            guard let last = page.events.last else { break }
            try await views.apply(page.events)
            applied = max(applied, last.position)
            release(everyone: false)
        }
    }

    /// Waits until the views have reached a position.
    ///
    /// - Returns: Whether they did within `limit`.
    package func wait(for position: Position, atMost limit: Duration) async -> Bool {
        if applied >= position { return true }
        guard waiting.count < Self.waitingLimit else { return false }
        let token = nextToken
        nextToken += 1
        return await withTaskGroup(of: Bool.self) { group in
            group.addTask { await self.suspend(until: position, token: token) }
            group.addTask {
                // Sleeps: the limit of this wait; cancelled as soon as the position is reached.
                try? await ContinuousClock().sleep(for: limit)
                await self.give(up: token)
                return false
            }
            let reached = await group.next() ?? false
            group.cancelAll()
            self.give(up: token)
            return reached
        }
    }

    private func suspend(until position: Position, token: Int) async -> Bool {
        if applied >= position { return true }
        return await withCheckedContinuation { continuation in
            waiting.append((position, token, continuation))
        }
    }

    private func give(up token: Int) {
        guard let index = waiting.firstIndex(where: { $0.token == token }) else { return }
        waiting.remove(at: index).continuation.resume(returning: false)
    }

    private func release(everyone: Bool) {
        let ready = waiting.filter { everyone || $0.position <= applied }
        waiting.removeAll { everyone || $0.position <= applied }
        for reader in ready { reader.continuation.resume(returning: reader.position <= applied) }
    }
}
