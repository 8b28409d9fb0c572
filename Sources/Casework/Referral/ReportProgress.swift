package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// Says how far a department is.
package struct ReportProgress: HubCommand {
    package static let name = "ReportProgress"
    package static let subjectKind = SubjectKind.referral
    package static let sealedGroups: Set<FieldGroup> = .findings
    package static let action = Action.handleReferral

    package var stage: ProgressStage
    package var nextPromise: CivilDay?
    package var attachments: [Attachment]?

    package init(stage: ProgressStage, nextPromise: CivilDay? = nil, attachments: [Attachment]? = nil) {
        self.stage = stage
        self.nextPromise = nextPromise
        self.attachments = attachments
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideReferral(.report(stage, nextPromise: nextPromise, attachments: attachments ?? []), context)
    }
}
