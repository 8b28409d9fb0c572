package import EventSourcing

/// What happens at the desk around a case: who has it, who read it, who may not; cases are added, never edited or removed.
package enum DeskEvent: DomainEvent {
    case caseAssigned(CaseAssigned)
    case caseHandedOver(CaseHandedOver)
    case promiseKept(PromiseKept)
    case leaveRecorded(LeaveRecorded)
    case recordsRead(RecordsRead)
    case attachmentStored(AttachmentStored)
    case deliveryRecorded(DeliveryRecorded)
    case conflictDeclared(ConflictDeclared)
    case conflictDetected(ConflictDetected)
    case conflictLifted(ConflictLifted)
    case emergencyAccessUsed(EmergencyAccessUsed)
    case emergencyAccessReviewed(EmergencyAccessReviewed)

    /// The names in the log and on the wire, each with a schema in `schemas/events/`.
    package enum Kind: String, CaseIterable, Codable, Sendable {
        case caseAssigned = "CaseAssigned"
        case caseHandedOver = "CaseHandedOver"
        case promiseKept = "CasePromiseKept"
        case leaveRecorded = "LeaveRecorded"
        case recordsRead = "RecordsRead"
        case attachmentStored = "AttachmentStored"
        case deliveryRecorded = "DeliveryRecorded"
        case conflictDeclared = "ConflictDeclared"
        case conflictDetected = "ConflictDetected"
        case conflictLifted = "ConflictLifted"
        case emergencyAccessUsed = "EmergencyAccessUsed"
        case emergencyAccessReviewed = "EmergencyAccessReviewed"
    }

    package var stored: (kind: Kind, payload: any EventPayload) {
        switch self {
        case .caseAssigned(let payload): (.caseAssigned, payload)
        case .caseHandedOver(let payload): (.caseHandedOver, payload)
        case .promiseKept(let payload): (.promiseKept, payload)
        case .leaveRecorded(let payload): (.leaveRecorded, payload)
        case .recordsRead(let payload): (.recordsRead, payload)
        case .attachmentStored(let payload): (.attachmentStored, payload)
        case .deliveryRecorded(let payload): (.deliveryRecorded, payload)
        case .conflictDeclared(let payload): (.conflictDeclared, payload)
        case .conflictDetected(let payload): (.conflictDetected, payload)
        case .conflictLifted(let payload): (.conflictLifted, payload)
        case .emergencyAccessUsed(let payload): (.emergencyAccessUsed, payload)
        case .emergencyAccessReviewed(let payload): (.emergencyAccessReviewed, payload)
        }
    }

    package init(_ kind: Kind, from decoder: any Decoder) throws {
        switch kind {
        case .caseAssigned: self = .caseAssigned(try CaseAssigned(from: decoder))
        case .caseHandedOver: self = .caseHandedOver(try CaseHandedOver(from: decoder))
        case .promiseKept: self = .promiseKept(try PromiseKept(from: decoder))
        case .leaveRecorded: self = .leaveRecorded(try LeaveRecorded(from: decoder))
        case .recordsRead: self = .recordsRead(try RecordsRead(from: decoder))
        case .attachmentStored: self = .attachmentStored(try AttachmentStored(from: decoder))
        case .deliveryRecorded: self = .deliveryRecorded(try DeliveryRecorded(from: decoder))
        case .conflictDeclared: self = .conflictDeclared(try ConflictDeclared(from: decoder))
        case .conflictDetected: self = .conflictDetected(try ConflictDetected(from: decoder))
        case .conflictLifted: self = .conflictLifted(try ConflictLifted(from: decoder))
        case .emergencyAccessUsed: self = .emergencyAccessUsed(try EmergencyAccessUsed(from: decoder))
        case .emergencyAccessReviewed: self = .emergencyAccessReviewed(try EmergencyAccessReviewed(from: decoder))
        }
    }

    package static func fieldGroups(of kind: Kind) -> [String: FieldGroup] {
        switch kind {
        case .caseAssigned: CaseAssigned.fieldGroups
        case .caseHandedOver: CaseHandedOver.fieldGroups
        case .promiseKept: PromiseKept.fieldGroups
        case .leaveRecorded: LeaveRecorded.fieldGroups
        case .recordsRead: RecordsRead.fieldGroups
        case .attachmentStored: AttachmentStored.fieldGroups
        case .deliveryRecorded: DeliveryRecorded.fieldGroups
        case .conflictDeclared: ConflictDeclared.fieldGroups
        case .conflictDetected: ConflictDetected.fieldGroups
        case .conflictLifted: ConflictLifted.fieldGroups
        case .emergencyAccessUsed: EmergencyAccessUsed.fieldGroups
        case .emergencyAccessReviewed: EmergencyAccessReviewed.fieldGroups
        }
    }
}
