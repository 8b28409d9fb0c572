import EventSourcing
import FoundationEssentials
import SQLiteEventLog

/// The log of a county in the making: decisions are read from memory, commits go to the file many at a time.
///
/// It gives every answer the file would give. What it no longer holds it reads from the file, after writing what waits.
actor CountyLog: EventLog {
    /// One event as decisions read it.
    private final class Kept: Sendable {
        let event: RecordedEvent
        let type: String
        let tags: Set<EventTag>

        init(_ event: RecordedEvent, tags: Set<EventTag>) {
            self.event = event
            type = event.type
            self.tags = tags
        }
    }

    nonisolated let identity: LogIdentity
    private let file: SQLiteEventLog
    private let clock: DemoClock
    private var last: UInt64
    private var waiting: [(append: Append, at: Instant)] = []
    private var waitingEvents = 0
    /// The newest events without gaps, the last of them at `last`.
    private var recent: [Kept] = []
    private var byTag: [EventTag: [Kept]] = [:]
    /// Tags whose events were let go of, and those the file had before.
    private var forgotten: Set<EventTag> = []

    /// Events in one commit of the file.
    private static let commitAfter = 4096
    /// Kinds of tags that only reports ask for, never a decision.
    private static let unindexed: Set<EventTag.Kind> = [.dept, .town]

    /// - Parameter file: A log whose events so far are about rules only: their tags name nothing a case is asked by.
    init(_ file: SQLiteEventLog, clock: DemoClock) async throws(EventLogError) {
        self.file = file
        self.clock = clock
        identity = file.identity
        last = try await file.head().position.number
    }

    /// The newest event, whether committed or not.
    var lastPosition: Position { Position(last) }

    // MARK: Writing

    /// Decided one at a time, so nothing can have come between a decision and its append.
    func append(_ append: Append) async throws(EventLogError) -> Acceptance {
        if let violation = AppendLimits.violation(in: append) { throw violation }
        if let condition = append.condition, condition.after.number < last {
            let page = try await read(condition.failIfEventsMatch, after: condition.after, limit: 1)
            guard page.events.isEmpty else { throw EventLogError(.conflict) }
        }
        let now = clock.now()
        let first = last + 1
        for event in append.events { keep(event, appendFirst: Position(first), at: now) }
        waiting.append((append, now))
        waitingEvents += append.events.count
        if waitingEvents >= Self.commitAfter { try await write() }
        return Acceptance(
            events: append.events.isEmpty ? nil : Position(first)...Position(last), position: Position(last),
            isRepeat: false)
    }

    /// Commits what waits.
    func write() async throws(EventLogError) {
        let batch = waiting
        waiting = []
        waitingEvents = 0
        if !batch.isEmpty { try await file.load(batch) }
        if recent.count > 2 * Self.commitAfter { recent.removeFirst(recent.count - Self.commitAfter) }
    }

    private func keep(_ event: NewEvent, appendFirst: Position, at now: Instant) {
        last += 1
        let recorded = RecordedEvent(
            position: Position(last), eventID: event.eventID, appendFirst: appendFirst, type: event.type,
            schemaVersion: event.schemaVersion, occurredAt: event.occurredAt, recordedAt: now, meta: event.meta,
            data: event.data, tags: event.tags.sorted(), disclosureBytes: event.disclosure.bytes, salt: event.salt,
            removed: nil, leaf: Data(count: 32), sealed: event.sealed)
        let kept = Kept(recorded, tags: event.tags)
        recent.append(kept)
        for tag in event.tags where tag.kind.map(Self.unindexed.contains) == false {
            byTag[tag, default: []].append(kept)
        }
    }

    /// Lets go of a case that nothing more will happen to.
    func forget(_ tag: EventTag) {
        for kept in byTag[tag] ?? [] {
            for tag in kept.tags where tag.kind != .person && tag.kind != .household {
                if byTag.removeValue(forKey: tag) != nil { forgotten.insert(tag) }
            }
        }
    }

    // MARK: Reading

    func read(_ query: EventQuery, after: Position, limit: Int) async throws(EventLogError) -> EventPage {
        let head = Position(last)
        guard after < head else { return EventPage(events: [], head: head, reached: head) }
        guard let found = held(query, after: after) else {
            try await write()
            return try await file.read(query, after: after, limit: limit)
        }
        let events = found.prefix(limit).map(\.event)
        let reached = found.count > limit ? events.last?.position : head
        return EventPage(events: Array(events), head: head, reached: reached ?? head)
    }

    /// What memory holds of the answer, or nothing when it does not hold all of it.
    private func held(_ query: EventQuery, after: Position) -> [Kept]? {
        if query.items.isEmpty { return newest(after: after).map(Array.init) }
        var lists: [[Kept]] = []
        for item in query.items {
            let list: [Kept]
            if item.tags.isEmpty {
                guard let newest = newest(after: after) else { return nil }
                list = newest.filter { item.types.contains($0.type) }
            } else {
                guard let shortest = shortest(of: item.tags) else { return nil }
                list = shortest.filter {
                    $0.event.position > after && item.matches(type: $0.type, tags: $0.tags)
                }
            }
            if !list.isEmpty { lists.append(list) }
        }
        if lists.count == 1 { return lists[0] }
        var positions: Set<Position> = []
        return lists.joined().filter { positions.insert($0.event.position).inserted }
            .sorted { $0.event.position < $1.event.position }
    }

    private func newest(after: Position) -> ArraySlice<Kept>? {
        let first = last - UInt64(recent.count) + 1
        guard after.number + 1 >= first else { return nil }
        return recent[Int(after.number + 1 - first)...]
    }

    private func shortest(of tags: Set<EventTag>) -> [Kept]? {
        var shortest: [Kept]?
        for tag in tags where tag.kind.map(Self.unindexed.contains) == false {
            guard !forgotten.contains(tag) else { return nil }
            let list = byTag[tag] ?? []
            if list.count < shortest?.count ?? .max { shortest = list }
        }
        return shortest
    }

    func event(at position: Position) async throws(EventLogError) -> RecordedEvent? {
        if let found = newest(after: Position(max(1, position.number) - 1))?.first { return found.event }
        return try await file.event(at: position)
    }

    func head() async throws(EventLogError) -> LogHead {
        try await write()
        return try await file.head()
    }

    /// Every command of a county is sent once, under an identifier of its own.
    func acceptance(of commandID: UniqueID, by actor: AccountID) async throws(EventLogError) -> (
        Acceptance, fingerprint: Data
    )? { nil }

    func feedEntries(for department: DepartmentCode, after sequence: UInt64, limit: Int) async throws(EventLogError)
        -> [FeedEntry]
    {
        try await write()
        return try await file.feedEntries(for: department, after: sequence, limit: limit)
    }

    func feedHead(for department: DepartmentCode) async throws(EventLogError) -> FeedEntry? {
        try await write()
        return try await file.feedHead(for: department)
    }

    func record(_ progress: [ConsumerProgress]) async throws(EventLogError) { try await file.record(progress) }

    func consumers() async throws(EventLogError) -> [ConsumerProgress] { try await file.consumers() }

    nonisolated func commits() -> AsyncStream<Position> { file.commits() }
}
