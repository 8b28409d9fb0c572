package import EventSourcing
package import RuleBook

/// Ends a case whose exit has been proposed.
package struct ExitCase: HubCommand {
    package static let name = "ExitCase"
    package static let subjectKind = SubjectKind.caseFile
    package static let action = Action.confirmExit

    package init() {}

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let proposal = context.caseID.flatMap { boundary.last(.caseFile(.exitProposed), tagged: .caseFile($0)) }
        return try boundary.decide(.exit(proposedBy: proposal?.metadata.actor.account), context)
    }
}
