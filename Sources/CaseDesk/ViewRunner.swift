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
    /// Whether the place where the views stood at the start is known.
    private var isPlaced = false
    private var failure: String?

    /// More waiting readers than this are told to try again.
    private static let waitingLimit = 1024

    package init(log: any EventLog, views: any ViewStore, logger: Logger) {
        self.log = log
        self.views = views
        self.logger = logger
    }

    /// Why the views stand still, if they do; they try again each second.
    package var stopped: String? { failure }

    /// Catches up, then follows each commit until the log closes or the process stops.
    ///
    /// Views that fail do not end the process: the log goes on taking commands, the board says that it is behind, and
    /// ``stopped`` says why.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            // Only cancellation ends it early; a failure of the views is kept by `follow`.
            try? await EventSubscription(to: self.log).follow { await self.follow() }
        }
        release(everyone: true)
    }

    private func follow() async {
        do {
            if !isPlaced {
                applied = max(applied, try await views.position())
                isPlaced = true
            }
            try await catchUp()
            if failure != nil { logger.notice("the views go on", metadata: ["position": "\(applied)"]) }
            failure = nil
        } catch {
            if failure == nil {
                logger.error("the views stand still", metadata: ["position": "\(applied)", "error": "\(error)"])
            }
            failure = "\(error)"
            release(everyone: true)
        }
    }

    /// Applies everything committed so far.
    ///
    /// - Throws: Whatever the log or the view store throws; the views then keep their last position.
    package func catchUp() async throws {
        while true {
            let page = try await log.read(.all, after: applied, limit: 500)
            if !page.events.isEmpty { try await views.apply(page.events) }
            applied = max(applied, page.reached)
            release(everyone: false)
            if page.isLast { break }
        }
    }

    /// Waits until the views have reached a position.
    ///
    /// - Returns: Whether they did within `limit`; no at once while they stand still, and when the caller is cancelled.
    package func wait(for position: Position, atMost limit: Duration) async -> Bool {
        if applied >= position { return true }
        guard failure == nil, waiting.count < Self.waitingLimit else { return false }
        let token = nextToken
        nextToken += 1
        return await withTaskGroup(of: Void.self) { group in
            group.addTask {
                // Sleeps: the limit of this wait; cancelled as soon as the position is reached.
                try? await ContinuousClock().sleep(for: limit)
                await self.give(up: token)
            }
            // Nothing suspends before the reader is in the list, so giving up always finds it there.
            let isReached = await withCheckedContinuation { continuation in
                waiting.append((position, token, continuation))
            }
            group.cancelAll()
            return isReached
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
