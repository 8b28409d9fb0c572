package import EventSourcing
package import FoundationEssentials

/// Where a department's adapter keeps its slice: the port that `DepartmentStore` fulfils.
///
/// Calls block for one small local transaction at most; one adapter process has one store open.
package protocol DepartmentStorePort: Sendable {
    /// How far the slice has been applied; sequence 0 before the first entry.
    func cursor() throws(DepartmentStoreError) -> AdapterCursor

    /// Applies entries of one epoch and moves the cursor, all in one transaction or not at all.
    ///
    /// Entries already applied are skipped when they are the same, so the same batch may come twice, or overlap.
    ///
    /// - Parameters:
    ///   - entries: In order, without holes among themselves, their chain already checked; at most 1 000.
    ///   - epoch: The epoch they were served under.
    /// - Returns: The cursor afterwards, durable only once the operating system has written it: the hub replays a lost tail.
    /// - Throws: ``DepartmentStoreError``; `hole` when the first new entry is not the next one, `forked` when an entry
    ///   differs from the one already applied under its number or the epoch is another one.
    func apply(_ entries: [ReceivedEntry], epoch: UniqueID) throws(DepartmentStoreError) -> AdapterCursor

    /// Civil time of the hub as last heard; nothing before the first message.
    func hubTime() throws(DepartmentStoreError) -> HubTime?

    /// Remembers the hub's civil time, so that an act queued while the hub is away has one.
    func remember(_ time: HubTime) throws(DepartmentStoreError)

    /// Persists a command before it is sent for the first time.
    ///
    /// - Returns: The command as stored: the same id queued before keeps its first bytes and its answer.
    /// - Throws: ``DepartmentStoreError/otherCommand(_:)`` when the id was used for something else.
    func enqueue(_ command: OutboxCommand) throws(DepartmentStoreError) -> OutboxCommand

    /// Commands without an answer, oldest first.
    ///
    /// - Parameter limit: At most this many, 1 through 1 000.
    func pendingCommands(limit: Int) throws(DepartmentStoreError) -> [OutboxCommand]

    /// One command of the outbox, answered or not.
    func command(_ id: UniqueID) throws(DepartmentStoreError) -> OutboxCommand?

    /// Keeps the hub's answer and drops the sealed bytes; a second answer changes nothing.
    func settle(_ id: UniqueID, _ answer: CommandAnswer) throws(DepartmentStoreError)

    /// How many commands wait for an answer.
    func pendingCount() throws(DepartmentStoreError) -> Int

    /// Cycles of referrals this copy holds and nobody has told the hub of, by arrival.
    ///
    /// - Parameter limit: At most this many, 1 through 1 000.
    func arrivals(limit: Int) throws(DepartmentStoreError) -> [DeliveryArrival]

    /// Notes that the word of an arrival lies in the outbox.
    func noteConfirmed(_ arrival: DeliveryArrival) throws(DepartmentStoreError)

    /// The referrals of this department, those to answer first on top.
    func inbox() throws(DepartmentStoreError) -> [InboxReferral]

    /// One referral with the parts released to this department, found by id or by number.
    func referral(_ idOrNumber: String) throws(DepartmentStoreError) -> InboxReferral?

    /// The follow-ups of this department.
    func followUps() throws(DepartmentStoreError) -> [InboxFollowUp]

    /// The extracts of joint meetings that went to this department.
    func meetingExtracts() throws(DepartmentStoreError) -> [InboxExtract]
}

/// How far an adapter has applied its feed.
package struct AdapterCursor: Hashable, Sendable {
    /// Nothing before the first entry.
    package let epoch: UniqueID?
    /// Number of the last applied entry, 0 before the first.
    package let sequence: UInt64
    /// `chain_n` of `FORMATS.md` §6 at `sequence`, 32 bytes.
    package let chain: Data

    package init(epoch: UniqueID?, sequence: UInt64, chain: Data) {
        self.epoch = epoch
        self.sequence = sequence
        self.chain = chain
    }
}

/// An entry of the feed after it has been opened and checked.
package struct ReceivedEntry: Hashable, Sendable {
    /// The `feed_seq`, 1, 2, 3 ….
    package let sequence: UInt64
    package let position: Position
    /// Leaf of the event in the hub's tree, 32 bytes.
    package let leaf: Data
    /// `chain_n` at `sequence`, 32 bytes.
    package let chain: Data
    /// The CloudEvents JSON as the hub rendered it.
    package let event: Data

    package init(sequence: UInt64, position: Position, leaf: Data, chain: Data, event: Data) {
        self.sequence = sequence
        self.position = position
        self.leaf = leaf
        self.chain = chain
        self.event = event
    }
}

/// The hub's civil time as a header gave it.
package struct HubTime: Hashable, Sendable {
    package let now: Instant
    /// Whether the log is a demo, whose clock stands still between sets.
    package let isDemo: Bool

    package init(now: Instant, isDemo: Bool) {
        self.now = now
        self.isDemo = isDemo
    }
}

/// Why the adapter's store could not do what was asked.
package enum DepartmentStoreError: Error, Hashable, Sendable {
    /// The first new entry is not the next one.
    case hole(expected: UInt64, got: UInt64)
    /// The hub's feed is not the one applied so far: restored, swapped or altered.
    case forked(sequence: UInt64)
    /// An entry holds no event that can be read.
    case unreadable(sequence: UInt64)
    /// The command id was used before for another command.
    case otherCommand(UniqueID)
    /// The folder belongs to another department, hub or version.
    case foreign(String)
    /// Another adapter has the folder open.
    case locked(String)
    /// The file cannot be used: path and cause.
    case unavailable(String)
}
