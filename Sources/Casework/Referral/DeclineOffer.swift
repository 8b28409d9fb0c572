package import EventSourcing
package import RuleBook

/// Declines an offer.
package struct DeclineOffer: HubCommand {
    package static let name = "DeclineOffer"
    package static let subjectKind = SubjectKind.referral
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.declineOffer

    package var reason: DeclineReason

    package init(reason: DeclineReason) {
        self.reason = reason
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideReferral(.decline(reason), context)
    }
}
