package import FoundationEssentials

/// An event to append: everything but what the log gives (position, recorded time, leaf).
package struct NewEvent: Hashable, Sendable {
    package let eventID: UniqueID
    package let type: String
    package let schemaVersion: UInt16
    package let occurredAt: Instant
    /// Encoded ``EventMetadata``; its `sealed` labels are those of `sealed`.
    package let meta: Data
    /// Encoded payload, at most 64 KiB.
    package let data: Data
    /// At most 32.
    package let tags: Set<EventTag>
    package let disclosure: Disclosure
    /// At most 32, numbered 1, 2, 3 ….
    package let sealed: [SealedSection]
    /// 16 random bytes.
    package let salt: Data

    package init(
        eventID: UniqueID, type: String, schemaVersion: UInt16, occurredAt: Instant, meta: Data, data: Data,
        tags: Set<EventTag>, disclosure: Disclosure, sealed: [SealedSection], salt: Data
    ) {
        self.eventID = eventID
        self.type = type
        self.schemaVersion = schemaVersion
        self.occurredAt = occurredAt
        self.meta = meta
        self.data = data
        self.tags = tags
        self.disclosure = disclosure
        self.sealed = sealed
        self.salt = salt
    }
}
