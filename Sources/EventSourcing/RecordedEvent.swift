package import FoundationEssentials

/// An event as the log keeps it.
///
/// Its columns stand in one piece of memory behind one reference: a page of a thousand is made and let go in a fraction of
/// the time that separate values take, and readers of the whole log do little else.
package struct RecordedEvent: Sendable {
    private let columns: Columns

    private final class Columns: Sendable {
        let position: Position
        let eventID: UniqueID
        let appendFirst: Position
        let type: String
        let schemaVersion: UInt16
        let occurredAt: Instant
        let recordedAt: Instant
        let tags: [EventTag]
        let sealed: [SealedSection]
        /// meta, data, disclosure, salt, removed and leaf, one after the other.
        let bytes: Data
        /// Where each of them ends; an absent one is in `absent` as well.
        let ends: (Int32, Int32, Int32, Int32, Int32)
        let absent: Absent

        init(
            _ position: Position, _ eventID: UniqueID, _ appendFirst: Position, _ type: String,
            _ schemaVersion: UInt16, _ occurredAt: Instant, _ recordedAt: Instant, _ tags: [EventTag],
            _ sealed: [SealedSection], _ bytes: Data, _ ends: (Int32, Int32, Int32, Int32, Int32), _ absent: Absent
        ) {
            self.position = position
            self.eventID = eventID
            self.appendFirst = appendFirst
            self.type = type
            self.schemaVersion = schemaVersion
            self.occurredAt = occurredAt
            self.recordedAt = recordedAt
            self.tags = tags
            self.sealed = sealed
            self.bytes = bytes
            self.ends = ends
            self.absent = absent
        }

        func slice(_ start: Int32, _ end: Int32) -> Data {
            bytes[(bytes.startIndex + Int(start))..<(bytes.startIndex + Int(end))]
        }
    }

    /// Which of the columns that an erasure empties are empty.
    private struct Absent: OptionSet, Hashable {
        let rawValue: UInt8
        static let data = Absent(rawValue: 1)
        static let salt = Absent(rawValue: 2)
        static let removed = Absent(rawValue: 4)
    }

    /// The parts of an event that are bytes, as they lie in a row: valid only while the row is.
    package struct Bytes {
        package var meta: UnsafeRawBufferPointer
        package var data: UnsafeRawBufferPointer?
        package var disclosure: UnsafeRawBufferPointer
        package var salt: UnsafeRawBufferPointer?
        package var removed: UnsafeRawBufferPointer?
        package var leaf: UnsafeRawBufferPointer

        package init(
            meta: UnsafeRawBufferPointer, data: UnsafeRawBufferPointer?, disclosure: UnsafeRawBufferPointer,
            salt: UnsafeRawBufferPointer?, removed: UnsafeRawBufferPointer?, leaf: UnsafeRawBufferPointer
        ) {
            self.meta = meta
            self.data = data
            self.disclosure = disclosure
            self.salt = salt
            self.removed = removed
            self.leaf = leaf
        }
    }

    /// Takes a copy of the bytes of a row; parts beyond 2 GiB in sum, which no store can hold, are a bug of ours.
    package init(
        position: Position, eventID: UniqueID, appendFirst: Position, type: String, schemaVersion: UInt16,
        occurredAt: Instant, recordedAt: Instant, tags: [EventTag], sealed: [SealedSection], copying parts: Bytes
    ) {
        var size = parts.meta.count + parts.disclosure.count + parts.leaf.count
        size += (parts.data?.count ?? 0) + (parts.salt?.count ?? 0) + (parts.removed?.count ?? 0)
        precondition(size <= Int(Int32.max), "an event fits its limits")
        var bytes = Data(count: size)
        let ends = bytes.withUnsafeMutableBytes { bytes -> (Int32, Int32, Int32, Int32, Int32) in
            var end = 0
            func put(_ part: UnsafeRawBufferPointer?) -> Int32 {
                if let part, let start = part.baseAddress, !part.isEmpty {
                    // The sum of all parts is the size.
                    bytes.baseAddress?.advanced(by: end).copyMemory(from: start, byteCount: part.count)
                    end += part.count
                }
                return Int32(end)
            }
            let ends = (
                put(parts.meta), put(parts.data), put(parts.disclosure), put(parts.salt), put(parts.removed)
            )
            _ = put(parts.leaf)
            return ends
        }
        var absent: Absent = []
        if parts.data == nil { absent.insert(.data) }
        if parts.salt == nil { absent.insert(.salt) }
        if parts.removed == nil { absent.insert(.removed) }
        columns = Columns(
            position, eventID, appendFirst, type, schemaVersion, occurredAt, recordedAt, tags, sealed, bytes,
            ends, absent)
    }

    /// Takes separate values, where speed does not matter.
    package init(
        position: Position, eventID: UniqueID, appendFirst: Position, type: String, schemaVersion: UInt16,
        occurredAt: Instant, recordedAt: Instant, meta: Data, data: Data?, tags: [EventTag], disclosureBytes: Data,
        salt: Data?, removed: Data?, leaf: Data, sealed: [SealedSection]
    ) {
        self = Self.lent([meta, data, disclosureBytes, salt, removed, leaf], []) { lent in
            let none = UnsafeRawBufferPointer(start: nil, count: 0)
            return Self(
                position: position, eventID: eventID, appendFirst: appendFirst, type: type,
                schemaVersion: schemaVersion, occurredAt: occurredAt, recordedAt: recordedAt, tags: tags,
                sealed: sealed,
                copying: Bytes(
                    meta: lent[0] ?? none, data: lent[1], disclosure: lent[2] ?? none, salt: lent[3],
                    removed: lent[4], leaf: lent[5] ?? none))
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

    package var position: Position { columns.position }
    package var eventID: UniqueID { columns.eventID }
    /// First position of the append it came with; events of one append are all or none.
    package var appendFirst: Position { columns.appendFirst }
    package var type: String { columns.type }
    package var schemaVersion: UInt16 { columns.schemaVersion }
    package var occurredAt: Instant { columns.occurredAt }
    package var recordedAt: Instant { columns.recordedAt }
    /// Sorted bytewise.
    package var tags: [EventTag] { columns.tags }
    package var sealed: [SealedSection] { columns.sealed }
    package var meta: Data { columns.slice(0, columns.ends.0) }
    /// Nothing once removed by an erasure.
    package var data: Data? { columns.absent.contains(.data) ? nil : columns.slice(columns.ends.0, columns.ends.1) }
    /// The stored form of ``disclosure``.
    package var disclosureBytes: Data { columns.slice(columns.ends.1, columns.ends.2) }
    /// Nothing once removed by an erasure.
    package var salt: Data? { columns.absent.contains(.salt) ? nil : columns.slice(columns.ends.2, columns.ends.3) }
    /// What stands in for removed parts (`FORMATS.md` §2).
    package var removed: Data? {
        columns.absent.contains(.removed) ? nil : columns.slice(columns.ends.3, columns.ends.4)
    }
    package var leaf: Data { columns.slice(columns.ends.4, Int32(columns.bytes.count)) }

    /// About the memory it holds, in bytes; sealed sections come on top.
    package var size: Int { columns.bytes.count + 256 }

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
        let (one, other) = (left.columns, right.columns)
        return one === other
            || one.position == other.position && one.eventID == other.eventID && one.appendFirst == other.appendFirst
                && one.type == other.type && one.schemaVersion == other.schemaVersion
                && one.occurredAt == other.occurredAt && one.recordedAt == other.recordedAt && one.tags == other.tags
                && one.sealed == other.sealed && one.bytes == other.bytes && one.ends == other.ends
                && one.absent == other.absent
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(columns.position)
        hasher.combine(columns.eventID)
        hasher.combine(columns.bytes)
    }
}
