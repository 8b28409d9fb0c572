package import EventSourcing
package import RuleBook

/// Records that somebody went and did not see the household.
package struct RecordVisitAttempt: HubCommand {
    package static let name = "RecordVisitAttempt"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.recordVisit

    /// The planned visit; a new one when left out.
    package var visit: VisitID?
    package var purpose: VisitPurpose
    package var outcome: VisitOutcome
    /// 1 when left out.
    package var visitors: Int?
    package var attachments: [Attachment]?

    package init(
        visit: VisitID? = nil, purpose: VisitPurpose, outcome: VisitOutcome, visitors: Int? = nil,
        attachments: [Attachment]? = nil
    ) {
        self.visit = visit
        self.purpose = purpose
        self.outcome = outcome
        self.visitors = visitors
        self.attachments = attachments
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.visitWork(.attempt(self)), context)
    }
}
