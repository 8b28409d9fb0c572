package import EventSourcing
package import RuleBook

/// Finds that a record is right.
package struct RejectCorrection: HubCommand {
    package static let name = "RejectCorrection"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.ruleOnCorrection

    package var correction: CorrectionID
    package var clause: String
    package init(correction: CorrectionID, clause: String) {
        self.correction = correction
        self.clause = clause
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let requester = boundary.requester(of: correction)
        return try boundary.decide(.review(.rejectCorrection(self, requestedBy: requester)), context)
    }
}
