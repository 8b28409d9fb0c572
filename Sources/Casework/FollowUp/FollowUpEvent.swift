package import EventSourcing

/// What has happened to one follow-up; cases are added, never edited or removed.
package enum FollowUpEvent: DomainEvent {
    case opened(Opened)
    case progressRecorded(ProgressRecorded)
    case reviewed(Reviewed)
    case concluded(Concluded)

    /// The names in the log and on the wire, each with a schema in `schemas/events/`.
    package enum Kind: String, CaseIterable, Codable, Sendable {
        case opened = "FollowUpOpened"
        case progressRecorded = "FollowUpProgressRecorded"
        case reviewed = "FollowUpReviewed"
        case concluded = "FollowUpConcluded"
    }

    package var stored: (kind: Kind, payload: any EventPayload) {
        switch self {
        case .opened(let payload): (.opened, payload)
        case .progressRecorded(let payload): (.progressRecorded, payload)
        case .reviewed(let payload): (.reviewed, payload)
        case .concluded(let payload): (.concluded, payload)
        }
    }

    package init(_ kind: Kind, from decoder: any Decoder) throws {
        switch kind {
        case .opened: self = .opened(try Opened(from: decoder))
        case .progressRecorded: self = .progressRecorded(try ProgressRecorded(from: decoder))
        case .reviewed: self = .reviewed(try Reviewed(from: decoder))
        case .concluded: self = .concluded(try Concluded(from: decoder))
        }
    }

    package static func fieldGroups(of kind: Kind) -> [String: FieldGroup] {
        switch kind {
        case .opened: Opened.fieldGroups
        case .progressRecorded: ProgressRecorded.fieldGroups
        case .reviewed: Reviewed.fieldGroups
        case .concluded: Concluded.fieldGroups
        }
    }
}
