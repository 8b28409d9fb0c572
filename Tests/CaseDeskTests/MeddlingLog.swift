import EventSourcing
import Foundation
import HubTesting
import NIOConcurrencyHelpers

/// A log in memory into which others write at the worst moment, and which fails when it is told to.
final class MeddlingLog: EventLog {
    private struct State {
        /// What others append just before the next appends of the desk, first come first served.
        var meddling: [Append] = []
        var appendFailures: [EventLogError.Code] = []
        var readFailure: EventLogError.Code?
        var recordFailure: EventLogError.Code?
        /// Whether commits do not ring, and only the end of the log is heard.
        var isSilent = false
        var appends = 0
        var reads = 0
        var eventsRead = 0
        var recorded: [[ConsumerProgress]] = []
    }

    let inner: InMemoryEventLog
    private let state = NIOLockedValueBox(State())

    init(_ inner: InMemoryEventLog) {
        self.inner = inner
    }

    var identity: LogIdentity { inner.identity }
    /// Appends asked for so far, failed ones included.
    var appends: Int { state.withLockedValue { $0.appends } }
    /// Reads by query asked for so far.
    var reads: Int { state.withLockedValue { $0.reads } }
    /// Events those reads gave.
    var eventsRead: Int { state.withLockedValue { $0.eventsRead } }
    /// What was written of consumers, call by call.
    var recorded: [[ConsumerProgress]] { state.withLockedValue { $0.recorded } }

    func meddle(with appends: [Append]) { state.withLockedValue { $0.meddling += appends } }
    func failAppends(_ codes: [EventLogError.Code]) { state.withLockedValue { $0.appendFailures += codes } }
    func failReads(_ code: EventLogError.Code?) { state.withLockedValue { $0.readFailure = code } }
    func silence() { state.withLockedValue { $0.isSilent = true } }
    func failRecords(_ code: EventLogError.Code?) { state.withLockedValue { $0.recordFailure = code } }

    @discardableResult func append(_ append: Append) async throws(EventLogError) -> Acceptance {
        let (failure, other) = state.withLockedValue { state -> (EventLogError.Code?, Append?) in
            state.appends += 1
            return (
                state.appendFailures.isEmpty ? nil : state.appendFailures.removeFirst(),
                state.meddling.isEmpty ? nil : state.meddling.removeFirst()
            )
        }
        if let failure { throw EventLogError(failure) }
        if let other { try await inner.append(other) }
        return try await inner.append(append)
    }

    func head() async throws(EventLogError) -> LogHead { try await inner.head() }

    func read(_ query: EventQuery, after: Position, limit: Int) async throws(EventLogError) -> EventPage {
        let failure = state.withLockedValue { state in
            state.reads += 1
            return state.readFailure
        }
        if let failure { throw EventLogError(failure) }
        let page = try await inner.read(query, after: after, limit: limit)
        state.withLockedValue { $0.eventsRead += page.events.count }
        return page
    }

    func event(at position: Position) async throws(EventLogError) -> RecordedEvent? {
        try await inner.event(at: position)
    }

    func acceptance(of commandID: UniqueID, by actor: AccountID) async throws(EventLogError) -> (
        Acceptance, fingerprint: Data
    )? {
        try await inner.acceptance(of: commandID, by: actor)
    }

    func feedEntries(for department: DepartmentCode, after sequence: UInt64, limit: Int) async throws(EventLogError)
        -> [FeedEntry]
    {
        try await inner.feedEntries(for: department, after: sequence, limit: limit)
    }

    func feedHead(for department: DepartmentCode) async throws(EventLogError) -> FeedEntry? {
        try await inner.feedHead(for: department)
    }

    func record(_ progress: [ConsumerProgress]) async throws(EventLogError) {
        if let failure = state.withLockedValue({ $0.recordFailure }) { throw EventLogError(failure) }
        state.withLockedValue { $0.recorded.append(progress) }
        try await inner.record(progress)
    }

    func consumers() async throws(EventLogError) -> [ConsumerProgress] { try await inner.consumers() }

    func commits() -> AsyncStream<Position> {
        let rings = inner.commits()
        guard state.withLockedValue({ $0.isSilent }) else { return rings }
        return AsyncStream {
            for await _ in rings {}
            return nil
        }
    }
}
