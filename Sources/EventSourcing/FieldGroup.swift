/// The groups of fields a department may or may not see (`FORMATS.md` §3; G1 to G19 of the product page).
package enum FieldGroup: String, CaseIterable, Codable, Hashable, Comparable, Sendable {
    case reference, identity, contact, household, tags, meansConclusion, meansDetail, health, schooling, employment
    case housing, familyConflict, payment, otherReferrals, narrative, capability, alias, traceOutcome, signedCommand

    package static func < (left: Self, right: Self) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }
}

/// A field group, of one person where it is personal: `reference` or `schooling@<person>`.
package struct DisclosedGroup: Hashable, Comparable, TextCodable {
    package static var textForm: String { "a field group such as reference, or group@person" }
    package static var textShape: TextShape {
        let groups = FieldGroup.allCases.map(\.rawValue).joined(separator: "|")
        let person = "[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
        return TextShape(pattern: "^(\(groups))(@\(person))?$", example: "reference")
    }

    package let group: FieldGroup
    /// Whose sealed parts; nothing for the open properties of the group.
    package let person: PersonReference?

    package init(_ group: FieldGroup, of person: PersonReference? = nil) {
        self.group = group
        self.person = person
    }

    package init?(_ text: String) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard let group = parts.first.flatMap({ FieldGroup(rawValue: String($0)) }), parts.count <= 2 else {
            return nil
        }
        self.group = group
        if parts.count == 2 {
            guard let person = PersonReference(String(parts[1])) else { return nil }
            self.person = person
        } else {
            person = nil
        }
    }

    package var description: String {
        person.map { "\(group.rawValue)@\($0)" } ?? group.rawValue
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
    }
}
