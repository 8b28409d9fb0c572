package import EventSourcing
package import RuleBook

/// Records that the centre looked at an open follow-up.
package struct ReviewFollowUp: HubCommand {
    package static let name = "ReviewFollowUp"
    package static let subjectKind = SubjectKind.followup
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.reviewFollowUp

    package var finding: FollowUpFinding

    package init(finding: FollowUpFinding) {
        self.finding = finding
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideFollowUp(.review(finding, sealed: context.sealed), context)
    }
}
