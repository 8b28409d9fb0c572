package import FoundationEssentials

/// What a log is, once and for all.
package struct LogIdentity: Hashable, Sendable {
    package let logID: UniqueID
    /// New at each restore; a reader that knows another one must stop.
    package let epoch: UniqueID
    /// Whether this is a demo, whose clock can be set.
    package let isDemo: Bool

    package init(logID: UniqueID, epoch: UniqueID, isDemo: Bool) {
        self.logID = logID
        self.epoch = epoch
        self.isDemo = isDemo
    }
}

/// A request to append: one command's events, all or none.
package struct Append: Sendable {
    /// UUID the sender gave the command; with `actor` it takes effect at most once, for ever.
    package let commandID: UniqueID
    package let actor: AccountID
    /// 32 bytes over what was sent; the same id with another fingerprint is refused.
    package let fingerprint: Data
    /// At most 256; none when nothing had to happen, which is remembered all the same.
    package let events: [NewEvent]
    package let condition: AppendCondition?
    /// When its sender gives up, by the monotonic clock: work not begun by then is not begun at all.
    package let deadline: ContinuousClock.Instant?

    package init(
        commandID: UniqueID, actor: AccountID, fingerprint: Data, events: [NewEvent], condition: AppendCondition?,
        deadline: ContinuousClock.Instant? = nil
    ) {
        self.commandID = commandID
        self.actor = actor
        self.fingerprint = fingerprint
        self.events = events
        self.condition = condition
        self.deadline = deadline
    }
}

/// How a command was accepted; asked again, the log gives the same one.
package struct Acceptance: Hashable, Sendable {
    /// First and last event of the append; nothing when nothing had to happen.
    package let events: ClosedRange<Position>?
    /// The head when it was answered: a reader at this place sees its effect.
    package let position: Position
    /// Whether it had been accepted before.
    package let isRepeat: Bool

    package init(events: ClosedRange<Position>?, position: Position, isRepeat: Bool) {
        self.events = events
        self.position = position
        self.isRepeat = isRepeat
    }
}

/// The end of the log.
package struct LogHead: Hashable, Sendable {
    package let position: Position
    package let recordedAt: Instant
    /// Root of the RFC 6962 tree over all leaves, 32 bytes.
    package let root: Data

    package init(position: Position, recordedAt: Instant, root: Data) {
        self.position = position
        self.recordedAt = recordedAt
        self.root = root
    }
}

/// Events in order, and the head they were read at.
///
/// A page is bounded in events, bytes and time, so it may be short, even empty, before the end of the log: whether more
/// follows is told by ``isLast`` alone.
package struct EventPage: Sendable {
    package let events: [RecordedEvent]
    /// The head of the same read: an append condition uses this place, not the last match.
    package let head: Position
    /// Every match up to here is in this page or an earlier one; the next page starts after it.
    package let reached: Position

    package init(events: [RecordedEvent], head: Position, reached: Position) {
        self.events = events
        self.head = head
        self.reached = reached
    }

    /// Whether nothing more matched when it was read.
    package var isLast: Bool { reached >= head }
}

/// One entry of a department's feed.
package struct FeedEntry: Hashable, Sendable {
    /// 1, 2, 3 … without gaps within the department.
    package let sequence: UInt64
    package let position: Position
    /// `chain_n` of `FORMATS.md` §6, 32 bytes.
    package let chain: Data

    package init(sequence: UInt64, position: Position, chain: Data) {
        self.sequence = sequence
        self.position = position
        self.chain = chain
    }
}

/// How far a department has acknowledged its feed.
package struct ConsumerProgress: Hashable, Sendable {
    package let department: DepartmentCode
    package let name: String
    package let sequence: UInt64
    package let chain: Data
    package let acknowledgedAt: Instant

    package init(department: DepartmentCode, name: String, sequence: UInt64, chain: Data, acknowledgedAt: Instant) {
        self.department = department
        self.name = name
        self.sequence = sequence
        self.chain = chain
        self.acknowledgedAt = acknowledgedAt
    }
}

/// The store of events: insert only, one order, gapless positions.
package protocol EventLog: Sendable {
    var identity: LogIdentity { get }

    /// Appends all events or none; answers after they are on stable storage.
    ///
    /// - Throws: ``EventLogError``; `conflict` when the condition no longer holds, `otherBody` when the command id was
    ///   used with another fingerprint.
    @discardableResult func append(_ append: Append) async throws(EventLogError) -> Acceptance

    /// The end of what is committed.
    func head() async throws(EventLogError) -> LogHead

    /// Matching events after a place, oldest first, in a page also bounded in bytes and time.
    ///
    /// - Parameter limit: At most this many events, 1 through 1000.
    func read(_ query: EventQuery, after: Position, limit: Int) async throws(EventLogError) -> EventPage

    /// One event, or nothing when the log is shorter.
    func event(at position: Position) async throws(EventLogError) -> RecordedEvent?

    /// How a command was accepted and with which fingerprint, if it was.
    func acceptance(of commandID: UniqueID, by actor: AccountID) async throws(EventLogError) -> (
        Acceptance, fingerprint: Data
    )?

    /// Entries of one department's feed after a sequence number; at most `limit`, 1 through 1000.
    func feedEntries(for department: DepartmentCode, after sequence: UInt64, limit: Int) async throws(EventLogError)
        -> [FeedEntry]

    /// The last entry of one department's feed, or nothing while it is empty.
    func feedHead(for department: DepartmentCode) async throws(EventLogError) -> FeedEntry?

    /// Remembers how far consumers are; later than their acknowledgement by at most a second.
    func record(_ progress: [ConsumerProgress]) async throws(EventLogError)

    /// What consumers acknowledged last.
    func consumers() async throws(EventLogError) -> [ConsumerProgress]

    /// The head after each commit from now on; a slow listener gets the newest only. Finishes when the log closes.
    func commits() -> AsyncStream<Position>
}

extension EventLog {
    /// All matching events after a place in pages, and the head of the last page.
    ///
    /// - Complexity: O(*n*) in the matching events, which are all held: for boundaries of one case, not for the log.
    package func readAll(_ query: EventQuery, after: Position = .start) async throws(EventLogError) -> EventPage {
        var events: [RecordedEvent] = []
        var cursor = after
        while true {
            let page = try await read(query, after: cursor, limit: 1000)
            events += page.events
            if page.isLast { return EventPage(events: events, head: page.head, reached: page.reached) }
            cursor = page.reached
        }
    }
}
