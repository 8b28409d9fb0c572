package import EventSourcing
package import RuleBook

/// Hands the file of items up to the department that decides on them, with the town's first opinion.
package struct SubmitFile: HubCommand {
    package static let name = "SubmitFile"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.submitFile

    package var items: [ItemID]
    package var opinion: FileOpinion
    package var clause: String?
    package var attachments: [Attachment]?

    package init(
        items: [ItemID], opinion: FileOpinion, clause: String? = nil, attachments: [Attachment]? = nil
    ) {
        self.items = items
        self.opinion = opinion
        self.clause = clause
        self.attachments = attachments
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.intake(.submitFile(self)), context)
    }
}
