import EventSourcing
import FoundationEssentials
import GRDB
import NIOConcurrencyHelpers

/// The only writer: commits whatever waits as one group on GRDB's writer queue, and answers after the commit.
///
/// It never waits to make a group larger: a lone request is committed at once, and what arrives meanwhile is the next
/// group.
final class LogWriter: Sendable {
    private static let requestsInGroup = 64
    private static let eventsInGroup = AppendLimits.events
    private static let bytesInGroup = 1 << 20

    private typealias Answer = CheckedContinuation<Result<Acceptance, EventLogError>, Never>

    private struct AppendRequest {
        let append: PreparedAppend
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
    private let index: IndexTail
    private let tuning: LogTuning
    private let waiting = NIOLockedValueBox(Waiting())
    /// Used on the writer queue only, where nobody contends for the lock.
    private let state: NIOLockedValueBox<WriterState>
    let commits = CommitListeners()

    init(
        pool: DatabasePool, identity: LogIdentity, clock: any CivilClock, state: WriterState, index: IndexTail,
        checkpoints: WALCheckpoints, tuning: LogTuning
    ) {
        self.pool = pool
        self.identity = identity
        self.clock = clock
        self.checkpoints = checkpoints
        self.index = index
        self.tuning = tuning
        self.state = NIOLockedValueBox(state)
    }

    // MARK: Callers

    func append(_ append: Append) async throws(EventLogError) -> Acceptance {
        let prepared = PreparedAppend(append)
        let result = await withCheckedContinuation { answer in
            let request = AppendRequest(append: prepared, answer: answer)
            if let refusal = enqueue(.append(request)) { answer.resume(returning: .failure(refusal)) }
        }
        return try result.get()
    }

    /// Appends in this order under one commit, each recorded at its own time; all or none.
    func load(_ appends: [(append: Append, at: Instant)]) async throws(EventLogError) {
        let prepared = appends.map { (append: PreparedAppend($0.append), at: $0.at) }
        let failure = await withCheckedContinuation { done in
            pool.asyncWriteWithoutTransaction { db in
                // Only this queue uses the state.
                let failure = self.state.withLockedValue { self.load(prepared, &$0, db) }
                self.checkpointIfDue(db)
                done.resume(returning: failure)
            }
        }
        if let failure { throw failure }
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
            guard waiting.requests.count < tuning.waitingAppends else {
                return .refused(EventLogError(.busy, detail: "\(tuning.waitingAppends) requests are waiting"))
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
                    bytes += append.append.bytes
                }
                // One request always fits, however large.
                guard count == 0 || (events <= Self.eventsInGroup && bytes <= Self.bytesInGroup) else { break }
                count += 1
            }
            guard count > 0 else {
                waiting.isDraining = false
                return nil
            }
            let group = Array(waiting.requests.prefix(count))
            waiting.requests.removeFirst(count)
            return group
        }
    }

    private func commit(_ group: [Request], _ db: Database) {
        // Only this queue uses the state; changing it where it is spares a copy of every tag.
        state.withLockedValue { state in commit(withoutExpired(group), &state, db) }
        checkpointIfDue(db)
    }

    /// Drops what nobody waits for any more, before any work is done for it.
    private func withoutExpired(_ group: [Request]) -> [Request] {
        let now = ContinuousClock.now
        return group.filter { request in
            guard case .append(let append) = request, let deadline = append.append.append.deadline, deadline <= now
            else { return true }
            answer(
                request, .failure(EventLogError(.expired, detail: "the deadline passed before the work was begun")))
            return false
        }
    }

    private func commit(_ group: [Request], _ state: inout WriterState, _ db: Database) {
        guard !group.isEmpty else { return }
        let before = state.tail.head
        var batch: LogBatch
        var answers: [Result<Acceptance, EventLogError>?] = []
        let statements: WriterStatements
        do {
            statements = try WriterStatements(db)
            try statements.beginTransaction()
            batch = LogBatch(
                state.tail, index: index, identity: identity, clock: clock, statements: statements, db: db)
            for request in group {
                switch request {
                case .append(let append):
                    answers.append(try batch.take(append.append, tags: state.tags))
                case .progress(let progress, _):
                    try batch.take(progress)
                    answers.append(nil)
                }
            }
            try batch.finish()
            // Before the commit, so that no reader sees an event that the tail does not have.
            index.add(batch.entries)
        } catch {
            undo(group, because: EventLogError.from(error), head: before, db)
            return
        }
        do {
            try statements.commitTransaction()
        } catch {
            let reason = EventLogError.from(error)
            if reason.code == .full {
                undo(group, because: reason, head: before, db)
            } else {
                // Whether the last frame reached the disk cannot be known now, and a failed sync must not be retried.
                giveUp(
                    group, because: EventLogError(.outcomeUnknown, detail: "the commit failed", underlying: error), db)
            }
            return
        }
        state.take(batch, index: index, flushAfter: tuning.flushAfterEvents)
        // Before the answers, so that who hears an answer has had its bell.
        if state.tail.head > before { commits.ring(Position(state.tail.head)) }
        for (request, result) in zip(group, answers) {
            answer(request, result ?? .failure(EventLogError(.closed)), isDone: result == nil)
        }
    }

    /// - Returns: Why nothing was loaded; nothing when everything was.
    private func load(
        _ appends: [(append: PreparedAppend, at: Instant)], _ state: inout WriterState, _ db: Database
    ) -> EventLogError? {
        if let end = waiting.withLockedValue({ $0.end }) { return end }
        let before = state.tail.head
        let clock = LoadingClock()
        do {
            let statements = try WriterStatements(db)
            try statements.beginTransaction()
            var batch = LogBatch(
                state.tail, index: index, identity: identity, clock: clock, statements: statements, db: db)
            for each in appends {
                clock.set(to: each.at)
                _ = try batch.take(each.append, tags: state.tags).get()
            }
            try batch.finish()
            index.add(batch.entries)
            try statements.commitTransaction()
            state.take(batch, index: index, flushAfter: tuning.flushAfterEvents)
            if state.tail.head > before { commits.ring(Position(state.tail.head)) }
            return nil
        } catch {
            // What stood is kept; who loads begins again from nothing, so no commit is tried twice.
            let reason = EventLogError.from(error)
            index.drop(after: before)
            try? db.rollback()
            end(with: reason)
            return reason
        }
    }

    private func undo(_ group: [Request], because reason: EventLogError, head: UInt64, _ db: Database) {
        index.drop(after: head)
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

    // MARK: Rest

    /// Brings the indexes up to the head and empties the write-ahead log: for an hour without work, and for closing.
    ///
    /// What a reader still needs stays where it is.
    func settle() async {
        await withCheckedContinuation { done in
            pool.asyncWriteWithoutTransaction { db in
                self.state.withLockedValue { self.settle(&$0, db) }
                done.resume()
            }
        }
    }

    private func settle(_ state: inout WriterState, _ db: Database) {
        // After a failed commit or sync nothing more is written: what the disk has is found out by opening again.
        guard waiting.withLockedValue({ $0.end.map { $0.code == .closed } ?? true }) else { return }
        do {
            while state.tail.mark < state.tail.head {
                if state.tail.flush == nil { state.tail.flush = IndexFlush(index.freeze()) }
                let statements = try WriterStatements(db)
                try statements.beginTransaction()
                var batch = LogBatch(
                    state.tail, index: index, identity: identity, clock: clock, statements: statements, db: db)
                try batch.flush(about: 4096)
                try statements.commitTransaction()
                state.take(batch, index: index, flushAfter: tuning.flushAfterEvents)
            }
            try checkpoints.empty(db)
        } catch {
            let reason = EventLogError.from(error)
            if db.isInsideTransaction { try? db.rollback() }
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

extension WriterState {
    /// Takes over what a committed batch has done.
    fileprivate mutating func take(_ batch: LogBatch, index: IndexTail, flushAfter events: Int) {
        let head = tail.head
        if batch.tail.mark > tail.mark { index.retire() }
        tail = batch.tail
        tags.merge(batch.touched, head: head)
        if tail.flush == nil, index.count >= events { tail.flush = IndexFlush(index.freeze()) }
    }
}
