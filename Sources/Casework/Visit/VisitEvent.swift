package import EventSourcing

/// What happens around a visit; that it took place is `VisitCompleted`.
///
/// Cases are added, never edited or removed.
package enum VisitEvent: DomainEvent {
    case planned(Planned)
    case attempted(Attempted)
    case formRecorded(FormRecorded)

    /// The names in the log and on the wire, each with a schema in `schemas/events/`.
    package enum Kind: String, CaseIterable, Codable, Sendable {
        case planned = "VisitPlanned"
        case attempted = "VisitAttempted"
        case formRecorded = "VisitFormRecorded"
    }

    package var stored: (kind: Kind, payload: any EventPayload) {
        switch self {
        case .planned(let payload): (.planned, payload)
        case .attempted(let payload): (.attempted, payload)
        case .formRecorded(let payload): (.formRecorded, payload)
        }
    }

    package init(_ kind: Kind, from decoder: any Decoder) throws {
        switch kind {
        case .planned: self = .planned(try Planned(from: decoder))
        case .attempted: self = .attempted(try Attempted(from: decoder))
        case .formRecorded: self = .formRecorded(try FormRecorded(from: decoder))
        }
    }

    package static func fieldGroups(of kind: Kind) -> [String: FieldGroup] {
        switch kind {
        case .planned: Planned.fieldGroups
        case .attempted: Attempted.fieldGroups
        case .formRecorded: FormRecorded.fieldGroups
        }
    }
}
