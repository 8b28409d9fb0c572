package import EventSourcing
package import RuleBook

/// Ends a follow-up.
package struct ConcludeFollowUp: HubCommand {
    package static let name = "ConcludeFollowUp"
    package static let subjectKind = SubjectKind.followup
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.openFollowUp

    package var outcome: FollowUpOutcome
    /// How the person was told; left out only where they gave it up themselves.
    package var means: DeliveryMeans?
    package var attachments: [Attachment]?

    package init(outcome: FollowUpOutcome, means: DeliveryMeans? = nil, attachments: [Attachment]? = nil) {
        self.outcome = outcome
        self.means = means
        self.attachments = attachments
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let decided = try boundary.decideFollowUp(
            .conclude(
                outcome, means: means, attachments: attachments ?? [], sealed: context.sealed), context)
        return decided.isEmpty ? [] : decided + boundary.disclosureEnds(with: context)
    }
}
