import EventSourcing
import FoundationEssentials
import GRDB
import NIOConcurrencyHelpers

/// The only writer: commits whatever waits as one group on GRDB's writer queue, and answers after the commit.
///
/// It never waits to make a group larger: a lone request is committed at once, and what arrives meanwhile is the next
/// group.
final class LogWriter: Sendable {
    /// At most so many requests wait; then callers hear `busy`.
    static let waitingBound = 1024

    private static let requestsInGroup = 64
    private static let eventsInGroup = AppendLimits.events
    private static let bytesInGroup = 1 << 20

    private typealias Answer = CheckedContinuation<Result<Acceptance, EventLogError>, Never>

    private struct AppendRequest {
        let append: Append
        let violation: EventLogError?
        let bytes: Int
        let answer: Answer
    }

    private enum Request {
        case append(AppendRequest)
        case progress([ConsumerProgress], CheckedContinuation<EventLogError?, Never>)
    }

    private struct Waiting {
        var requests: [Request] = []
        var isDraining = false
        /// Why nothing is taken any more.
        var end: EventLogError?
    }

    private let identity: LogIdentity
    private let clock: any CivilClock
    private let pool: DatabasePool
    private let checkpoints: WALCheckpoints
    private let waiting = NIOLockedValueBox(Waiting())
    /// Used on the writer queue only, where nobody contends for the lock.
    private let state: NIOLockedValueBox<WriterState>
    let commits = CommitListeners()

    init(
        pool: DatabasePool, identity: LogIdentity, clock: any CivilClock, state: WriterState,
        checkpoints: WALCheckpoints
    ) {
        self.pool = pool
        self.identity = identity
        self.clock = clock
        self.checkpoints = checkpoints
        self.state = NIOLockedValueBox(state)
    }

    // MARK: Callers

    func append(_ append: Append) async throws(EventLogError) -> Acceptance {
        let violation = AppendLimits.violation(in: append)
        let bytes = append.events.reduce(0) { sum, event in
            sum + event.data.count + event.meta.count
                + event.sealed.reduce(0) { $0 + ($1.ciphertext?.count ?? 0) }
        }
        let result = await withCheckedContinuation { answer in
            let request = AppendRequest(append: append, violation: violation, bytes: bytes, answer: answer)
            if let refusal = enqueue(.append(request)) { answer.resume(returning: .failure(refusal)) }
        }
        return try result.get()
    }

    func record(_ progress: [ConsumerProgress]) async throws(EventLogError) {
        let failure = await withCheckedContinuation { answer in
            if let refusal = enqueue(.progress(progress, answer)) { answer.resume(returning: refusal) }
        }
        if let failure { throw failure }
    }

    /// Refuses what still waits with `closed`, and returns once the running commit is done.
    func stop() async {
        end(with: EventLogError(.closed, detail: "the log has been closed"))
        await withCheckedContinuation { done in
            pool.asyncWriteWithoutTransaction { _ in done.resume() }
        }
    }

    /// - Returns: Why the request was not taken.
    private func enqueue(_ request: Request) -> EventLogError? {
        enum Outcome {
            case refused(EventLogError)
            case waits, mustDrain
        }
        let outcome = waiting.withLockedValue { waiting -> Outcome in
            if let end = waiting.end { return .refused(end) }
            guard waiting.requests.count < Self.waitingBound else {
                return .refused(EventLogError(.busy, detail: "\(Self.waitingBound) requests are waiting"))
            }
            waiting.requests.append(request)
            if waiting.isDraining { return .waits }
            waiting.isDraining = true
            return .mustDrain
        }
        switch outcome {
        case .refused(let reason): return reason
        case .waits: return nil
        case .mustDrain:
            pool.asyncWriteWithoutTransaction { db in self.drain(db) }
            return nil
        }
    }

    private func end(with reason: EventLogError) {
        let rest = waiting.withLockedValue { waiting -> [Request] in
            waiting.end = waiting.end ?? reason
            defer { waiting.requests = [] }
            return waiting.requests
        }
        for request in rest { answer(request, .failure(reason)) }
        commits.finish()
    }

    // MARK: Writer queue

    private func drain(_ db: Database) {
        while let group = nextGroup() { commit(group, db) }
    }

    /// What waits, up to the limits of a group; nothing ends the draining.
    private func nextGroup() -> [Request]? {
        waiting.withLockedValue { waiting in
            var count = 0
            var events = 0
            var bytes = 0
            for request in waiting.requests.prefix(Self.requestsInGroup) {
                if case .append(let append) = request {
                    events += append.append.events.count
                    bytes += append.bytes
                }
                if count > 0 && (events > Self.eventsInGroup || bytes > Self.bytesInGroup) { break }
                count += 1
            }
            guard count > 0 else {
                waiting.isDraining = false
                return nil
            }
            defer { waiting.requests.removeFirst(count) }
            return Array(waiting.requests.prefix(count))
        }
    }

    private func commit(_ group: [Request], _ db: Database) {
        let before = state.withLockedValue { $0 }
        var batch = LogBatch(before, identity: identity, clock: clock, db: db)
        var answers: [Result<Acceptance, EventLogError>?] = []
        do {
            try db.beginTransaction(.immediate)
            for request in group {
                switch request {
                case .append(let append):
                    answers.append(try batch.take(append.append, violation: append.violation))
                case .progress(let progress, _):
                    try batch.take(progress)
                    answers.append(nil)
                }
            }
            try batch.finish(previousHead: before.tail.head)
        } catch {
            undo(group, because: EventLogError.from(error), db)
            return
        }
        do {
            try db.commit()
        } catch {
            let reason = EventLogError.from(error)
            if reason.code == .full {
                undo(group, because: reason, db)
            } else {
                // Whether the last frame reached the disk cannot be known now, and a failed sync must not be retried.
                giveUp(
                    group, because: EventLogError(.outcomeUnknown, detail: "the commit failed", underlying: error), db)
            }
            return
        }
        state.withLockedValue { state in
            state.tail = batch.tail
            state.tags.merge(batch.touched, head: batch.tail.head)
        }
        // Before the answers, so that who hears an answer has had its bell.
        if batch.tail.head > before.tail.head { commits.ring(Position(batch.tail.head)) }
        for (request, result) in zip(group, answers) {
            answer(request, result ?? .failure(EventLogError(.closed)), isDone: result == nil)
        }
        checkpointIfDue(db)
    }

    private func undo(_ group: [Request], because reason: EventLogError, _ db: Database) {
        do {
            try db.rollback()
        } catch {
            giveUp(
                group, because: EventLogError(.outcomeUnknown, detail: "the rollback failed", underlying: error), db)
            return
        }
        for request in group { answer(request, .failure(reason)) }
    }

    private func giveUp(_ group: [Request], because reason: EventLogError, _ db: Database) {
        // The connection is not used again; leaving the transaction spares GRDB a complaint.
        try? db.rollback()
        for request in group { answer(request, .failure(reason)) }
        end(with: reason)
    }

    private func checkpointIfDue(_ db: Database) {
        do {
            try checkpoints.checkpointIfDue(db)
        } catch {
            let reason = EventLogError.from(error)
            // Without room or in a reader's way the file stays as it was; any other failure is the disk's.
            if reason.code != .full && reason.code != .busy { end(with: reason) }
        }
    }

    private func answer(_ request: Request, _ result: Result<Acceptance, EventLogError>, isDone: Bool = false) {
        switch request {
        case .append(let append): append.answer.resume(returning: result)
        case .progress(_, let answer):
            if case .failure(let reason) = result, !isDone {
                answer.resume(returning: reason)
            } else {
                answer.resume(returning: nil)
            }
        }
    }
}
