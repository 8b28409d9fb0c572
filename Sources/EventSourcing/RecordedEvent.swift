package import FoundationEssentials

/// An event as the log keeps it.
///
/// Its columns stand with those of the events that were read with it, so whoever keeps one keeps its page: a few hundred
/// kilobytes. To keep an event for long, take out what is needed.
package struct RecordedEvent: Sendable {
    private let rows: RecordedRows
    private let index: Int

    init(_ rows: RecordedRows, at index: Int) {
        self.rows = rows
        self.index = index
    }

    private var shape: RecordedRows.Shape { rows.shapes[index] }

    /// Takes separate values, where speed does not matter.
    package init(
        position: Position, eventID: UniqueID, appendFirst: Position, type: String, schemaVersion: UInt16,
        occurredAt: Instant, recordedAt: Instant, meta: Data, data: Data?, tags: [EventTag], disclosureBytes: Data,
        salt: Data?, removed: Data?, leaf: Data, sealed: [SealedSection]
    ) {
        self = Self.lent([meta, data, disclosureBytes, salt, removed, leaf], []) { lent in
            let none = UnsafeRawBufferPointer(start: nil, count: 0)
            var page = RecordedPage(capacity: 1)
            for tag in tags { page.add(tag) }
            for section in sealed { page.add(section) }
            page.add(
                .init(
                    position: position, eventID: eventID, appendFirst: appendFirst, schemaVersion: schemaVersion,
                    occurredAt: occurredAt, recordedAt: recordedAt),
                type: type,
                copying: .init(
                    meta: lent[0] ?? none, data: lent[1], disclosure: lent[2] ?? none, salt: lent[3],
                    removed: lent[4], leaf: lent[5] ?? none))
            return page.events()[0]
        }
    }

    /// Lends the bytes of several values at once.
    private static func lent<Value>(
        _ parts: [Data?], _ lent: [UnsafeRawBufferPointer?], _ body: ([UnsafeRawBufferPointer?]) -> Value
    ) -> Value {
        guard lent.count < parts.count else { return body(lent) }
        guard let part = parts[lent.count] else { return Self.lent(parts, lent + [nil], body) }
        return part.withUnsafeBytes { Self.lent(parts, lent + [$0], body) }
    }

    package var position: Position { shape.row.position }
    package var eventID: UniqueID { shape.row.eventID }
    /// First position of the append it came with; events of one append are all or none.
    package var appendFirst: Position { shape.row.appendFirst }
    package var type: String { rows.types[Int(shape.type)] }
    package var schemaVersion: UInt16 { shape.row.schemaVersion }
    package var occurredAt: Instant { shape.row.occurredAt }
    package var recordedAt: Instant { shape.row.recordedAt }
    /// Sorted bytewise; an array of its own, so ask once.
    package var tags: [EventTag] { Array(rows.tags[rows.tagPlaces(of: index)]) }
    /// Ascending by number.
    package var sealed: [SealedSection] { Array(rows.sealed[rows.sealedPlaces(of: index)]) }
    package var meta: Data { rows.slice(shape.start, shape.meta) }
    /// Nothing once removed by an erasure.
    package var data: Data? {
        shape.absent.contains(.data) ? nil : rows.slice(shape.meta, shape.data)
    }
    /// The stored form of ``disclosure``.
    package var disclosureBytes: Data { rows.slice(shape.data, shape.disclosure) }
    /// Nothing once removed by an erasure.
    package var salt: Data? {
        shape.absent.contains(.salt) ? nil : rows.slice(shape.disclosure, shape.salt)
    }
    /// What stands in for removed parts (`FORMATS.md` §2).
    package var removed: Data? {
        shape.absent.contains(.removed) ? nil : rows.slice(shape.salt, shape.removed)
    }
    package var leaf: Data { rows.slice(shape.removed, shape.leaf) }

    /// About the memory its columns take, in bytes, without sealed sections.
    package var size: Int { Int(shape.leaf - shape.start) + 256 }

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

extension RecordedEvent: Hashable {
    package static func == (left: Self, right: Self) -> Bool {
        left.rows === right.rows && left.index == right.index
            || left.position == right.position && left.eventID == right.eventID
                && left.appendFirst == right.appendFirst && left.type == right.type
                && left.schemaVersion == right.schemaVersion && left.occurredAt == right.occurredAt
                && left.recordedAt == right.recordedAt && left.tags == right.tags && left.sealed == right.sealed
                && left.meta == right.meta && left.data == right.data
                && left.disclosureBytes == right.disclosureBytes && left.salt == right.salt
                && left.removed == right.removed && left.leaf == right.leaf
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(position)
        hasher.combine(eventID)
        hasher.combine(leaf)
    }
}
