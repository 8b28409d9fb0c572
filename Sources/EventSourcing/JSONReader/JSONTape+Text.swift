extension JSONTape {
    /// The text between the quotes of a text or key.
    ///
    /// - Throws: `DecodingError.dataCorrupted` when it is not UTF-8 or breaks the rules for escapes.
    func text(at index: Int) throws -> String {
        let token = tokens[index]
        if token.kind == .escapedText { return try unescaped(token.bytes) }
        return try string(bytes, token.bytes)
    }

    private func string(_ utf8: [UInt8], _ range: Range<Int>) throws -> String {
        do {
            return String(copying: try UTF8Span(validating: utf8.span.extracting(range)))
        } catch {
            throw JSONFault(reason: .notUnicode, offset: range.lowerBound).decodingError
        }
    }

    private func unescaped(_ range: Range<Int>) throws -> String {
        var plain: [UInt8] = []
        plain.reserveCapacity(range.count)
        var cursor = range.lowerBound
        while cursor < range.upperBound {
            let byte = bytes[cursor]
            if byte == UInt8(ascii: "\\") {
                do { try unescape(&cursor, before: range.upperBound, into: &plain) } catch { throw error.decodingError }
            } else if byte < 0x20 {
                throw JSONFault(reason: .control, offset: cursor).decodingError
            } else {
                plain.append(byte)
                cursor += 1
            }
        }
        return try string(plain, plain.indices)
    }

    private func unescape(_ cursor: inout Int, before end: Int, into plain: inout [UInt8]) throws(JSONFault) {
        let start = cursor
        guard start + 1 < end else { throw JSONFault(reason: .escape, offset: start) }
        cursor += 2
        switch bytes[start + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): plain.append(bytes[start + 1])
        case UInt8(ascii: "b"): plain.append(0x08)
        case UInt8(ascii: "f"): plain.append(0x0c)
        case UInt8(ascii: "n"): plain.append(0x0a)
        case UInt8(ascii: "r"): plain.append(0x0d)
        case UInt8(ascii: "t"): plain.append(0x09)
        case UInt8(ascii: "u"):
            var scalar = try hexadecimal(&cursor, before: end)
            if UTF16.isLeadSurrogate(UInt16(truncatingIfNeeded: scalar)) {
                guard cursor + 1 < end, bytes[cursor] == UInt8(ascii: "\\"), bytes[cursor + 1] == UInt8(ascii: "u")
                else {
                    throw JSONFault(reason: .escape, offset: cursor)
                }
                cursor += 2
                let trail = try hexadecimal(&cursor, before: end)
                guard UTF16.isTrailSurrogate(UInt16(truncatingIfNeeded: trail)) else {
                    throw JSONFault(reason: .escape, offset: cursor)
                }
                scalar = 0x1_0000 + (scalar - 0xd800) << 10 + (trail - 0xdc00)
            }
            guard let scalar = Unicode.Scalar(scalar) else { throw JSONFault(reason: .escape, offset: start) }
            plain.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        default: throw JSONFault(reason: .escape, offset: start)
        }
    }

    private func hexadecimal(_ cursor: inout Int, before end: Int) throws(JSONFault) -> UInt32 {
        guard cursor + 4 <= end else { throw JSONFault(reason: .escape, offset: cursor) }
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[cursor])).hexDigitValue else {
                throw JSONFault(reason: .escape, offset: cursor)
            }
            value = value << 4 | UInt32(digit)
            cursor += 1
        }
        return value
    }
}
