package import EventSourcing

/// One event as a row remembers it: enough to say when and to find it in the log.
package struct EventReference: Codable, Hashable, Sendable {
    package let type: String
    package let position: Position
    package let occurredAt: Instant
    package let recordedAt: Instant

    package init(type: String, position: Position, occurredAt: Instant, recordedAt: Instant) {
        self.type = type
        self.position = position
        self.occurredAt = occurredAt
        self.recordedAt = recordedAt
    }

    /// What a row remembers of this event.
    package init(_ event: RecordedEvent) {
        self.init(
            type: event.type, position: event.position, occurredAt: event.occurredAt, recordedAt: event.recordedAt)
    }
}
