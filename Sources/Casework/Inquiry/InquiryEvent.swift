package import EventSourcing

/// What the centre finds out once and every item of the case may rest on.
///
/// Cases are added, never edited or removed.
package enum InquiryEvent: DomainEvent {
    case checkRequested(CheckRequested)
    case checkStarted(CheckStarted)
    case checkReported(CheckReported)
    case assessed(Assessed)
    case informationRequested(InformationRequested)
    case informationAnswered(InformationAnswered)

    /// The names in the log and on the wire, each with a schema in `schemas/events/`.
    package enum Kind: String, CaseIterable, Codable, Sendable {
        case checkRequested = "EconomicCheckRequested"
        case checkStarted = "EconomicCheckStarted"
        case checkReported = "EconomicCheckReported"
        case assessed = "AssessmentRecorded"
        case informationRequested = "InformationRequested"
        case informationAnswered = "InformationAnswered"
    }

    package var stored: (kind: Kind, payload: any EventPayload) {
        switch self {
        case .checkRequested(let payload): (.checkRequested, payload)
        case .checkStarted(let payload): (.checkStarted, payload)
        case .checkReported(let payload): (.checkReported, payload)
        case .assessed(let payload): (.assessed, payload)
        case .informationRequested(let payload): (.informationRequested, payload)
        case .informationAnswered(let payload): (.informationAnswered, payload)
        }
    }

    package init(_ kind: Kind, from decoder: any Decoder) throws {
        switch kind {
        case .checkRequested: self = .checkRequested(try CheckRequested(from: decoder))
        case .checkStarted: self = .checkStarted(try CheckStarted(from: decoder))
        case .checkReported: self = .checkReported(try CheckReported(from: decoder))
        case .assessed: self = .assessed(try Assessed(from: decoder))
        case .informationRequested: self = .informationRequested(try InformationRequested(from: decoder))
        case .informationAnswered: self = .informationAnswered(try InformationAnswered(from: decoder))
        }
    }

    package static func fieldGroups(of kind: Kind) -> [String: FieldGroup] {
        switch kind {
        case .checkRequested: CheckRequested.fieldGroups
        case .checkStarted: CheckStarted.fieldGroups
        case .checkReported: CheckReported.fieldGroups
        case .assessed: Assessed.fieldGroups
        case .informationRequested: InformationRequested.fieldGroups
        case .informationAnswered: InformationAnswered.fieldGroups
        }
    }
}
