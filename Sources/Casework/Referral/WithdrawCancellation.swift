package import EventSourcing
package import RuleBook

/// Takes back a request to stop before it is confirmed.
package struct WithdrawCancellation: HubCommand {
    package static let name = "WithdrawCancellation"
    package static let subjectKind = SubjectKind.referral
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.cancelReferral

    package init() {}

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideReferral(.withdrawCancellation, context)
    }
}
