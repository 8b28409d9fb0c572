package import EventSourcing
package import RuleBook

/// Confirms that work has stopped; the centre may after two working days of silence.
package struct ConfirmCancellation: HubCommand {
    package static let name = "ConfirmCancellation"
    package static let subjectKind = SubjectKind.referral
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.settleReferral

    package init() {}

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideReferral(
            .confirmCancellation(
                hasWaited: try boundary.hasCancellationWaited(context), ofMinor: try boundary.concernsMinor(context)),
            context)
    }
}
