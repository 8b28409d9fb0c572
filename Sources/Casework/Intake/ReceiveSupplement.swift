package import EventSourcing
package import RuleBook

/// Records papers that the applicant brought.
package struct ReceiveSupplement: HubCommand {
    package static let name = "ReceiveSupplement"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = .facts
    package static let action = Action.acceptApplication

    package var items: [ItemID]
    package var papers: [PaperCode]
    package var attachments: [Attachment]?

    package init(items: [ItemID], papers: [PaperCode], attachments: [Attachment]? = nil) {
        self.items = items
        self.papers = papers
        self.attachments = attachments
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.intake(.receiveSupplement(self)), context)
    }
}
