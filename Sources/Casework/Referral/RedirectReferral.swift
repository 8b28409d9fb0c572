package import EventSourcing
package import RuleBook

/// Takes a referral back and sends a successor in its place.
package struct RedirectReferral: HubCommand {
    package static let name = "RedirectReferral"
    package static let subjectKind = SubjectKind.referral
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.dispatchReferral

    package var reason: RedirectReason
    package var clause: String
    /// The successor; items, people, town and priority are the predecessor's where left out, limits never.
    package var order: ReferralOrder

    package init(reason: RedirectReason, clause: String, order: ReferralOrder) {
        self.reason = reason
        self.clause = clause
        self.order = order
    }

    package func boundary(_ context: CommandContext) -> EventQuery {
        context.caseBoundary.or(CommandContext.registrations(of: order.people.map { Array($0.values) } ?? []))
    }

    /// Whether the people of the predecessor are registered.
    package func widening(_ boundary: Boundary, _ context: CommandContext) -> EventQuery? {
        guard order.people == nil, case .referral(let id) = context.subject, let caseID = context.caseID,
            let before = boundary.caseFile(caseID).referrals[id]?.order
        else { return nil }
        return CommandContext.registrations(of: before.people.map(\.person))
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        guard case .referral(let id) = context.subject else { throw ReferralRefusal.unknown.told }
        return try boundary.tellingWhatIsAllowed(context) { () throws(CommandRefusal) in
            try boundary.decide(
                .redirect(id, self, boundary.knownPeople), context, notBefore: .referral(.dispatched),
                of: .referral(id))
        }
    }
}
