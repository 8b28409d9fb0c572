package import EventSourcing

/// One person or body that may act for a minor.
package struct Guardian: Codable, Hashable, Sendable {
    /// What a guardian is to the child.
    package enum Relation: String, CaseIterable, Codable, Hashable, Sendable {
        case parent, grandparent, sibling, otherRelative, institution, court
    }

    /// Why a guardian cannot act.
    package enum Absence: String, CaseIterable, Codable, Hashable, Sendable {
        case dead, missing, prison, illness, notFit
    }

    package var person: PersonReference
    package var relation: Relation
    /// Whether the guardian's interest stands against the child's in this matter.
    package var conflicted: Bool
    /// Nothing while the guardian can act.
    package var unavailable: Absence?

    package init(
        _ person: PersonReference, _ relation: Relation, conflicted: Bool = false, unavailable: Absence? = nil
    ) {
        self.person = person
        self.relation = relation
        self.conflicted = conflicted
        self.unavailable = unavailable
    }

    /// Whether this guardian may speak for the child.
    package var mayAct: Bool { !conflicted && unavailable == nil }
}

/// Who may act for a minor, whole; a later statement replaces it.
package struct GuardiansStated: EventPayload {
    package var person: PersonReference
    package var guardians: [Guardian]

    package init(person: PersonReference, guardians: [Guardian]) {
        self.person = person
        self.guardians = guardians
    }
}
