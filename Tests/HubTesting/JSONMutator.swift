package import Foundation

/// Makes JSON that is nearly right, and some that is right, from one seeded generator.
package struct JSONMutator {
    package var generator: SeededGenerator

    package init(generator: SeededGenerator) {
        self.generator = generator
    }

    /// Pieces where readers go wrong.
    private static let pieces = [
        "null", "true", "false", "tru", "0", "-0", "-", "01", "-01", "1.0", "1.5", "1e2", "1E+2", "1e-2", "1e", "1.",
        ".5",
        "127", "128", "-128", "-129", "255", "256", "65536", "4294967296", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616",
        "9007199254740993.0", "1.0000000000000001", "1e400", "{}", "[]", "{", "}", "[", "]", ",", ":", "\"", "\\", " ",
        "\t",
        "\n", "\r", "\u{0}", "\u{1f}", "\u{7f}", "\\\"", "\\\\", "\\/", "\\b", "\\n", "\\x", "\\u0041", "\\u0000",
        "\\u00e9",
        "\\ud83d\\ude00", "\\ud83d", "\\ude00", "\\ud83dx", "\\u12", "\\uD83D\\u0041", "教育", "é", "e\u{301}",
        "\u{212a}", "😀",
        "\"a\":1,", "\"a\":null,", "[1,]", "{\"a\":1,}", ",,", "\u{feff}", "\"\"", "[[[[", "]]]]", "//", "NaN",
        "Infinity",
    ]

    private static let keys = [
        "a", "b", "name", "名", "K", "\\u0061", "e\\u0301", "é", "id", "", "list", "inner", "flag", "count",
    ]

    /// One of some values.
    package mutating func pick<Element>(_ elements: [Element]) -> Element? {
        elements.randomElement(using: &generator)
    }

    /// Changes a text in one to four places.
    package mutating func mutate(_ bytes: Data) -> Data {
        var bytes = [UInt8](bytes)
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            let place = Int.random(in: 0...bytes.count, using: &generator)
            let end = min(bytes.count, place + Int.random(in: 0...8, using: &generator))
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: bytes.removeSubrange(place..<end)
            case 1: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
            case 2: if place < bytes.count { bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator) }
            case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
            default: bytes.replaceSubrange(place..<end, with: Array((pick(Self.pieces) ?? "").utf8))
            }
        }
        return Data(bytes)
    }

    /// A text by the grammar, with keys and values that shapes of the tests know.
    package mutating func text(depth: Int = 4) -> String {
        let space = Int.random(in: 0..<8, using: &generator) == 0 ? " \n" : ""
        switch Int.random(in: 0..<(depth > 0 ? 10 : 6), using: &generator) {
        case 0: return pick(Self.pieces) ?? ""
        case 1: return "\(Int64.random(in: -300...300, using: &generator))\(space)"
        case 2: return pick(["true", "false", "null"]) ?? ""
        case 3, 4:
            return "\"\(pick(["x", "red", "green", "01890a5d-ac96-774b-bcce-b302099a8057", "\\n", "教育", "😀"]) ?? "")\""
        case 5: return "\(UInt64.random(in: 0...UInt64.max, using: &generator))"
        case 6, 7:
            let count = Int.random(in: 0..<5, using: &generator)
            return "[\(space)" + (0..<count).map { _ in text(depth: depth - 1) }.joined(separator: ",\(space)") + "]"
        default:
            let count = Int.random(in: 0..<30, using: &generator) % 11
            let members = (0..<count).map { _ in
                "\"\(pick(Self.keys) ?? "")\":\(space)" + text(depth: depth - 1)
            }
            return "{\(space)" + members.joined(separator: ",\(space)") + "}"
        }
    }
}
