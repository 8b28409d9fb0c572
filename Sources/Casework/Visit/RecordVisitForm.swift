package import EventSourcing
package import RuleBook

/// Records the filled-in form of a visit; what it says comes sealed.
package struct RecordVisitForm: HubCommand {
    package static let name = "RecordVisitForm"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = .facts
    package static let action = Action.recordVisit

    package var visit: VisitID
    package var form: PaperCode
    /// 1 when left out.
    package var formVersion: Int?
    package var attachments: [Attachment]?

    package init(visit: VisitID, form: PaperCode, formVersion: Int? = nil, attachments: [Attachment]? = nil) {
        self.visit = visit
        self.form = form
        self.formVersion = formVersion
        self.attachments = attachments
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.visitWork(.form(self)), context)
    }
}
