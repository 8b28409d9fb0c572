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

/// An event as the log keeps it.
package struct RecordedEvent: Hashable, Sendable {
    package let position: Position
    package let eventID: UniqueID
    /// First position of the append it came with; events of one append are all or none.
    package let appendFirst: Position
    package let type: String
    package let schemaVersion: UInt16
    package let occurredAt: Instant
    package let recordedAt: Instant
    package let meta: Data
    /// Nothing once removed by an erasure.
    package let data: Data?
    /// Sorted bytewise.
    package let tags: [EventTag]
    /// The stored form of ``disclosure``.
    package let disclosureBytes: Data
    /// Nothing once removed by an erasure.
    package let salt: Data?
    /// What stands in for removed parts (`FORMATS.md` §2).
    package let removed: Data?
    package let leaf: Data
    package let sealed: [SealedSection]

    package init(
        position: Position, eventID: UniqueID, appendFirst: Position, type: String, schemaVersion: UInt16,
        occurredAt: Instant, recordedAt: Instant, meta: Data, data: Data?, tags: [EventTag], disclosureBytes: Data,
        salt: Data?, removed: Data?, leaf: Data, sealed: [SealedSection]
    ) {
        self.position = position
        self.eventID = eventID
        self.appendFirst = appendFirst
        self.type = type
        self.schemaVersion = schemaVersion
        self.occurredAt = occurredAt
        self.recordedAt = recordedAt
        self.meta = meta
        self.data = data
        self.tags = tags
        self.disclosureBytes = disclosureBytes
        self.salt = salt
        self.removed = removed
        self.leaf = leaf
        self.sealed = sealed
    }

    /// Who learnt what of the event.
    ///
    /// Decoded when asked for, since most readers of the log never do.
    ///
    /// - Throws: `DecodingError` when the stored bytes are not a disclosure.
    package var disclosure: Disclosure {
        get throws { try Disclosure(bytes: disclosureBytes) }
    }

    /// The decoded `meta`.
    ///
    /// - Throws: `DecodingError` when the stored bytes are not metadata.
    package func metadata() throws -> EventMetadata {
        try EventJSON.decode(EventMetadata.self, from: meta)
    }

    /// The binding of one of its sealed sections.
    package func context(of sealed: SealedSection) -> SealedSectionContext {
        SealedSectionContext(
            eventID: eventID, section: sealed.section, eventType: type, schemaVersion: schemaVersion,
            group: sealed.group, person: sealed.person)
    }
}
