import FoundationEssentials

/// Writes one JSON document: every value goes to the end of the same bytes, without a tree of values between.
///
/// What it writes is byte for byte what Foundation's `JSONEncoder` writes with sorted keys and unescaped slashes; tests
/// hold the two against each other.
final class JSONPen {
    private(set) var bytes: [UInt8] = []
    private var turned: [UInt8] = []

    var count: Int { bytes.count }

    /// Writes any value, nested as deep as it is.
    ///
    /// - Throws: What the value's own `encode(to:)` throws; `EncodingError` for a number JSON has no form for.
    func write<Value: Encodable>(_ value: Value) throws {
        // Asked for by type first: to ask the value costs a dynamic cast each.
        if Value.self == String.self, let known = value as? String { return text(known) }
        if Value.self == Data.self, let known = value as? Data { return text(known.base64EncodedString()) }
        if Value.self == URL.self, let known = value as? URL { return text(known.absoluteString) }
        if Value.self == Decimal.self, let known = value as? Decimal { return plain(known.description) }
        let node = JSONPenValue(self)
        try value.encode(to: node)
        node.close()
    }

    func flag(_ value: Bool) { plain(value ? "true" : "false") }

    func whole(_ value: some FixedWidthInteger) { plain(value.description) }

    func fraction<Value: BinaryFloatingPoint & CustomStringConvertible>(_ value: Value) throws {
        guard value.isFinite else {
            throw EncodingError.invalidValue(
                value, EncodingError.Context(codingPath: [], debugDescription: "JSON has no form for this number"))
        }
        let text = value.description
        plain(text.hasSuffix(".0") ? text.dropLast(2) : text[...])
    }

    func null() { plain("null") }

    func mark(_ byte: Unicode.Scalar) { bytes.append(UInt8(truncatingIfNeeded: byte.value)) }

    private func plain(_ text: some StringProtocol) { bytes.append(contentsOf: text.utf8) }

    // MARK: Text

    /// Writes a text in quotes.
    func text(_ text: String) {
        var text = text
        text.withUTF8 { characters in
            bytes.append(0x22)
            if characters.allSatisfy({ !Self.isEscaped($0) }) {
                bytes.append(contentsOf: characters)
            } else {
                for character in characters { append(character) }
            }
            bytes.append(0x22)
        }
    }

    private static func isEscaped(_ character: UInt8) -> Bool {
        character < 0x20 || character == 0x22 || character == 0x5C
    }

    private func append(_ character: UInt8) {
        guard Self.isEscaped(character) else { return bytes.append(character) }
        let short: Unicode.Scalar? =
            switch character {
            case 0x08: "b"
            case 0x09: "t"
            case 0x0A: "n"
            case 0x0C: "f"
            case 0x0D: "r"
            case 0x22: "\""
            case 0x5C: "\\"
            default: nil
            }
        mark("\\")
        if let short { return mark(short) }
        plain("u00")
        plain(String(character >> 4, radix: 16))
        plain(String(character & 15, radix: 16))
    }

    // MARK: Going back

    /// Takes back everything from a place on.
    func cut(to place: Int) { bytes.removeSubrange(place...) }

    /// Puts bytes between others.
    func insert(_ other: JSONPen, at place: Int) { bytes.insert(contentsOf: other.bytes, at: place) }

    /// Writes everything from a place on anew: the parts in this order, with commas between.
    func turn(from place: Int, into parts: some Sequence<Range<Int>>) {
        turned.removeAll(keepingCapacity: true)
        for part in parts {
            if !turned.isEmpty { turned.append(0x2C) }
            turned.append(contentsOf: bytes[part])
        }
        bytes.replaceSubrange(place..., with: turned)
    }
}
