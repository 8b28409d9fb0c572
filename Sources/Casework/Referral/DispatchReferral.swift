package import EventSourcing
package import RuleBook

/// Sends a referral out: a new one of the case, or a draft it is addressed to.
package struct DispatchReferral: HubCommand {
    package static let name = "DispatchReferral"
    package static let subjectKind = SubjectKind.caseFile
    package static let subjects: Set<SubjectKind> = [.caseFile, .referral]
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
        if case .referral(let draft) = context.subject {
            return try boundary.tellingWhatIsAllowed(context) { () throws(CommandRefusal) in
                try boundary.decide(
                    .dispatchDraft(draft), context, notBefore: .referral(.drafted), of: .referral(draft))
            }
        }
        return try boundary.decide(.dispatchNew(order, boundary.knownPeople), context)
    }
}
