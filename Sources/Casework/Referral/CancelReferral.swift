package import EventSourcing
package import RuleBook

/// Stops a referral that nobody has received.
package struct CancelReferral: HubCommand {
    package static let name = "CancelReferral"
    package static let subjectKind = SubjectKind.referral
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.cancelReferral

    package var reason: CancellationReason

    package init(reason: CancellationReason) {
        self.reason = reason
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideReferral(.cancel(reason, ofMinor: try boundary.concernsMinor(context)), context)
    }
}
