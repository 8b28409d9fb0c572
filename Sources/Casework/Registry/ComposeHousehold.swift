package import EventSourcing
package import Registry
package import RuleBook

/// States a household whole; a later statement replaces it.
package struct ComposeHousehold: HubCommand {
    package static let name = "ComposeHousehold"
    package static let subjectKind = SubjectKind.none
    package static let action = Action.registerPeople

    /// A known household; a new one when left out.
    package var household: HouseholdID?
    package var members: [HouseholdMember]
    package var town: TownCode?
    package var benefits: [HeldBenefit]?
    package var pairings: [Pairing]?

    package init(
        household: HouseholdID? = nil, members: [HouseholdMember], town: TownCode? = nil,
        benefits: [HeldBenefit]? = nil, pairings: [Pairing]? = nil
    ) {
        self.household = household
        self.members = members
        self.town = town
        self.benefits = benefits
        self.pairings = pairings
    }

    package func boundary(_ context: CommandContext) -> EventQuery {
        var bounded = composed(context)
        bounded.members = Array(bounded.members.prefix(12))
        return Household.boundary(of: bounded)
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try context.requireTime(notBefore: nil)
        let composed = composed(context)
        // The desk adds the rule book to the query, which has room for 16 alternatives.
        guard members.count <= 12 else {
            throw CommandRefusal(HouseholdRefusal.tooManyMembers(limit: 12))
        }
        do throws(HouseholdRefusal) {
            return try Household(replaying: boundary.registry).decide(.compose(composed)).map {
                $0.lifted(HubEvent.registry)
            }
        } catch {
            throw CommandRefusal(error)
        }
    }

    private func composed(_ context: CommandContext) -> HouseholdComposed {
        HouseholdComposed(
            household: household ?? HouseholdID(context.identifier(0)), members: members, town: town,
            benefits: benefits, pairings: pairings)
    }
}
