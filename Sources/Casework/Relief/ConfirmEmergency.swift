package import EventSourcing
package import RuleBook

/// Finds that a reported emergency is real.
package struct ConfirmEmergency: HubCommand {
    package static let name = "ConfirmEmergency"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = .facts
    package static let action = Action.relieveEmergency

    package init() {}

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.relief(.confirm), context)
    }
}
