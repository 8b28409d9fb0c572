import EventSourcing
import NIOConcurrencyHelpers

/// Doorbells: each listener hears the newest head after commits and never holds the writer up.
final class CommitListeners: Sendable {
    private struct Listeners {
        var continuations: [UInt64: AsyncStream<Position>.Continuation] = [:]
        var next: UInt64 = 0
        var isFinished = false
    }

    private let listeners = NIOLockedValueBox(Listeners())

    func stream() -> AsyncStream<Position> {
        let (stream, continuation) = AsyncStream.makeStream(of: Position.self, bufferingPolicy: .bufferingNewest(1))
        let number = listeners.withLockedValue { listeners -> UInt64? in
            guard !listeners.isFinished else { return nil }
            listeners.next += 1
            listeners.continuations[listeners.next] = continuation
            return listeners.next
        }
        guard let number else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [listeners] _ in
            listeners.withLockedValue { _ = $0.continuations.removeValue(forKey: number) }
        }
        return stream
    }

    func ring(_ head: Position) {
        for continuation in listeners.withLockedValue({ Array($0.continuations.values) }) { continuation.yield(head) }
    }

    func finish() {
        let rest = listeners.withLockedValue { listeners in
            listeners.isFinished = true
            defer { listeners.continuations = [:] }
            return Array(listeners.continuations.values)
        }
        for continuation in rest { continuation.finish() }
    }
}
