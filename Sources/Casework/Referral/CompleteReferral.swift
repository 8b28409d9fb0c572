package import EventSourcing
package import RuleBook

/// Finishes a referral with its result.
package struct CompleteReferral: HubCommand {
    package static let name = "CompleteReferral"
    package static let subjectKind = SubjectKind.referral
    package static let sealedGroups: Set<FieldGroup> = .findings
    package static let action = Action.handleReferral

    package var outcome: ReferralOutcome
    package var award: Award?
    package var excused: [ExcusedCoHandler]?
    package var attachments: [Attachment]?

    package init(
        outcome: ReferralOutcome, award: Award? = nil, excused: [ExcusedCoHandler]? = nil,
        attachments: [Attachment]? = nil
    ) {
        self.outcome = outcome
        self.award = award
        self.excused = excused
        self.attachments = attachments
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideReferral(
            .complete(outcome, award: award, excused: excused ?? [], attachments: attachments ?? []), context)
    }
}
