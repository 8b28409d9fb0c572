package import EventSourcing

extension RecordedEvent {
    /// The same event at another place of a log, as if others had been recorded before it.
    package func moved(to position: Position) -> RecordedEvent {
        RecordedEvent(
            position: position, eventID: eventID, appendFirst: position, type: type, schemaVersion: schemaVersion,
            occurredAt: occurredAt, recordedAt: recordedAt, meta: meta, data: data, tags: tags,
            disclosureBytes: disclosureBytes, salt: salt, removed: removed, leaf: leaf, sealed: sealed)
    }
}
