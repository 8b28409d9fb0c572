package import EventSourcing

/// What happens when help cannot wait: the emergency path and relief before the papers.
///
/// Cases are added, never edited or removed.
package enum ReliefEvent: DomainEvent {
    case emergencyReported(EmergencyReported)
    case emergencyContacted(EmergencyContacted)
    case emergencyConfirmed(EmergencyConfirmed)
    case emergencyNotUrgent(EmergencyNotUrgent)
    case advanceGranted(AdvanceGranted)
    case aidDelivered(AidDelivered)
    case advanceRegularized(AdvanceRegularized)
    case advanceRecovered(AdvanceRecovered)

    /// The names in the log and on the wire, each with a schema in `schemas/events/`.
    package enum Kind: String, CaseIterable, Codable, Sendable {
        case emergencyReported = "EmergencyReported"
        case emergencyContacted = "EmergencyContacted"
        case emergencyConfirmed = "EmergencyConfirmed"
        case emergencyNotUrgent = "EmergencyNotUrgent"
        case advanceGranted = "AdvanceReliefGranted"
        case aidDelivered = "AidDelivered"
        case advanceRegularized = "AdvanceReliefRegularized"
        case advanceRecovered = "AdvanceReliefRecovered"
    }

    package var stored: (kind: Kind, payload: any EventPayload) {
        switch self {
        case .emergencyReported(let payload): (.emergencyReported, payload)
        case .emergencyContacted(let payload): (.emergencyContacted, payload)
        case .emergencyConfirmed(let payload): (.emergencyConfirmed, payload)
        case .emergencyNotUrgent(let payload): (.emergencyNotUrgent, payload)
        case .advanceGranted(let payload): (.advanceGranted, payload)
        case .aidDelivered(let payload): (.aidDelivered, payload)
        case .advanceRegularized(let payload): (.advanceRegularized, payload)
        case .advanceRecovered(let payload): (.advanceRecovered, payload)
        }
    }

    package init(_ kind: Kind, from decoder: any Decoder) throws {
        switch kind {
        case .emergencyReported: self = .emergencyReported(try EmergencyReported(from: decoder))
        case .emergencyContacted: self = .emergencyContacted(try EmergencyContacted(from: decoder))
        case .emergencyConfirmed: self = .emergencyConfirmed(try EmergencyConfirmed(from: decoder))
        case .emergencyNotUrgent: self = .emergencyNotUrgent(try EmergencyNotUrgent(from: decoder))
        case .advanceGranted: self = .advanceGranted(try AdvanceGranted(from: decoder))
        case .aidDelivered: self = .aidDelivered(try AidDelivered(from: decoder))
        case .advanceRegularized: self = .advanceRegularized(try AdvanceRegularized(from: decoder))
        case .advanceRecovered: self = .advanceRecovered(try AdvanceRecovered(from: decoder))
        }
    }

    package static func fieldGroups(of kind: Kind) -> [String: FieldGroup] {
        switch kind {
        case .emergencyReported: EmergencyReported.fieldGroups
        case .emergencyContacted: EmergencyContacted.fieldGroups
        case .emergencyConfirmed: EmergencyConfirmed.fieldGroups
        case .emergencyNotUrgent: EmergencyNotUrgent.fieldGroups
        case .advanceGranted: AdvanceGranted.fieldGroups
        case .aidDelivered: AidDelivered.fieldGroups
        case .advanceRegularized: AdvanceRegularized.fieldGroups
        case .advanceRecovered: AdvanceRecovered.fieldGroups
        }
    }
}
