import Casework
import EventSourcing
import FoundationEssentials
import RuleBook

extension Attempt {
    /// Every event type is at its first version; a type that gets a second one brings its upcaster and its number here.
    private static let schemaVersion: UInt16 = 1

    /// Turns what was decided into rows: metadata, payload, sealed parts.
    func build(_ decision: Decision, sealed: [SealedInput], now: Instant) throws(DeskError) -> [NewEvent] {
        var events: [NewEvent] = []
        for (index, decided) in decision.events.enumerated() {
            let stored = decided.event.stored
            let id = decision.ids[index]
            var parts: [SealedSection] = []
            for text in decided.sealed {
                let plaintext = try encode(sealed[text.handle.index].value)
                let context = SealedSectionContext(
                    eventID: id, section: UInt8(clamping: parts.count + 1), eventType: stored.kind.rawValue,
                    schemaVersion: Self.schemaVersion, group: text.group, person: text.person)
                parts.append(try seal(plaintext, in: context, field: "sealed[\(text.handle.index)].person"))
            }
            if index == 0, let signature = request.signature {
                guard let applicant = decision.applicant else {
                    throw DeskError(.concernsNobody)
                }
                let context = SealedSectionContext(
                    eventID: id, section: UInt8(clamping: parts.count + 1), eventType: stored.kind.rawValue,
                    schemaVersion: Self.schemaVersion, group: .signedCommand, person: applicant)
                parts.append(try seal(signature.saltAndPayload, in: context, field: "subject"))
            }
            events.append(
                NewEvent(
                    eventID: id, type: stored.kind.rawValue, schemaVersion: Self.schemaVersion,
                    occurredAt: decision.occurredAt,
                    meta: try encode(metadata(for: decision, parts: parts, isFirst: index == 0)),
                    data: try encode(AnyPayload(stored.payload)), tags: decided.tags, disclosure: decided.disclosure,
                    sealed: parts, salt: desk.identifiers.salt()))
        }
        return events
    }

    private func metadata(for decision: Decision, parts: [SealedSection], isFirst: Bool) -> EventMetadata {
        var metadata = EventMetadata(
            actor: request.principal.actor(actingPost: request.body.actingPost), channel: request.channel,
            command: request.id, correlation: decision.correlation)
        metadata.externalReference = request.body.externalReference
        if !parts.isEmpty {
            metadata.sealed = parts.map { EventMetadata.SealedLabel(s: $0.section, g: $0.group, p: $0.person) }
        }
        if isFirst { metadata.signature = request.signature?.metadata }
        return metadata
    }

    private func seal(_ plaintext: Data, in context: SealedSectionContext, field: String) throws(DeskError)
        -> SealedSection
    {
        do throws(PersonalDataKeysError) {
            return try desk.keys.seal(plaintext, in: context)
        } catch {
            switch error {
            case .unknownPerson:
                throw DeskError(.unknownPerson, field: field)
            case .notAuthentic, .unavailable:
                throw DeskError(.keysUnavailable)
            }
        }
    }

    /// Our own payloads always encode; anything else is a bug that must not become half an event.
    private func encode(_ value: some Encodable) throws(DeskError) -> Data {
        do {
            return try EventJSON.encode(value)
        } catch {
            throw DeskError(.notEncodable)
        }
    }
}

/// Lets a payload of any event type be encoded as itself.
private struct AnyPayload: Encodable {
    private let payload: any EventPayload

    init(_ payload: any EventPayload) {
        self.payload = payload
    }

    func encode(to encoder: any Encoder) throws {
        try payload.encode(to: encoder)
    }
}
