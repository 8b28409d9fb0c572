package import EventSourcing
package import RuleBook

/// Throws a draft away.
package struct VoidReferral: HubCommand {
    package static let name = "VoidReferral"
    package static let subjectKind = SubjectKind.referral
    package static let action = Action.dispatchReferral

    package var reason: VoidReason

    package init(reason: VoidReason) {
        self.reason = reason
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideReferral(.void(reason), context)
    }
}
