import EventSourcing
import FeedProtocol
import NIOConcurrencyHelpers

/// Where those who asked for an act wait for the hub's answer, and where the adapter's state can be read.
final class AnswerDesk: Sendable {
    private struct Waiting {
        let continuation: CheckedContinuation<OutboxCommand?, Never>
        /// Monotonic milliseconds; then the caller is told that the command waits.
        let until: Int64
    }

    private struct Book {
        var status: AdapterStatus?
        var waiting: [UniqueID: [Waiting]] = [:]
        var isClosed = false
    }

    private let book = NIOLockedValueBox(Book())

    /// The state at the end of the loop's last turn; nothing before the first.
    var status: AdapterStatus? { book.withLockedValue { $0.status } }

    /// Waits until the hub has decided a command.
    ///
    /// - Parameters:
    ///   - check: Looks whether that has happened meanwhile; called once the wait is booked, so that no answer is missed.
    /// - Returns: The command with its answer; nothing when there was none until then.
    func answer(
        to id: UniqueID, until: Int64, _ check: () -> OutboxCommand?
    ) async -> OutboxCommand? {
        await withCheckedContinuation { continuation in
            let isClosed = book.withLockedValue { book in
                guard !book.isClosed else { return true }
                book.waiting[id, default: []].append(Waiting(continuation: continuation, until: until))
                return false
            }
            guard !isClosed else { return continuation.resume(returning: nil) }
            if let known = check() { settle(known) }
        }
    }

    func settle(_ command: OutboxCommand) {
        let waiting = book.withLockedValue { $0.waiting.removeValue(forKey: command.id) ?? [] }
        for one in waiting { one.continuation.resume(returning: command) }
    }

    /// Publishes the state and sends away those who have waited long enough.
    func update(_ status: AdapterStatus, now: Int64) {
        let late = book.withLockedValue { book in
            book.status = status
            var late: [Waiting] = []
            for (id, waiting) in book.waiting {
                let patient = waiting.filter { $0.until > now }
                late += waiting.filter { $0.until <= now }
                book.waiting[id] = patient.isEmpty ? nil : patient
            }
            return late
        }
        for one in late { one.continuation.resume(returning: nil) }
    }

    /// Sends everybody away; whoever comes later is not kept waiting.
    func close() {
        let waiting = book.withLockedValue { book in
            book.isClosed = true
            defer { book.waiting = [:] }
            return book.waiting.values.flatMap(\.self)
        }
        for one in waiting { one.continuation.resume(returning: nil) }
    }
}
