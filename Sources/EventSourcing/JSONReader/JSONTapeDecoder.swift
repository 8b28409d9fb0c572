/// Decodes one value of a tape.
///
/// Like Foundation's `JSONDecoder` with its settings as they come; tests hold the two against each other, and name the
/// few differences.
struct JSONTapeDecoder: Decoder {
    let tape: JSONTape
    let index: Int

    var codingPath: [any CodingKey] { tape.path(to: index) }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(try JSONTapeObject<Key>(tape, index))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try JSONTapeList(tape, index)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }
}

extension JSONTapeDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { tape.isNull(at: index) }
    func decode(_: Bool.Type) throws -> Bool { try tape.bool(at: index) }
    func decode(_: String.Type) throws -> String { try tape.string(at: index) }
    func decode(_: Double.Type) throws -> Double { try tape.foundation(Double.self, at: index) }
    func decode(_: Float.Type) throws -> Float { try tape.foundation(Float.self, at: index) }
    func decode(_: Int.Type) throws -> Int { try tape.integer(Int.self, at: index) }
    func decode(_: Int8.Type) throws -> Int8 { try tape.integer(Int8.self, at: index) }
    func decode(_: Int16.Type) throws -> Int16 { try tape.integer(Int16.self, at: index) }
    func decode(_: Int32.Type) throws -> Int32 { try tape.integer(Int32.self, at: index) }
    func decode(_: Int64.Type) throws -> Int64 { try tape.integer(Int64.self, at: index) }
    func decode(_: UInt.Type) throws -> UInt { try tape.integer(UInt.self, at: index) }
    func decode(_: UInt8.Type) throws -> UInt8 { try tape.integer(UInt8.self, at: index) }
    func decode(_: UInt16.Type) throws -> UInt16 { try tape.integer(UInt16.self, at: index) }
    func decode(_: UInt32.Type) throws -> UInt32 { try tape.integer(UInt32.self, at: index) }
    func decode(_: UInt64.Type) throws -> UInt64 { try tape.integer(UInt64.self, at: index) }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try tape.value(type, at: index) }
}
