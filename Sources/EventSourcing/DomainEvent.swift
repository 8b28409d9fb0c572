/// What one event type stores in `data`: small, flat, without personal data.
package typealias EventPayload = Codable & Hashable & Sendable

/// A closed set of things that can happen, stored as a name and a payload.
package protocol DomainEvent: Hashable, Sendable {
    /// The stored names, which are data: a renamed Swift case changes no byte on disk.
    associatedtype Kind: RawRepresentable<String>, CaseIterable, Hashable, Sendable

    /// What the log keeps: the type name and the payload.
    var stored: (kind: Kind, payload: any EventPayload) { get }

    /// Reads one payload back.
    ///
    /// - Throws: `DecodingError` when the payload is not of this kind.
    init(_ kind: Kind, from decoder: any Decoder) throws

    /// The group of each property of the payload, by name; the same as `x-group` in the event's schema.
    static func fieldGroups(of kind: Kind) -> [String: FieldGroup]
}

extension DomainEvent {
    /// Reads a recorded event of this set.
    ///
    /// - Returns: Nothing when the type belongs to another set or its data has been removed.
    /// - Throws: `DecodingError` when the stored data is not of its type.
    package init?(_ recorded: RecordedEvent) throws {
        guard let kind = Kind(rawValue: recorded.type), let data = recorded.data else { return nil }
        self = try Self(kind, from: EventJSON.decoder(of: data))
    }
}
