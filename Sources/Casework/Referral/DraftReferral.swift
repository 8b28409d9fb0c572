package import EventSourcing
package import RuleBook

/// Prepares a referral without sending it.
package struct DraftReferral: HubCommand {
    package static let name = "DraftReferral"
    package static let subjectKind = SubjectKind.caseFile
    package static let action = Action.dispatchReferral

    package var order: ReferralOrder

    package init(order: ReferralOrder) {
        self.order = order
    }

    package init(from decoder: any Decoder) throws {
        order = try ReferralOrder(from: decoder)
    }

    package func encode(to encoder: any Encoder) throws {
        try order.encode(to: encoder)
    }

    package func boundary(_ context: CommandContext) -> EventQuery {
        context.caseBoundary.or(CommandContext.registrations(of: order.people.map { Array($0.values) } ?? []))
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.draft(order, boundary.knownPeople), context)
    }
}
