import EventSourcing
import FoundationEssentials
import MerkleLog

/// An append with everything worked out that needs no place in the log.
///
/// It is made on the caller's thread, many at a time, so that the only writer has no more to do than it must.
struct PreparedAppend: Sendable {
    let append: Append
    /// What it breaks of the limits, if anything.
    let violation: EventLogError?
    /// One an event; none when it breaks a limit.
    let events: [PreparedEvent]
    /// About what it adds to the file.
    let bytes: Int

    init(_ append: Append) {
        self.append = append
        let violation = AppendLimits.violation(in: append)
        self.violation = violation
        events = violation == nil ? append.events.map(PreparedEvent.init) : []
        bytes = append.events.reduce(0) { sum, event in
            sum + event.data.count + event.meta.count + event.sealed.reduce(0) { $0 + ($1.ciphertext?.count ?? 0) }
        }
    }
}

/// One event of an append: its parts as they are stored, and the commitments its leaf is made of.
struct PreparedEvent: Sendable {
    let event: NewEvent
    /// Sorted bytewise.
    let tags: [EventTag]
    /// Sorted bytewise.
    let audience: [DepartmentCode]
    let audienceBytes: Data
    let disclosureBytes: Data
    let commitments: LeafCommitments

    init(_ event: NewEvent) {
        self.event = event
        tags = event.tags.sorted()
        audience = event.disclosure.audience
        audienceBytes = LeafParts.joined(sorted: audience.lazy.map(\.description))
        disclosureBytes = event.disclosure.bytes
        let parts = LeafParts(
            meta: event.meta, data: event.data, tags: LeafParts.joined(sorted: tags.lazy.map(\.description)),
            audience: audienceBytes, disclosure: disclosureBytes)
        guard let commitments = LeafCommitments(parts, salt: event.salt) else {
            preconditionFailure("a new event has all its parts")
        }
        self.commitments = commitments
    }
}
