package import EventSourcing

/// What has happened to one help request; cases are added, never edited or removed.
package enum HelpRequestEvent: DomainEvent {
    case recorded(Recorded)
    case closed(Closed)

    /// The names in the log and on the wire, each with a schema in `schemas/events/`.
    package enum Kind: String, CaseIterable, Codable, Sendable {
        case recorded = "HelpRequestRecorded"
        case closed = "HelpRequestClosed"
    }

    package var stored: (kind: Kind, payload: any EventPayload) {
        switch self {
        case .recorded(let payload): (.recorded, payload)
        case .closed(let payload): (.closed, payload)
        }
    }

    package init(_ kind: Kind, from decoder: any Decoder) throws {
        switch kind {
        case .recorded: self = .recorded(try Recorded(from: decoder))
        case .closed: self = .closed(try Closed(from: decoder))
        }
    }

    package static func fieldGroups(of kind: Kind) -> [String: FieldGroup] {
        switch kind {
        case .recorded: Recorded.fieldGroups
        case .closed: Closed.fieldGroups
        }
    }
}
