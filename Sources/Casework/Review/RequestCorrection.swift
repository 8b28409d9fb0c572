package import EventSourcing
package import RuleBook

/// Says that a record of the case is wrong.
package struct RequestCorrection: HubCommand {
    package static let name = "RequestCorrection"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.requestCorrection

    /// The event that holds it.
    package var event: UniqueID
    /// The property or the sealed group at fault.
    package var field: String
    package var reason: CorrectionReason
    /// What a property should be; left out for a sealed group.
    package var value: CorrectedCode?
    package init(event: UniqueID, field: String, reason: CorrectionReason, value: CorrectedCode? = nil) {
        self.event = event
        self.field = field
        self.reason = reason
        self.value = value
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let record = boundary.entries.first { entry in
            entry.recorded.eventID == event
                && context.caseID.map { entry.recorded.tags.contains(.caseFile($0)) } == true
        }
        let target = record.map { record in
            CorrectionTarget(
                properties: Set(HubEvent.fieldGroups(of: record.event.stored.kind).keys),
                groups: Set(record.recorded.sealed.map(\.group)).subtracting([.signedCommand]))
        }
        return try boundary.decide(.review(.requestCorrection(self, target: target)), context)
    }
}
