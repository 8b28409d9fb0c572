package import EventSourcing
package import RuleBook

/// Records that the post on duty reached the person.
package struct RecordEmergencyContact: HubCommand {
    package static let name = "RecordEmergencyContact"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = [.narrative, .contact]
    package static let action = Action.relieveEmergency

    package var means: DeliveryMeans

    package init(means: DeliveryMeans) {
        self.means = means
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.relief(.contact(self)), context)
    }
}
