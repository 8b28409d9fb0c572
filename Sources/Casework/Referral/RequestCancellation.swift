package import EventSourcing
package import RuleBook

/// Asks the department that holds a referral to stop.
package struct RequestCancellation: HubCommand {
    package static let name = "RequestCancellation"
    package static let subjectKind = SubjectKind.referral
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.cancelReferral

    package var reason: CancellationReason

    package init(reason: CancellationReason) {
        self.reason = reason
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideReferral(.requestCancellation(reason, ofMinor: try boundary.concernsMinor(context)), context)
    }
}
