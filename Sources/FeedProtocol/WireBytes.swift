package import EventSourcing
package import FoundationEssentials

/// Why bytes of the feed protocol were not taken; nothing of their content is repeated.
package enum FeedWireError: Error, Hashable, Sendable {
    /// Bytes are missing, left over, or not of the documented form; the text names the field.
    case malformed(String)
    /// The other side speaks a version this program does not know.
    case unknownVersion(UInt8)
    /// Longer than `FORMATS.md` allows; the text names the field.
    case tooLarge(String)
    /// A signature, tag or key does not fit: altered, or meant for someone else; the text names the part.
    case notAuthentic(String)
}

/// Builds the big-endian byte strings of `FORMATS.md`.
package struct WireWriter {
    package private(set) var data: Data

    /// An empty string of bytes with room for so many.
    package init(capacity: Int = 64) {
        data = Data()
        data.reserveCapacity(capacity)
    }

    /// Appends an integer, most significant byte first.
    package mutating func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.bigEndian) { data.append(contentsOf: $0) }
    }

    /// Appends bytes as they are.
    package mutating func append(_ bytes: some Sequence<UInt8>) {
        data.append(contentsOf: bytes)
    }

    /// Appends an ASCII label without a final zero.
    package mutating func append(label: StaticString) {
        label.withUTF8Buffer { data.append(contentsOf: $0) }
    }

    /// Appends the 16 bytes of an identifier.
    package mutating func append(_ id: UniqueID) {
        data.append(contentsOf: id.bytes)
    }

    /// Appends lp8: one length byte, then the text.
    package mutating func append(lengthPrefixed8 text: String) {
        precondition(text.utf8.count <= 255, "lp8 holds at most 255 bytes")
        append(UInt8(text.utf8.count))
        data.append(contentsOf: text.utf8)
    }

    /// Appends lp32: four length bytes, then the bytes.
    package mutating func append(lengthPrefixed32 bytes: Data) {
        precondition(UInt64(bytes.count) <= UInt64(UInt32.max), "lp32 holds at most 4 GiB")
        append(UInt32(bytes.count))
        data.append(bytes)
    }
}

/// Takes fields off the front of received bytes; running out is an error, never a crash.
package struct WireReader {
    private var rest: Data

    package init(_ data: Data) {
        rest = data
    }

    package var remaining: Int { rest.count }

    /// The next integer, most significant byte first; `field` names it in an error.
    package mutating func integer<Number: FixedWidthInteger>(_ type: Number.Type, _ field: String)
        throws(FeedWireError) -> Number
    {
        let bytes = try take(Number.bitWidth / 8, field)
        var number: Number = 0
        for byte in bytes { number = number << 8 | Number(truncatingIfNeeded: byte) }
        return number
    }

    /// The next `count` bytes, as `Data` that starts at index 0.
    package mutating func take(_ count: Int, _ field: String) throws(FeedWireError) -> Data {
        guard count >= 0, rest.count >= count else { throw .malformed(field) }
        let taken = Data(rest.prefix(count))
        rest = rest.dropFirst(count)
        return taken
    }

    /// The next 16 bytes as an identifier.
    package mutating func identifier(_ field: String) throws(FeedWireError) -> UniqueID {
        guard let id = UniqueID(bytes: try take(16, field)) else { throw .malformed(field) }
        return id
    }

    /// The next lp32.
    package mutating func lengthPrefixed32(_ field: String) throws(FeedWireError) -> Data {
        let count = try integer(UInt32.self, field)
        guard let count = Int(exactly: count) else { throw .malformed(field) }
        return try take(count, field)
    }

    /// Everything that is left.
    package mutating func takeRest() -> Data {
        let all = Data(rest)
        rest = Data()
        return all
    }

    /// Refuses bytes left over.
    package func requireEnd(_ field: String) throws(FeedWireError) {
        guard rest.isEmpty else { throw .malformed(field) }
    }
}

/// Bytes that stand in JSON as lower-case hex.
package struct HexBytes: Hashable, TextCodable {
    package static var textForm: String { "an even number of characters 0-9 a-f" }

    package let bytes: Data

    package init(_ bytes: Data) {
        self.bytes = bytes
    }

    package init?(_ text: String) {
        var bytes = Data(capacity: text.utf8.count / 2)
        var high: UInt8?
        for character in text.utf8 {
            let digit: UInt8
            switch character {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = character - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = character - UInt8(ascii: "a") + 10
            default: return nil
            }
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        guard high == nil else { return nil }
        self.bytes = bytes
    }

    package var description: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 0x0f)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
