import EventSourcing
import MerkleLog

/// The leaf of a stored event, whole or after an erasure.
enum LeafOfEvent {
    /// Recomputes a leaf from what is stored.
    ///
    /// - Returns: Nothing when a part is missing that no erasure accounts for.
    static func leaf(of event: RecordedEvent, in identity: LogIdentity) -> Leaf? {
        guard let disclosure = try? event.disclosure else { return nil }
        let parts = LeafParts(
            meta: event.meta, data: event.data, tags: LeafParts.joined(sorted: event.tags.lazy.map(\.description)),
            audience: LeafParts.joined(sorted: disclosure.audience.lazy.map(\.description)),
            disclosure: event.disclosureBytes)
        return leaf(of: event, parts: parts, in: identity)
    }

    /// The same from the very bytes of the five parts.
    static func leaf(of event: RecordedEvent, parts: LeafParts, in identity: LogIdentity) -> Leaf? {
        guard event.type.utf8.count <= 255, event.sealed.count <= 255,
            let commitments = commitments(of: event, parts: parts)
        else { return nil }
        return Leaf(
            logID: identity.logID.bytes, position: event.position.number, eventID: event.eventID.bytes,
            appendFirst: event.appendFirst.number, type: event.type, schemaVersion: event.schemaVersion,
            occurredAt: event.occurredAt.milliseconds, recordedAt: event.recordedAt.milliseconds,
            commitments: commitments,
            sections: event.sealed.map { Leaf.Section(number: $0.section, digest: $0.digest) })
    }

    private static func commitments(of event: RecordedEvent, parts: LeafParts) -> LeafCommitments? {
        if let salt = event.salt { return LeafCommitments(parts, salt: salt) }
        guard let removed = event.removed.flatMap({ RemovedParts(encoded: $0) }) else { return nil }
        return LeafCommitments(parts, removed: removed)
    }
}
