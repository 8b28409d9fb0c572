package import EventSourcing
package import Registry
package import RuleBook

/// Every event the hub can record.
package enum HubEvent: DomainEvent {
    case ruleBook(RuleBookEvent)
    case registry(RegistryEvent)
    case casework(CaseworkEvent)

    /// The names of all sets together; no name stands in two of them.
    package enum Kind: RawRepresentable, CaseIterable, Hashable, Sendable {
        case ruleBook(RuleBookEvent.Kind)
        case registry(RegistryEvent.Kind)
        case casework(CaseworkEvent.Kind)

        package init?(rawValue: String) {
            guard let kind = Self.byName[rawValue] else { return nil }
            self = kind
        }

        // One look-up an event, where asking the sets in turn compares up to all the names.
        private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

        package var rawValue: String {
            switch self {
            case .ruleBook(let kind): kind.rawValue
            case .registry(let kind): kind.rawValue
            case .casework(let kind): kind.rawValue
            }
        }

        package static var allCases: [Kind] {
            RuleBookEvent.Kind.allCases.map(Kind.ruleBook) + RegistryEvent.Kind.allCases.map(Kind.registry)
                + CaseworkEvent.Kind.allCases.map(Kind.casework)
        }
    }

    package var stored: (kind: Kind, payload: any EventPayload) {
        switch self {
        case .ruleBook(let event):
            let stored = event.stored
            return (.ruleBook(stored.kind), stored.payload)
        case .registry(let event):
            let stored = event.stored
            return (.registry(stored.kind), stored.payload)
        case .casework(let event):
            let stored = event.stored
            return (.casework(stored.kind), stored.payload)
        }
    }

    package init(_ kind: Kind, from decoder: any Decoder) throws {
        switch kind {
        case .ruleBook(let kind): self = .ruleBook(try RuleBookEvent(kind, from: decoder))
        case .registry(let kind): self = .registry(try RegistryEvent(kind, from: decoder))
        case .casework(let kind): self = .casework(try CaseworkEvent(kind, from: decoder))
        }
    }

    package static func fieldGroups(of kind: Kind) -> [String: FieldGroup] {
        switch kind {
        case .ruleBook(let kind): RuleBookEvent.fieldGroups(of: kind)
        case .registry(let kind): RegistryEvent.fieldGroups(of: kind)
        case .casework(let kind): CaseworkEvent.fieldGroups(of: kind)
        }
    }
}
