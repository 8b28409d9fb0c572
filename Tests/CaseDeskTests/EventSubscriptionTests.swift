import CaseDesk
import EventSourcing
import Foundation
import HubTesting
import NIOConcurrencyHelpers
import Testing

/// Past events, then live ones, each exactly once and in order, whether the doorbell rings or not.
@Suite struct EventSubscriptionTests {
    private let log: InMemoryEventLog
    private var samples: EventSamples

    init() {
        var generator = SeededGenerator.printed()
        let identity = LogIdentity(logID: generator.uniqueID(), epoch: generator.uniqueID(), isDemo: true)
        log = InMemoryEventLog(identity: identity, clock: PushedClock())
        samples = EventSamples(generator: generator, logID: identity.logID)
    }

    /// A pause that only cancellation ends.
    private static func never() async throws {
        for await _ in AsyncStream<Void>.makeStream().stream {}
        throw CancellationError()
    }

    private mutating func appends(_ count: Int) throws -> [Append] {
        try (0..<count).map { _ in samples.append([try samples.event(), try samples.event()]) }
    }

    /// Reads until `count` events came, while `live` is appended one after the other.
    private func read(
        _ subscription: EventSubscription, count: Int, appending live: [Append], ringing: @escaping @Sendable () -> Void
    ) async throws -> [Position] {
        let taken = NIOLockedValueBox<[Position]>([])
        let log = log
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await subscription.run(after: .start) { page in
                    let all = taken.withLockedValue { taken in
                        taken += page.events.map(\.position)
                        return taken.count
                    }
                    if all >= count { log.close() }
                }
            }
            for append in live {
                try await log.append(append)
                ringing()
            }
            try await group.next()
            group.cancelAll()
        }
        return taken.withLockedValue { $0 }
    }

    @Test mutating func `past and live events come once, in order`() async throws {
        for append in try appends(30) { try await log.append(append) }
        let subscription = EventSubscription(to: log, pageLimit: 7) { try await Self.never() }
        let read = try await read(subscription, count: 100, appending: try appends(20)) {}
        #expect(read == (1...100).map { Position($0) })
    }

    @Test mutating func `a doorbell that stays silent only makes it later`() async throws {
        let (pauses, pause) = AsyncStream.makeStream(of: Void.self)
        let silent = MeddlingLog(log)
        silent.silence()
        let subscription = EventSubscription(to: silent, pageLimit: 3) {
            for await _ in pauses { return }
            throw CancellationError()
        }
        let read = try await read(subscription, count: 20, appending: try appends(10)) { pause.yield() }
        #expect(read == (1...20).map { Position($0) })
    }

    @Test mutating func `pages without a match move the cursor on`() async throws {
        for append in try appends(5) { try await log.append(append) }
        let tag = try #require(EventTag("case:none"))
        let log = log
        let cursors = NIOLockedValueBox<[Position]>([])
        try await EventSubscription(to: log, query: .tagged(tag)) { try await Self.never() }
            .run(after: .start) { page in
                #expect(page.events.isEmpty)
                cursors.withLockedValue { $0.append(page.reached) }
                log.close()
            }
        #expect(cursors.withLockedValue { $0 } == [Position(10)])
    }
}
