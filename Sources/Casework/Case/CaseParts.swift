package import EventSourcing
package import RuleBook

/// One thing asked for when applying.
package struct RequestedItem: Codable, Hashable, Sendable {
    package var policyItem: PolicyItemCode
    /// Whom it is for; the subject of the case when left out.
    package var person: PersonReference?

    package init(policyItem: PolicyItemCode, person: PersonReference? = nil) {
        self.policyItem = policyItem
        self.person = person
    }
}

/// The path chosen for one item.
package struct ItemPath: Codable, Hashable, Sendable {
    package var item: ItemID
    package var path: TriagePath
    /// Left out it is the usual one of the path; a path off the usual ones needs its own.
    package var reason: TriageReason?
    package var clause: String?
    /// Says that the applicant is told that this path cannot keep the promise.
    package var beyondPromise: Bool?

    package init(
        item: ItemID, path: TriagePath, reason: TriageReason? = nil, clause: String? = nil, beyondPromise: Bool? = nil
    ) {
        self.item = item
        self.path = path
        self.reason = reason
        self.clause = clause
        self.beyondPromise = beyondPromise
    }
}

/// What the registry says of the people a command names: who is known, and who of them is a minor.
package struct KnownPeople: Hashable, Sendable {
    private var minors: [PersonReference: Bool] = [:]

    package init(_ minors: [PersonReference: Bool] = [:]) {
        self.minors = minors
    }

    /// Whether the person is a minor; nothing when the registry does not know them.
    package func isMinor(_ person: PersonReference) -> Bool? { minors[person] }
}
