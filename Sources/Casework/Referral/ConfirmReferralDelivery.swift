package import EventSourcing
package import RuleBook

/// Says that a referral has arrived in a department's own system; its adapter sends it, people sign by receiving.
package struct ConfirmReferralDelivery: HubCommand {
    package static let name = "ConfirmReferralDelivery"
    package static let subjectKind = SubjectKind.referral
    package static let action = Action.confirmDelivery

    package init() {}

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideReferral(.deliver, context)
    }
}
