package import EventSourcing

/// What is said of a case afterwards: appeals, verification, a new cycle, corrections.
///
/// Cases are added, never edited or removed.
package enum ReviewEvent: DomainEvent {
    case appealLodged(AppealLodged)
    case appealResolved(AppealResolved)
    case verified(Verified)
    case reopened(Reopened)
    case voided(Voided)
    case correctionRequested(CorrectionRequested)
    case correctionApproved(CorrectionApproved)
    case correctionRejected(CorrectionRejected)
    case corrected(Corrected)

    /// The names in the log and on the wire, each with a schema in `schemas/events/`.
    package enum Kind: String, CaseIterable, Codable, Sendable {
        case appealLodged = "AppealLodged"
        case appealResolved = "AppealResolved"
        case verified = "OutcomeVerified"
        case reopened = "CaseReopened"
        case voided = "CaseVoided"
        case correctionRequested = "CorrectionRequested"
        case correctionApproved = "CorrectionApproved"
        case correctionRejected = "CorrectionRejected"
        case corrected = "RecordCorrected"
    }

    package var stored: (kind: Kind, payload: any EventPayload) {
        switch self {
        case .appealLodged(let payload): (.appealLodged, payload)
        case .appealResolved(let payload): (.appealResolved, payload)
        case .verified(let payload): (.verified, payload)
        case .reopened(let payload): (.reopened, payload)
        case .voided(let payload): (.voided, payload)
        case .correctionRequested(let payload): (.correctionRequested, payload)
        case .correctionApproved(let payload): (.correctionApproved, payload)
        case .correctionRejected(let payload): (.correctionRejected, payload)
        case .corrected(let payload): (.corrected, payload)
        }
    }

    package init(_ kind: Kind, from decoder: any Decoder) throws {
        switch kind {
        case .appealLodged: self = .appealLodged(try AppealLodged(from: decoder))
        case .appealResolved: self = .appealResolved(try AppealResolved(from: decoder))
        case .verified: self = .verified(try Verified(from: decoder))
        case .reopened: self = .reopened(try Reopened(from: decoder))
        case .voided: self = .voided(try Voided(from: decoder))
        case .correctionRequested: self = .correctionRequested(try CorrectionRequested(from: decoder))
        case .correctionApproved: self = .correctionApproved(try CorrectionApproved(from: decoder))
        case .correctionRejected: self = .correctionRejected(try CorrectionRejected(from: decoder))
        case .corrected: self = .corrected(try Corrected(from: decoder))
        }
    }

    package static func fieldGroups(of kind: Kind) -> [String: FieldGroup] {
        switch kind {
        case .appealLodged: AppealLodged.fieldGroups
        case .appealResolved: AppealResolved.fieldGroups
        case .verified: Verified.fieldGroups
        case .reopened: Reopened.fieldGroups
        case .voided: Voided.fieldGroups
        case .correctionRequested: CorrectionRequested.fieldGroups
        case .correctionApproved: CorrectionApproved.fieldGroups
        case .correctionRejected: CorrectionRejected.fieldGroups
        case .corrected: Corrected.fieldGroups
        }
    }
}
