package import EventSourcing
package import RuleBook

/// Records that a follow-up moved on.
package struct RecordFollowUpProgress: HubCommand {
    package static let name = "RecordFollowUpProgress"
    package static let subjectKind = SubjectKind.followup
    package static let sealedGroups: Set<FieldGroup> = [.narrative, .familyConflict]
    package static let action = Action.reportFollowUp

    package var stage: FollowUpStage
    package var attachments: [Attachment]?

    package init(stage: FollowUpStage, attachments: [Attachment]? = nil) {
        self.stage = stage
        self.attachments = attachments
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideFollowUp(
            .recordProgress(
                stage, by: context.actor.department, attachments: attachments ?? [], sealed: context.sealed), context)
    }
}
