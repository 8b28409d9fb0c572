package import EventSourcing
package import RuleBook

/// Marks a case as the duplicate of an older one.
package struct LinkDuplicateCase: HubCommand {
    package static let name = "LinkDuplicateCase"
    package static let subjectKind = SubjectKind.caseFile
    package static let action = Action.linkCases

    /// The older case, which goes on.
    package var of: CaseID

    package init(of: CaseID) {
        self.of = of
    }

    package func boundary(_ context: CommandContext) -> EventQuery {
        context.caseBoundary.or(.tagged(.caseFile(of)))
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let mine = context.caseID.flatMap { boundary.first(.caseFile(.opened), tagged: .caseFile($0)) }
        let other = boundary.first(.caseFile(.opened), tagged: .caseFile(of))
        let isOlder = mine.flatMap { mine in other.map { $0.recorded.position < mine.recorded.position } } ?? false
        return try boundary.decide(.linkDuplicate(of: boundary.caseFile(of), of, isOlder: isOlder), context)
    }
}
