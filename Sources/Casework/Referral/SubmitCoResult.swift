package import EventSourcing
package import RuleBook

/// Hands in a co-handler's result.
package struct SubmitCoResult: HubCommand {
    package static let name = "SubmitCoResult"
    package static let subjectKind = SubjectKind.referral
    package static let sealedGroups: Set<FieldGroup> = .findings
    package static let action = Action.handleReferral

    package var outcome: ReferralOutcome
    package var attachments: [Attachment]?

    package init(outcome: ReferralOutcome, attachments: [Attachment]? = nil) {
        self.outcome = outcome
        self.attachments = attachments
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideReferral(.submitCoResult(outcome, attachments: attachments ?? []), context)
    }
}
