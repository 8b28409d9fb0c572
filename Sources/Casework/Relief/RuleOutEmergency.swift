package import EventSourcing
package import RuleBook

/// Finds that a reported emergency can wait.
package struct RuleOutEmergency: HubCommand {
    package static let name = "RuleOutEmergency"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.relieveEmergency

    package var reason: NotUrgentReason

    package init(reason: NotUrgentReason) {
        self.reason = reason
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.relief(.ruleOut(self)), context)
    }
}
