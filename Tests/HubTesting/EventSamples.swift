package import EventSourcing
package import Foundation

/// Makes valid events and appends for tests, everything from one seeded generator.
package struct EventSamples: Sendable {
    package var generator: SeededGenerator
    /// Seals the parts that ``event(_:occurredAt:data:tags:disclosure:sealed:)`` is given.
    package let keys: TestPersonalDataKeys

    package init(generator: SeededGenerator, logID: UniqueID) {
        self.generator = generator
        keys = TestPersonalDataKeys(logID: logID)
    }

    /// A personal part to seal into a sample.
    package struct Part: Sendable {
        package let group: FieldGroup
        package let person: PersonReference
        /// JSON, such as `"\"Wang\""`.
        package let json: String

        package init(_ group: FieldGroup, of person: PersonReference, json: String) {
            self.group = group
            self.person = person
            self.json = json
        }
    }

    /// A new event with random id and salt, and metadata that fits its sealed parts.
    package mutating func event(
        _ type: String = "ReferralAccepted", occurredAt: Instant = PushedClock.danyangMorning, data: String = "{}",
        tags: Set<EventTag> = [], disclosure: Disclosure = .none, sealed parts: [Part] = []
    ) throws -> NewEvent {
        let eventID = generator.uniqueID(at: occurredAt)
        var metadata = EventMetadata(
            actor: .init(account: generator.id(), role: "station"), channel: "http", command: generator.uniqueID())
        var sealed: [SealedSection] = []
        for (index, part) in parts.enumerated() {
            let context = SealedSectionContext(
                eventID: eventID, section: UInt8(index + 1), eventType: type, schemaVersion: 1, group: part.group,
                person: part.person)
            sealed.append(try keys.seal(Data(part.json.utf8), in: context))
        }
        if !sealed.isEmpty {
            metadata.sealed = sealed.map { EventMetadata.SealedLabel(s: $0.section, g: $0.group, p: $0.person) }
        }
        return NewEvent(
            eventID: eventID, type: type, schemaVersion: 1, occurredAt: occurredAt,
            meta: try EventJSON.encode(metadata), data: Data(data.utf8), tags: tags, disclosure: disclosure,
            sealed: sealed, salt: generator.bytes(16))
    }

    /// A new append by a new command of a new account.
    package mutating func append(
        _ events: [NewEvent], condition: AppendCondition? = nil, commandID: UniqueID? = nil, actor: AccountID? = nil,
        fingerprint: Data? = nil
    ) -> Append {
        Append(
            commandID: commandID ?? generator.uniqueID(), actor: actor ?? generator.id(),
            fingerprint: fingerprint ?? generator.bytes(32), events: events, condition: condition)
    }
}
