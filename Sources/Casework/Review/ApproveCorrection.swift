package import EventSourcing
package import RuleBook

/// Finds that a record is wrong, with the right text sealed where it is personal.
package struct ApproveCorrection: HubCommand {
    package static let name = "ApproveCorrection"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = .facts
    package static let action = Action.ruleOnCorrection

    package var correction: CorrectionID
    package init(correction: CorrectionID) {
        self.correction = correction
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let requester = boundary.requester(of: correction)
        return try boundary.decide(.review(.approveCorrection(self, requestedBy: requester)), context)
    }
}

extension Boundary {
    /// Who said that a record is wrong.
    func requester(of correction: CorrectionID) -> AccountID? {
        for entry in entries {
            if case .casework(.review(.correctionRequested(let requested))) = entry.event,
                requested.correction == correction
            {
                return entry.metadata.actor.account
            }
        }
        return nil
    }
}
