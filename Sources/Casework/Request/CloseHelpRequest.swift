package import EventSourcing
package import RuleBook

/// Ends a help request that no application came of.
package struct CloseHelpRequest: HubCommand {
    package static let name = "CloseHelpRequest"
    package static let subjectKind = SubjectKind.request
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.closeHelpRequest

    package var outcome: RequestOutcome
    package var caseFile: CaseID?

    package init(outcome: RequestOutcome, caseFile: CaseID? = nil) {
        self.outcome = outcome
        self.caseFile = caseFile
    }

    package func boundary(_ context: CommandContext) -> EventQuery {
        let query = context.subjectBoundary
        return caseFile.map { query.or(.tagged(.caseFile($0), types: [CaseFileEvent.Kind.opened.rawValue])) } ?? query
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        guard case .request(let id) = context.subject,
            let start = boundary.first(.request(.recorded), tagged: .request(id))
        else { throw HelpRequestRefusal.unknown.told }
        try context.requireTime(notBefore: start.recorded.occurredAt)
        if let caseFile, boundary.first(.caseFile(.opened), tagged: .caseFile(caseFile)) == nil {
            throw HelpRequestRefusal.caseMissing.told
        }
        return try telling { () throws(HelpRequestRefusal) in
            try boundary.helpRequest(id).decide(.close(outcome, caseFile: caseFile, sealed: context.sealed))
        }.map { $0.lifted(HubEvent.casework) }
    }
}
