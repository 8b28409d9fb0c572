package import EventSourcing
package import RuleBook

/// Finds that the case may end.
package struct ProposeExit: HubCommand {
    package static let name = "ProposeExit"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.proposeExit

    package var result: ExitResult

    package init(result: ExitResult) {
        self.result = result
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.proposeExit(self), context)
    }
}
