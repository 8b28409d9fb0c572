package import EventSourcing
package import RuleBook

/// Takes back an offer that was not answered in time.
package struct LapseOffer: HubCommand {
    package static let name = "LapseOffer"
    package static let subjectKind = SubjectKind.referral
    package static let action = Action.cancelReferral

    package init() {}

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideReferral(.lapse(isOverdue: try boundary.isAnswerOverdue(context)), context)
    }
}
