package import EventSourcing

/// What a member is to the head of the household.
package enum FamilyRelation: String, CaseIterable, Codable, Hashable, Sendable {
    case head, spouse, child, parent, grandparent, grandchild, sibling, inLaw, other
}

/// One person in a household, from when to when.
package struct HouseholdMember: Codable, Hashable, Sendable {
    package var person: PersonReference
    package var relation: FamilyRelation
    package var from: HistoryDate?
    /// Nothing while the person belongs to it.
    package var to: HistoryDate?

    package init(
        _ person: PersonReference, _ relation: FamilyRelation, from: HistoryDate? = nil, to: HistoryDate? = nil
    ) {
        self.person = person
        self.relation = relation
        self.from = from
        self.to = to
    }
}

/// A benefit a member had before the case, as a code of the local list, `disability.allowances`.
package struct HeldBenefit: Codable, Hashable, Sendable {
    package var person: PersonReference
    package var code: String
    package var from: HistoryDate?

    package init(_ person: PersonReference, code: String, from: HistoryDate? = nil) {
        self.person = person
        self.code = code
        self.from = from
    }
}

/// A sponsorship agreed before the case (结对帮扶).
package struct Pairing: Codable, Hashable, Sendable {
    package var sponsor: DepartmentCode
    package var from: HistoryDate?

    package init(sponsor: DepartmentCode, from: HistoryDate? = nil) {
        self.sponsor = sponsor
        self.from = from
    }
}
