/// Finds the tokens of a JSON text in one pass.
///
/// It takes and refuses what Foundation's `JSONDecoder` takes and refuses while it scans: a comma may stand before a
/// closing bracket, nesting ends at 512, and the inside of texts and numbers is looked at only when somebody asks for
/// them. It does not recurse, takes time linear in the bytes, and every access to them is bounds-checked.
struct JSONScanner {
    /// As deep as lists and objects may stand in each other; Foundation's limit.
    static let deepest = 512
    /// Objects with more members get an index, so that looking up many keys stays linear.
    static let mostRegularMembers: UInt32 = 24

    private(set) var tokens: [JSONToken] = []
    private var cursor = 0
    /// The innermost list or object that is still open; meaningless at depth 0.
    private var open = 0
    private var depth = 0

    /// Scans a whole text, which fits into offsets of 32 bits.
    mutating func scan(_ bytes: Span<UInt8>) throws(JSONFault) {
        // Our payloads have a token every 15 to 20 bytes; a denser text grows the array once or twice.
        tokens.reserveCapacity(bytes.count / 12 + 4)
        if bytes.count >= 3, bytes[0] == 0xef, bytes[1] == 0xbb, bytes[2] == 0xbf { cursor = 3 }
        repeat {
            try value(bytes)
        } while try moreFollows(bytes)
        skipWhitespace(bytes)
        if cursor < bytes.count { throw fault(.unexpected) }
    }

    /// Takes a scalar, or the start of a list or object up to its first value.
    private mutating func value(_ bytes: Span<UInt8>) throws(JSONFault) {
        while true {
            let byte = try next(bytes)
            if depth > 0 { tokens[open].start += 1 }
            switch byte {
            case UInt8(ascii: "\""):
                _ = try text(bytes)
                return
            case UInt8(ascii: "{"):
                try begin(.object)
                if try next(bytes) == UInt8(ascii: "}") {
                    end()
                    return
                }
                try key(bytes)
            case UInt8(ascii: "["):
                try begin(.list)
                if try next(bytes) == UInt8(ascii: "]") {
                    end()
                    return
                }
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                number(bytes)
                return
            case UInt8(ascii: "t"): return try word("true", .yes, bytes)
            case UInt8(ascii: "f"): return try word("false", .no, bytes)
            case UInt8(ascii: "n"): return try word("null", .null, bytes)
            default: throw fault(.unexpected)
            }
        }
    }

    /// Whether another value follows, after closing all that ends here and taking the next member's key.
    private mutating func moreFollows(_ bytes: Span<UInt8>) throws(JSONFault) -> Bool {
        while depth > 0 {
            let isList = tokens[open].kind == .list
            let closing = isList ? UInt8(ascii: "]") : UInt8(ascii: "}")
            var byte = try next(bytes)
            if byte == UInt8(ascii: ",") {
                cursor += 1
                byte = try next(bytes)
                if byte != closing {
                    if !isList { try key(bytes) }
                    return true
                }
            }
            if byte != closing { throw fault(.unexpected) }
            end()
        }
        return false
    }

    private mutating func begin(_ kind: JSONToken.Kind) throws(JSONFault) {
        cursor += 1
        if depth == Self.deepest { throw fault(.depth) }
        depth += 1
        tokens.append(JSONToken(kind: kind, start: 0, extent: UInt32(truncatingIfNeeded: open)))
        open = tokens.count - 1
    }

    private mutating func end() {
        cursor += 1
        depth -= 1
        let around = Int(tokens[open].extent)
        tokens[open].extent = UInt32(truncatingIfNeeded: tokens.count)
        if tokens[open].kind == .object, tokens[open].start > Self.mostRegularMembers {
            tokens[open].kind = .irregularObject
        }
        open = around
    }

    /// Takes a key and its colon.
    private mutating func key(_ bytes: Span<UInt8>) throws(JSONFault) {
        guard try next(bytes) == UInt8(ascii: "\"") else { throw fault(.unexpected) }
        if try !text(bytes) { tokens[open].kind = .irregularObject }
        guard try next(bytes) == UInt8(ascii: ":") else { throw fault(.unexpected) }
        cursor += 1
    }

    /// Takes a text from its opening quote on.
    ///
    /// - Returns: Whether it is ASCII without escapes and control characters.
    private mutating func text(_ bytes: Span<UInt8>) throws(JSONFault) -> Bool {
        cursor += 1
        let start = cursor
        var seen: UInt64 = 0
        var isPlain = true
        while true {
            skipOrdinary(bytes, seen: &seen)
            guard cursor < bytes.count else { throw fault(.end) }
            let byte = bytes[cursor]
            if byte == UInt8(ascii: "\"") { break }
            if byte == UInt8(ascii: "\\") {
                isPlain = false
                try skipEscape(bytes)
            } else {
                if byte < 0x20 { isPlain = false }
                seen |= UInt64(byte)
                cursor += 1
            }
        }
        tokens.append(
            JSONToken(
                kind: isPlain ? .text : .escapedText, start: UInt32(truncatingIfNeeded: start),
                extent: UInt32(truncatingIfNeeded: cursor - start)))
        cursor += 1
        return isPlain && seen & Self.highBits == 0
    }

    /// Steps over bytes of a text, eight at a time, up to a quote, a backslash or a control character; the last seven
    /// bytes of the whole input are left to the caller.
    private mutating func skipOrdinary(_ bytes: Span<UInt8>, seen: inout UInt64) {
        while bytes.count - cursor >= 8 {
            let eight = UInt64(
                littleEndian: bytes.bytes.unsafeLoadUnaligned(fromByteOffset: cursor, as: UInt64.self))
            // In each term a byte's high bit tells that the byte is special. Only bits above a true one can be wrong, so
            // the lowest is right (Warren, "Hacker's Delight", 6-1).
            let quote = eight ^ 0x2222_2222_2222_2222
            let backslash = eight ^ 0x5c5c_5c5c_5c5c_5c5c
            let special =
                (((quote &- Self.lowBits) & ~quote) | ((backslash &- Self.lowBits) & ~backslash)
                    | ((eight &- Self.lowBits &* 0x20) & ~eight)) & Self.highBits
            if special != 0 {
                let ordinary = special.trailingZeroBitCount >> 3
                seen |= eight & ((1 << UInt64(ordinary << 3)) &- 1)
                cursor += ordinary
                return
            }
            seen |= eight
            cursor += 8
        }
    }

    private static let lowBits: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    private mutating func skipEscape(_ bytes: Span<UInt8>) throws(JSONFault) {
        guard cursor + 1 < bytes.count else { throw fault(.end) }
        let isUnicode = bytes[cursor + 1] == UInt8(ascii: "u")
        cursor += 2
        guard isUnicode else { return }
        guard cursor + 4 <= bytes.count else { throw fault(.end) }
        for offset in cursor..<cursor + 4 where bytes[offset] == UInt8(ascii: "\"") { throw fault(.escape) }
        cursor += 4
    }

    private mutating func number(_ bytes: Span<UInt8>) {
        let start = cursor
        cursor += 1
        loop: while cursor < bytes.count {
            switch bytes[cursor] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"),
                UInt8(ascii: "e"), UInt8(ascii: "E"):
                cursor += 1
            default: break loop
            }
        }
        appendScalar(.number, from: start)
    }

    private mutating func word(
        _ letters: String, _ kind: JSONToken.Kind, _ bytes: Span<UInt8>
    ) throws(JSONFault) {
        let start = cursor
        for letter in letters.utf8 {
            guard cursor < bytes.count else { throw fault(.end) }
            guard bytes[cursor] == letter else { throw fault(.unexpected) }
            cursor += 1
        }
        appendScalar(kind, from: start)
    }

    private mutating func appendScalar(_ kind: JSONToken.Kind, from start: Int) {
        tokens.append(
            JSONToken(
                kind: kind, start: UInt32(truncatingIfNeeded: start),
                extent: UInt32(truncatingIfNeeded: cursor - start)))
    }

    /// The next byte that is not white space; it is not taken.
    private mutating func next(_ bytes: Span<UInt8>) throws(JSONFault) -> UInt8 {
        skipWhitespace(bytes)
        guard cursor < bytes.count else { throw fault(.end) }
        return bytes[cursor]
    }

    private mutating func skipWhitespace(_ bytes: Span<UInt8>) {
        while cursor < bytes.count {
            switch bytes[cursor] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): cursor += 1
            default: return
            }
        }
    }

    private func fault(_ reason: JSONFault.Reason) -> JSONFault {
        JSONFault(reason: reason, offset: cursor)
    }
}
