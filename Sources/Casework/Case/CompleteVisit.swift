package import EventSourcing
package import RuleBook

/// Records that somebody of the centre saw the household.
package struct CompleteVisit: HubCommand {
    package static let name = "CompleteVisit"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = .facts
    package static let action = Action.recordVisit

    package var purpose: VisitPurpose
    /// The planned or attempted visit that now took place; a new one when left out.
    package var visit: VisitID?
    /// 1 when left out.
    package var visitors: Int?
    package var attachments: [Attachment]?

    package init(
        purpose: VisitPurpose, visit: VisitID? = nil, visitors: Int? = nil, attachments: [Attachment]? = nil
    ) {
        self.purpose = purpose
        self.visit = visit
        self.visitors = visitors
        self.attachments = attachments
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.visit(self), context)
    }
}
