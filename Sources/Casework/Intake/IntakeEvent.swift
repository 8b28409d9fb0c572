package import EventSourcing

/// What happens at the door: what is taken in, what is still missing, what goes to another hub.
///
/// Cases are added, never edited or removed.
package enum IntakeEvent: DomainEvent {
    case accepted(Accepted)
    case provisionallyAccepted(ProvisionallyAccepted)
    case notAccepted(NotAccepted)
    case supplementRequested(SupplementRequested)
    case supplementReceived(SupplementReceived)
    case itemWithdrawn(ItemWithdrawn)
    case authorizationWithdrawn(AuthorizationWithdrawn)
    case handedToHub(HandedToHub)
    case hubAnswered(HubAnswered)
    case hubAnswerSent(HubAnswerSent)
    case fileSubmitted(FileSubmitted)

    /// The names in the log and on the wire, each with a schema in `schemas/events/`.
    package enum Kind: String, CaseIterable, Codable, Sendable {
        case accepted = "ApplicationAccepted"
        case provisionallyAccepted = "ApplicationProvisionallyAccepted"
        case notAccepted = "ApplicationNotAccepted"
        case supplementRequested = "SupplementRequested"
        case supplementReceived = "SupplementReceived"
        case itemWithdrawn = "ApplicationItemWithdrawn"
        case authorizationWithdrawn = "AuthorizationWithdrawn"
        case handedToHub = "CaseHandedToHub"
        case hubAnswered = "HubAnswerReceived"
        case hubAnswerSent = "HubAnswerSent"
        case fileSubmitted = "FileSubmitted"
    }

    package var stored: (kind: Kind, payload: any EventPayload) {
        switch self {
        case .accepted(let payload): (.accepted, payload)
        case .provisionallyAccepted(let payload): (.provisionallyAccepted, payload)
        case .notAccepted(let payload): (.notAccepted, payload)
        case .supplementRequested(let payload): (.supplementRequested, payload)
        case .supplementReceived(let payload): (.supplementReceived, payload)
        case .itemWithdrawn(let payload): (.itemWithdrawn, payload)
        case .authorizationWithdrawn(let payload): (.authorizationWithdrawn, payload)
        case .handedToHub(let payload): (.handedToHub, payload)
        case .hubAnswered(let payload): (.hubAnswered, payload)
        case .hubAnswerSent(let payload): (.hubAnswerSent, payload)
        case .fileSubmitted(let payload): (.fileSubmitted, payload)
        }
    }

    package init(_ kind: Kind, from decoder: any Decoder) throws {
        switch kind {
        case .accepted: self = .accepted(try Accepted(from: decoder))
        case .provisionallyAccepted: self = .provisionallyAccepted(try ProvisionallyAccepted(from: decoder))
        case .notAccepted: self = .notAccepted(try NotAccepted(from: decoder))
        case .supplementRequested: self = .supplementRequested(try SupplementRequested(from: decoder))
        case .supplementReceived: self = .supplementReceived(try SupplementReceived(from: decoder))
        case .itemWithdrawn: self = .itemWithdrawn(try ItemWithdrawn(from: decoder))
        case .authorizationWithdrawn: self = .authorizationWithdrawn(try AuthorizationWithdrawn(from: decoder))
        case .handedToHub: self = .handedToHub(try HandedToHub(from: decoder))
        case .hubAnswered: self = .hubAnswered(try HubAnswered(from: decoder))
        case .hubAnswerSent: self = .hubAnswerSent(try HubAnswerSent(from: decoder))
        case .fileSubmitted: self = .fileSubmitted(try FileSubmitted(from: decoder))
        }
    }

    package static func fieldGroups(of kind: Kind) -> [String: FieldGroup] {
        switch kind {
        case .accepted: Accepted.fieldGroups
        case .provisionallyAccepted: ProvisionallyAccepted.fieldGroups
        case .notAccepted: NotAccepted.fieldGroups
        case .supplementRequested: SupplementRequested.fieldGroups
        case .supplementReceived: SupplementReceived.fieldGroups
        case .itemWithdrawn: ItemWithdrawn.fieldGroups
        case .authorizationWithdrawn: AuthorizationWithdrawn.fieldGroups
        case .handedToHub: HandedToHub.fieldGroups
        case .hubAnswered: HubAnswered.fieldGroups
        case .hubAnswerSent: HubAnswerSent.fieldGroups
        case .fileSubmitted: FileSubmitted.fieldGroups
        }
    }
}
