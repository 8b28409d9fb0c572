/// The members of one object.
struct JSONTapeObject<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let tape: JSONTape
    private let object: Int
    /// Only for an irregular object.
    private let index: JSONMemberIndex?

    init(_ tape: JSONTape, _ object: Int) throws {
        self.tape = tape
        self.object = object
        switch tape.tokens[object].kind {
        case .object: index = nil
        case .irregularObject: index = try JSONMemberIndex(tape, object)
        case .null, .yes, .no, .number, .text, .escapedText, .list: throw tape.mismatch([String: Any].self, at: object)
        }
    }

    var codingPath: [any CodingKey] { tape.path(to: object) }

    var allKeys: [Key] {
        if let index { return index.names.compactMap { Key(stringValue: $0) } }
        return tape.keys(of: object).compactMap { key in
            // The keys of a regular object are ASCII.
            let name = String(decoding: tape.bytes[tape.tokens[key].bytes], as: UTF8.self)
            return tape.member(name, ofRegular: object) == key + 1 ? Key(stringValue: name) : nil
        }
    }

    /// The value of a key; the first, if it is there more than once.
    private func find(_ key: some CodingKey) -> Int? {
        if let index { index.values[key.stringValue] } else { tape.member(key.stringValue, ofRegular: object) }
    }

    private func get(_ key: some CodingKey) throws -> Int {
        if let value = find(key) { return value }
        throw DecodingError.keyNotFound(key, tape.context("no member \(key.stringValue)", at: object))
    }

    private func getIfPresent(_ key: Key) -> Int? {
        guard let value = find(key), !tape.isNull(at: value) else { return nil }
        return value
    }

    func contains(_ key: Key) -> Bool { find(key) != nil }
    func decodeNil(forKey key: Key) throws -> Bool { tape.isNull(at: try get(key)) }
    func decode(_: Bool.Type, forKey key: Key) throws -> Bool { try tape.bool(at: get(key)) }
    func decode(_: String.Type, forKey key: Key) throws -> String { try tape.string(at: get(key)) }
    func decode(_: Double.Type, forKey key: Key) throws -> Double { try tape.foundation(Double.self, at: get(key)) }
    func decode(_: Float.Type, forKey key: Key) throws -> Float { try tape.foundation(Float.self, at: get(key)) }
    func decode(_: Int.Type, forKey key: Key) throws -> Int { try tape.integer(Int.self, at: get(key)) }
    func decode(_: Int8.Type, forKey key: Key) throws -> Int8 { try tape.integer(Int8.self, at: get(key)) }
    func decode(_: Int16.Type, forKey key: Key) throws -> Int16 { try tape.integer(Int16.self, at: get(key)) }
    func decode(_: Int32.Type, forKey key: Key) throws -> Int32 { try tape.integer(Int32.self, at: get(key)) }
    func decode(_: Int64.Type, forKey key: Key) throws -> Int64 { try tape.integer(Int64.self, at: get(key)) }
    func decode(_: UInt.Type, forKey key: Key) throws -> UInt { try tape.integer(UInt.self, at: get(key)) }
    func decode(_: UInt8.Type, forKey key: Key) throws -> UInt8 { try tape.integer(UInt8.self, at: get(key)) }
    func decode(_: UInt16.Type, forKey key: Key) throws -> UInt16 { try tape.integer(UInt16.self, at: get(key)) }
    func decode(_: UInt32.Type, forKey key: Key) throws -> UInt32 { try tape.integer(UInt32.self, at: get(key)) }
    func decode(_: UInt64.Type, forKey key: Key) throws -> UInt64 { try tape.integer(UInt64.self, at: get(key)) }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try tape.value(type, at: get(key))
    }

    // The rest of this family is composed by the standard library, with three look-ups in place of one.

    func decodeIfPresent(_: Bool.Type, forKey key: Key) throws -> Bool? {
        if let value = getIfPresent(key) { try tape.bool(at: value) } else { nil }
    }

    func decodeIfPresent(_: String.Type, forKey key: Key) throws -> String? {
        if let value = getIfPresent(key) { try tape.string(at: value) } else { nil }
    }

    func decodeIfPresent(_: Int.Type, forKey key: Key) throws -> Int? {
        if let value = getIfPresent(key) { try tape.integer(Int.self, at: value) } else { nil }
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        if let value = getIfPresent(key) { try tape.value(type, at: value) } else { nil }
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        KeyedDecodingContainer(try JSONTapeObject<Nested>(tape, get(key)))
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try JSONTapeList(tape, get(key))
    }

    func superDecoder() throws -> any Decoder {
        JSONTapeDecoder(tape: tape, index: try get(JSONKey("super")))
    }

    func superDecoder(forKey key: Key) throws -> any Decoder {
        JSONTapeDecoder(tape: tape, index: try get(key))
    }
}

/// The members of an irregular object by key: all keys are read, and equal ones are one, as strings are equal.
final class JSONMemberIndex: Sendable {
    /// In the order of the text.
    let names: [String]
    let values: [String: Int]

    init(_ tape: JSONTape, _ object: Int) throws {
        var names: [String] = []
        var values: [String: Int] = [:]
        values.reserveCapacity(tape.tokens[object].count)
        for key in tape.keys(of: object) {
            let name = try tape.text(at: key)
            guard values[name] == nil else { continue }
            values[name] = key + 1
            names.append(name)
        }
        self.names = names
        self.values = values
    }
}
