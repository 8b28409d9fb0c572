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
    package var clause: String?

    package init(item: ItemID, path: TriagePath, clause: String? = nil) {
        self.item = item
        self.path = path
        self.clause = clause
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
