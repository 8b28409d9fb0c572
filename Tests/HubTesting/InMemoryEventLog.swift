package import EventSourcing
package import FoundationEssentials
import MerkleLog
import NIOConcurrencyHelpers

/// The port of the event log told as plainly as possible, as an array; other stores are compared with it.
package final class InMemoryEventLog: EventLog {
    private struct Request {
        let acceptance: Acceptance
        let fingerprint: Data
    }

    private struct RequestKey: Hashable {
        let command: UniqueID
        let actor: AccountID
    }

    private struct ConsumerKey: Hashable {
        let department: DepartmentCode
        let name: String
    }

    private struct State {
        var events: [RecordedEvent] = []
        var requests: [RequestKey: Request] = [:]
        var feeds: [DepartmentCode: [FeedEntry]] = [:]
        var consumers: [ConsumerKey: ConsumerProgress] = [:]
        var listeners: [UInt64: AsyncStream<Position>.Continuation] = [:]
        var nextListener: UInt64 = 0

        var head: Position { Position(UInt64(events.count)) }
    }

    package let identity: LogIdentity
    private let clock: any CivilClock
    private let state = NIOLockedValueBox(State())

    package init(identity: LogIdentity, clock: any CivilClock) {
        self.identity = identity
        self.clock = clock
    }

    @discardableResult
    package func append(_ append: Append) async throws(EventLogError) -> Acceptance {
        let now = clock.now()
        let answer = state.withLockedValue { state -> Result<Acceptance, EventLogError> in
            do throws(EventLogError) {
                return .success(try self.take(append, at: now, into: &state))
            } catch {
                return .failure(error)
            }
        }
        return try answer.get()
    }

    private func take(_ append: Append, at now: Instant, into state: inout State) throws(EventLogError) -> Acceptance {
        let key = RequestKey(command: append.commandID, actor: append.actor)
        if let known = state.requests[key] {
            guard known.fingerprint == append.fingerprint else { throw EventLogError(.otherBody) }
            return Acceptance(
                events: known.acceptance.events, position: known.acceptance.position, isRepeat: true)
        }
        if let condition = append.condition,
            let match = state.events.last(where: { event in
                event.position > condition.after
                    && condition.failIfEventsMatch.matches(type: event.type, tags: Set(event.tags))
            })
        {
            throw EventLogError(.conflict, at: match.position)
        }
        if let violation = AppendLimits.violation(in: append) { throw violation }
        let known = Set(state.events.map(\.eventID))
        if append.events.contains(where: { known.contains($0.eventID) }) {
            throw EventLogError(.invalidAppend, detail: "an event with this id is in the log already")
        }
        let first = state.head.next
        let recordedAt = max(state.events.last?.recordedAt ?? now, now)
        for event in append.events { record(event, appendFirst: first, recordedAt: recordedAt, into: &state) }
        let acceptance = Acceptance(
            events: append.events.isEmpty ? nil : first...state.head, position: state.head, isRepeat: false)
        state.requests[key] = Request(acceptance: acceptance, fingerprint: append.fingerprint)
        if !append.events.isEmpty {
            for listener in state.listeners.values { listener.yield(state.head) }
        }
        return acceptance
    }

    private func record(_ event: NewEvent, appendFirst: Position, recordedAt: Instant, into state: inout State) {
        let position = state.head.next
        let tags = event.tags.sorted()
        let parts = LeafParts(
            meta: event.meta, data: event.data, tags: tags.map(\.description),
            audience: event.disclosure.audience.map(\.description), disclosure: event.disclosure.bytes)
        guard let commitments = LeafCommitments(parts, salt: event.salt) else {
            preconditionFailure("a new event has all its parts")
        }
        let leaf = Leaf(
            logID: identity.logID.bytes, position: position.number, eventID: event.eventID.bytes,
            appendFirst: appendFirst.number, type: event.type, schemaVersion: event.schemaVersion,
            occurredAt: event.occurredAt.milliseconds, recordedAt: recordedAt.milliseconds, commitments: commitments,
            sections: event.sealed.map { Leaf.Section(number: $0.section, digest: $0.digest) }
        ).hash
        state.events.append(
            RecordedEvent(
                position: position, eventID: event.eventID, appendFirst: appendFirst, type: event.type,
                schemaVersion: event.schemaVersion, occurredAt: event.occurredAt, recordedAt: recordedAt,
                meta: event.meta, data: event.data, tags: tags, disclosureBytes: event.disclosure.bytes,
                salt: event.salt,
                removed: nil, leaf: leaf, sealed: event.sealed))
        for department in event.disclosure.audience {
            let last = state.feeds[department]?.last
            let sequence = (last?.sequence ?? 0) + 1
            let previous =
                last?.chain ?? FeedChain.start(logID: identity.logID.bytes, department: department.description)
            state.feeds[department, default: []].append(
                FeedEntry(
                    sequence: sequence, position: position,
                    chain: FeedChain.next(after: previous, sequence: sequence, leaf: leaf)))
        }
    }

    package func head() async throws(EventLogError) -> LogHead {
        let events = state.withLockedValue { $0.events }
        return LogHead(
            position: Position(UInt64(events.count)), recordedAt: events.last?.recordedAt ?? Instant(milliseconds: 0),
            root: MerkleTree.root(of: events.map(\.leaf)))
    }

    package func read(_ query: EventQuery, after: Position, limit: Int) async throws(EventLogError) -> EventPage {
        precondition((1...1000).contains(limit), "a page has 1 to 1000 events")
        return state.withLockedValue { state in
            let found = state.events.lazy.filter { event in
                event.position > after && query.matches(type: event.type, tags: Set(event.tags))
            }
            let events = Array(found.prefix(limit))
            let reached = events.count == limit ? events.last?.position : nil
            return EventPage(events: events, head: state.head, reached: reached ?? max(after, state.head))
        }
    }

    package func event(at position: Position) async throws(EventLogError) -> RecordedEvent? {
        state.withLockedValue { state in
            position > .start && position <= state.head ? state.events[Int(position.number) - 1] : nil
        }
    }

    package func acceptance(of commandID: UniqueID, by actor: AccountID) async throws(EventLogError) -> (
        Acceptance, fingerprint: Data
    )? {
        guard
            let known = state.withLockedValue({ $0.requests[RequestKey(command: commandID, actor: actor)] })
        else { return nil }
        let acceptance = Acceptance(
            events: known.acceptance.events, position: known.acceptance.position, isRepeat: true)
        return (acceptance, known.fingerprint)
    }

    package func feedEntries(for department: DepartmentCode, after sequence: UInt64, limit: Int)
        async throws(EventLogError) -> [FeedEntry]
    {
        precondition((1...1000).contains(limit), "a page has 1 to 1000 entries")
        return state.withLockedValue {
            Array(($0.feeds[department] ?? []).filter { $0.sequence > sequence }.prefix(limit))
        }
    }

    package func feedHead(for department: DepartmentCode) async throws(EventLogError) -> FeedEntry? {
        state.withLockedValue { $0.feeds[department]?.last }
    }

    package func record(_ progress: [ConsumerProgress]) async throws(EventLogError) {
        state.withLockedValue { state in
            for each in progress {
                state.consumers[ConsumerKey(department: each.department, name: each.name)] = each
            }
        }
    }

    package func consumers() async throws(EventLogError) -> [ConsumerProgress] {
        state.withLockedValue { $0.consumers.values.sorted { ($0.department, $0.name) < ($1.department, $1.name) } }
    }

    package func commits() -> AsyncStream<Position> {
        let (stream, continuation) = AsyncStream.makeStream(of: Position.self, bufferingPolicy: .bufferingNewest(1))
        let listener = state.withLockedValue { state in
            state.nextListener += 1
            state.listeners[state.nextListener] = continuation
            return state.nextListener
        }
        continuation.onTermination = { [state] _ in
            state.withLockedValue { _ = $0.listeners.removeValue(forKey: listener) }
        }
        return stream
    }

    /// Ends every stream of commits, as closing a log does.
    package func close() {
        let listeners = state.withLockedValue { state in
            defer { state.listeners = [:] }
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.finish() }
    }
}
