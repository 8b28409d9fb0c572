package import EventSourcing
package import RuleBook

/// Signs for a referral, which releases the slice.
package struct ReceiveReferral: HubCommand {
    package static let name = "ReceiveReferral"
    package static let subjectKind = SubjectKind.referral
    package static let action = Action.takeReferral

    package init() {}

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    /// The registry's parts of the people this department may read of.
    package func widening(_ boundary: Boundary, _ context: CommandContext) -> EventQuery? {
        boundary.registryOfGrant(context)
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideReferral(.receive(boundary.sealed), context)
    }
}
