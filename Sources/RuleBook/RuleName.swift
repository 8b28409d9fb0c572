package import EventSourcing

/// A dotted name in the rule book, `case.exit` or `education.grant`: 2 to 64 of a–z, A–Z, 0–9, dot and hyphen.
package struct RuleName<Named>: Hashable, Comparable, TextCodable {
    package static var textForm: String { "a name of 2 to 64 characters a-z, A-Z, 0-9, . or -, such as case.exit" }
    package static var textShape: TextShape { TextShape(pattern: "^[a-z][a-zA-Z0-9.-]{1,63}$", example: "case.exit") }

    package let description: String

    package init?(_ text: String) {
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard (2...64).contains(text.utf8.count), let first = text.utf8.first, letters.contains(first),
            text.utf8.allSatisfy({ byte in
                letters.contains(byte) || capitals.contains(byte) || digits.contains(byte)
                    || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
            })
        else { return nil }
        description = text
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
    }
}

/// Names a ``PolicyItem``, `education.grant`.
package typealias PolicyItemCode = RuleName<PolicyItem>
/// Names a ``DispatchTask``, `trace.spouse`.
package typealias TaskCode = RuleName<DispatchTask>
/// Names a ``DeadlineRule``, `case.exit`.
package typealias DeadlineRuleID = RuleName<DeadlineRule>
/// Names a ``Town/Station``, `huangtang.v03`; unique in the county.
package typealias StationCode = RuleName<Town.Station>
/// Names a ``Town/Village``, `v03`; unique in its town.
package typealias VillageCode = RuleName<Town.Village>
