package import EventSourcing
package import RuleBook

/// Ends a case that should never have been.
package struct VoidCase: HubCommand {
    package static let name = "VoidCase"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.voidCase

    package var reason: CaseVoidReason

    package init(reason: CaseVoidReason) {
        self.reason = reason
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.review(.void(self)), context)
    }
}
