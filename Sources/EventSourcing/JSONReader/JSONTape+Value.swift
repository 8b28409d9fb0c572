import FoundationEssentials

extension JSONTape {
    /// The text of a value.
    func string(at index: Int) throws -> String {
        switch tokens[index].kind {
        case .text, .escapedText: return try text(at: index)
        case .null, .yes, .no, .number, .list, .object, .irregularObject: throw mismatch(String.self, at: index)
        }
    }

    func bool(at index: Int) throws -> Bool {
        switch tokens[index].kind {
        case .yes: return true
        case .no: return false
        case .null, .number, .text, .escapedText, .list, .object, .irregularObject:
            // Alone among the types, a null is of the wrong type here and not absent: so Foundation has it.
            throw DecodingError.typeMismatch(Bool.self, context("found \(found(at: index))", at: index))
        }
    }

    func isNull(at index: Int) -> Bool { tokens[index].kind == .null }

    /// A whole number.
    ///
    /// One that is written with a fraction or an exponent, `3.0`, is left to Foundation: our encoder never writes one.
    func integer<Value: FixedWidthInteger & Decodable>(_ type: Value.Type, at index: Int) throws -> Value {
        let token = tokens[index]
        guard token.kind == .number else { throw mismatch(type, at: index) }
        var cursor = token.bytes.lowerBound
        let isNegative = bytes[cursor] == UInt8(ascii: "-")
        if isNegative { cursor += 1 }
        let first = cursor
        var value: Value = 0
        var overflows = false
        while cursor < token.bytes.upperBound {
            let digit = bytes[cursor] &- UInt8(ascii: "0")
            guard digit < 10 else { return try fractional(type, at: index) }
            let shifted = value.multipliedReportingOverflow(by: 10)
            let next =
                isNegative
                ? shifted.partialValue.subtractingReportingOverflow(Value(truncatingIfNeeded: digit))
                : shifted.partialValue.addingReportingOverflow(Value(truncatingIfNeeded: digit))
            overflows = overflows || shifted.overflow || next.overflow
            value = next.partialValue
            cursor += 1
        }
        let hasLeadingZero = cursor - first > 1 && bytes[first] == UInt8(ascii: "0")
        if overflows || hasLeadingZero || cursor == first { throw notANumber(at: index) }
        return value
    }

    private func fractional<Value: FixedWidthInteger & Decodable>(_ type: Value.Type, at index: Int) throws -> Value {
        guard tokens[index].bytes.count <= Self.longestFractional else { throw notANumber(at: index) }
        return try foundation(type, at: index)
    }

    /// Longer spellings of whole numbers are refused: Foundation's own conversion is not proved against them.
    private static let longestFractional = 40

    private func notANumber(at index: Int) -> DecodingError {
        JSONFault(reason: .number, offset: tokens[index].bytes.lowerBound).decodingError
    }

    func value<Value: Decodable>(_ type: Value.Type, at index: Int) throws -> Value {
        if type == Data.self || type == Date.self || type == Decimal.self || type == URL.self {
            return try foundation(type, at: index)
        }
        return try Value(from: JSONTapeDecoder(tape: self, index: index))
    }

    /// Reads one scalar as Foundation does: fractions, and the types its decoder treats in its own way.
    func foundation<Value: Decodable>(_ type: Value.Type, at index: Int) throws -> Value {
        let token = tokens[index]
        var list: [UInt8] = [UInt8(ascii: "[")]
        switch token.kind {
        case .null, .yes, .no, .number: list += bytes[token.bytes]
        case .text, .escapedText: list += bytes[token.bytes.lowerBound - 1...token.bytes.upperBound]
        case .list: list += "[]".utf8
        case .object, .irregularObject: list += "{}".utf8
        }
        list.append(UInt8(ascii: "]"))
        do {
            // In a list, so that a fault of the value has a path, which one of the JSON has not.
            let values = try JSONDecoder().decode([Value].self, from: Data(list))
            if let value = values.first { return value }
            throw notANumber(at: index)
        } catch let error as DecodingError {
            throw error.moved(to: path(to: index))
        }
    }

    // MARK: Errors

    /// What to say of a value that is not of a type: that it is absent, when it is null.
    func mismatch(_ type: Any.Type, at index: Int) -> DecodingError {
        let context = context("expected \(type), found \(found(at: index))", at: index)
        return isNull(at: index) ? .valueNotFound(type, context) : .typeMismatch(type, context)
    }

    func context(_ description: String, at index: Int) -> DecodingError.Context {
        DecodingError.Context(codingPath: path(to: index), debugDescription: description)
    }

    private func found(at index: Int) -> String {
        switch tokens[index].kind {
        case .null: "null"
        case .yes, .no: "true or false"
        case .number: "a number"
        case .text, .escapedText: "a text"
        case .list: "a list"
        case .object, .irregularObject: "an object"
        }
    }
}

extension DecodingError {
    /// The same error of a value that was alone in a list and stands elsewhere.
    fileprivate func moved(to path: [any CodingKey]) -> Self {
        switch self {
        case .typeMismatch(let type, let context): .typeMismatch(type, context.moved(to: path))
        case .valueNotFound(let type, let context): .valueNotFound(type, context.moved(to: path))
        case .keyNotFound(let key, let context): .keyNotFound(key, context.moved(to: path))
        case .dataCorrupted(let context): .dataCorrupted(context.moved(to: path))
        @unknown default: self
        }
    }
}

extension DecodingError.Context {
    fileprivate func moved(to path: [any CodingKey]) -> Self {
        codingPath.isEmpty
            ? self
            : Self(
                codingPath: path + codingPath.dropFirst(), debugDescription: debugDescription,
                underlyingError: underlyingError)
    }
}
