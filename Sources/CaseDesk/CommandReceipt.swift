package import EventSourcing

/// How a command was accepted and what came of it; rebuilt from the events each time it is asked.
package struct CommandReceipt: Codable, Hashable, Sendable {
    /// Something the command brought into being.
    package struct Created: Codable, Hashable, Sendable {
        /// Kind of entity: `case`, `referral`, `person` ….
        package let kind: String
        package let id: UniqueID
        /// The number people use, where the entity has one.
        package let number: EntityNumber?

        package init(kind: String, id: UniqueID, number: EntityNumber?) {
            self.kind = kind
            self.id = id
            self.number = number
        }
    }

    /// One event it caused.
    package struct Event: Codable, Hashable, Sendable {
        package let position: Position
        package let type: String

        package init(position: Position, type: String) {
            self.position = position
            self.type = type
        }
    }

    /// A reader at this place sees the effect.
    package let position: Position
    /// Whether it had been accepted before.
    package let repeated: Bool
    package let events: [Event]
    package let created: [Created]

    package init(position: Position, repeated: Bool, events: [Event], created: [Created]) {
        self.position = position
        self.repeated = repeated
        self.events = events
        self.created = created
    }
}
