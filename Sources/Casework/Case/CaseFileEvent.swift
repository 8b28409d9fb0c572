package import EventSourcing

/// What has happened to one case; cases are added, never edited or removed.
package enum CaseFileEvent: DomainEvent {
    case opened(Opened)
    case applicationSubmitted(ApplicationSubmitted)
    case itemAdded(ItemAdded)
    case authorizationGranted(AuthorizationGranted)
    case visitCompleted(VisitCompleted)
    case triaged(Triaged)
    case itemDecided(ItemDecided)
    case decisionNotified(DecisionNotified)
    case applicantTold(ApplicantTold)
    case exitProposed(ExitProposed)
    case exited(Exited)
    case markedDuplicate(MarkedDuplicate)
    case secondCaseJustified(SecondCaseJustified)

    /// The names in the log and on the wire, each with a schema in `schemas/events/`.
    package enum Kind: String, CaseIterable, Codable, Sendable {
        case opened = "CaseOpened"
        case applicationSubmitted = "ApplicationSubmitted"
        case itemAdded = "ApplicationItemAdded"
        case authorizationGranted = "AuthorizationGranted"
        case visitCompleted = "VisitCompleted"
        case triaged = "TriageCompleted"
        case itemDecided = "ItemDecided"
        case decisionNotified = "DecisionNotified"
        case applicantTold = "ApplicantTold"
        case exitProposed = "CaseExitProposed"
        case exited = "CaseExited"
        case markedDuplicate = "CaseMarkedDuplicate"
        case secondCaseJustified = "SecondCaseJustified"
    }

    package var stored: (kind: Kind, payload: any EventPayload) {
        switch self {
        case .opened(let payload): (.opened, payload)
        case .applicationSubmitted(let payload): (.applicationSubmitted, payload)
        case .itemAdded(let payload): (.itemAdded, payload)
        case .authorizationGranted(let payload): (.authorizationGranted, payload)
        case .visitCompleted(let payload): (.visitCompleted, payload)
        case .triaged(let payload): (.triaged, payload)
        case .itemDecided(let payload): (.itemDecided, payload)
        case .decisionNotified(let payload): (.decisionNotified, payload)
        case .applicantTold(let payload): (.applicantTold, payload)
        case .exitProposed(let payload): (.exitProposed, payload)
        case .exited(let payload): (.exited, payload)
        case .markedDuplicate(let payload): (.markedDuplicate, payload)
        case .secondCaseJustified(let payload): (.secondCaseJustified, payload)
        }
    }

    package init(_ kind: Kind, from decoder: any Decoder) throws {
        switch kind {
        case .opened: self = .opened(try Opened(from: decoder))
        case .applicationSubmitted: self = .applicationSubmitted(try ApplicationSubmitted(from: decoder))
        case .itemAdded: self = .itemAdded(try ItemAdded(from: decoder))
        case .authorizationGranted: self = .authorizationGranted(try AuthorizationGranted(from: decoder))
        case .visitCompleted: self = .visitCompleted(try VisitCompleted(from: decoder))
        case .triaged: self = .triaged(try Triaged(from: decoder))
        case .itemDecided: self = .itemDecided(try ItemDecided(from: decoder))
        case .decisionNotified: self = .decisionNotified(try DecisionNotified(from: decoder))
        case .applicantTold: self = .applicantTold(try ApplicantTold(from: decoder))
        case .exitProposed: self = .exitProposed(try ExitProposed(from: decoder))
        case .exited: self = .exited(try Exited(from: decoder))
        case .markedDuplicate: self = .markedDuplicate(try MarkedDuplicate(from: decoder))
        case .secondCaseJustified: self = .secondCaseJustified(try SecondCaseJustified(from: decoder))
        }
    }

    package static func fieldGroups(of kind: Kind) -> [String: FieldGroup] {
        switch kind {
        case .opened: Opened.fieldGroups
        case .applicationSubmitted: ApplicationSubmitted.fieldGroups
        case .itemAdded: ItemAdded.fieldGroups
        case .authorizationGranted: AuthorizationGranted.fieldGroups
        case .visitCompleted: VisitCompleted.fieldGroups
        case .triaged: Triaged.fieldGroups
        case .itemDecided: ItemDecided.fieldGroups
        case .decisionNotified: DecisionNotified.fieldGroups
        case .applicantTold: ApplicantTold.fieldGroups
        case .exitProposed: ExitProposed.fieldGroups
        case .exited: Exited.fieldGroups
        case .markedDuplicate: MarkedDuplicate.fieldGroups
        case .secondCaseJustified: SecondCaseJustified.fieldGroups
        }
    }
}
