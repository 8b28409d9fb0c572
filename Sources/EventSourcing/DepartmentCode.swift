/// The short name of a department, `jiaoyu`: 2 to 24 of a–z, 0–9 and hyphen.
package struct DepartmentCode: Hashable, Comparable, TextCodable {
    package static var textForm: String { "a department code of 2 to 24 characters a-z, 0-9 or -, such as jiaoyu" }
    package static var textShape: TextShape { TextShape(pattern: "^[a-z0-9-]{2,24}$", example: "jiaoyu") }

    package let description: String

    package init?(_ text: String) {
        guard Slug.isValid(text.utf8[...], lengths: 2...24) else { return nil }
        description = text
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
    }
}

/// A function in a department, `jiaoyu/aid`; events name posts, never people.
package struct PostCode: Hashable, Comparable, TextCodable {
    package static var textForm: String { "a post such as jiaoyu/aid" }
    package static var textShape: TextShape {
        TextShape(pattern: "^[a-z0-9-]{2,24}/[a-z0-9-]{1,32}$", example: "jiaoyu/aid")
    }

    /// The department the post belongs to.
    package let department: DepartmentCode
    package let description: String

    package init?(_ text: String) {
        guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")),
            let department = DepartmentCode(String(text[..<slash])),
            Slug.isValid(text.utf8[slash...].dropFirst(), lengths: 1...32)
        else { return nil }
        self.department = department
        description = text
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
    }
}

/// A town or street, `huangtang`: 1 to 32 of a–z, 0–9 and hyphen.
package struct TownCode: Hashable, Comparable, TextCodable {
    package static var textForm: String { "a town code of 1 to 32 characters a-z, 0-9 or -" }
    package static var textShape: TextShape { TextShape(pattern: "^[a-z0-9-]{1,32}$", example: "huangtang") }

    package let description: String

    package init?(_ text: String) {
        guard Slug.isValid(text.utf8[...], lengths: 1...32) else { return nil }
        description = text
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
    }
}

private enum Slug {
    static func isValid(_ text: Substring.UTF8View, lengths: ClosedRange<Int>) -> Bool {
        lengths.contains(text.count)
            && text.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            }
    }
}
