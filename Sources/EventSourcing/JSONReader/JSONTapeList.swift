/// The elements of one list, one after another.
struct JSONTapeList: UnkeyedDecodingContainer {
    private let tape: JSONTape
    private let list: UInt32
    private var element: UInt32
    private(set) var currentIndex = 0

    init(_ tape: JSONTape, _ list: Int) throws {
        guard tape.tokens[list].kind == .list else { throw tape.mismatch([Any].self, at: list) }
        self.tape = tape
        self.list = UInt32(truncatingIfNeeded: list)
        element = UInt32(truncatingIfNeeded: list + 1)
    }

    var codingPath: [any CodingKey] { tape.path(to: Int(list)) }
    var count: Int? { tape.tokens[Int(list)].count }
    var isAtEnd: Bool { currentIndex >= tape.tokens[Int(list)].count }

    /// Reads the next element; one that cannot be read stays the next.
    private mutating func next<Value>(_ type: Any.Type, _ read: (JSONTape, Int) throws -> Value) throws -> Value {
        let index = try peek(type)
        let value = try read(tape, index)
        currentIndex += 1
        element = UInt32(truncatingIfNeeded: tape.end(of: index))
        return value
    }

    private func peek(_ type: Any.Type) throws -> Int {
        if !isAtEnd { return Int(element) }
        throw DecodingError.valueNotFound(
            type,
            DecodingError.Context(
                codingPath: codingPath + [JSONKey(index: currentIndex)], debugDescription: "the list has ended"))
    }

    mutating func decodeNil() throws -> Bool {
        guard tape.isNull(at: try peek(Never.self)) else { return false }
        return try next(Never.self) { _, _ in true }
    }

    mutating func decode(_: Bool.Type) throws -> Bool { try next(Bool.self) { try $0.bool(at: $1) } }
    mutating func decode(_: String.Type) throws -> String { try next(String.self) { try $0.string(at: $1) } }
    mutating func decode(_: Double.Type) throws -> Double { try fraction() }
    mutating func decode(_: Float.Type) throws -> Float { try fraction() }
    mutating func decode(_: Int.Type) throws -> Int { try integer() }
    mutating func decode(_: Int8.Type) throws -> Int8 { try integer() }
    mutating func decode(_: Int16.Type) throws -> Int16 { try integer() }
    mutating func decode(_: Int32.Type) throws -> Int32 { try integer() }
    mutating func decode(_: Int64.Type) throws -> Int64 { try integer() }
    mutating func decode(_: UInt.Type) throws -> UInt { try integer() }
    mutating func decode(_: UInt8.Type) throws -> UInt8 { try integer() }
    mutating func decode(_: UInt16.Type) throws -> UInt16 { try integer() }
    mutating func decode(_: UInt32.Type) throws -> UInt32 { try integer() }
    mutating func decode(_: UInt64.Type) throws -> UInt64 { try integer() }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try next(type) { try $0.value(type, at: $1) }
    }

    private mutating func integer<Value: FixedWidthInteger & Decodable>() throws -> Value {
        try next(Value.self) { try $0.integer(Value.self, at: $1) }
    }

    private mutating func fraction<Value: BinaryFloatingPoint & Decodable>() throws -> Value {
        try next(Value.self) { try $0.foundation(Value.self, at: $1) }
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try next(KeyedDecodingContainer<Nested>.self) {
            KeyedDecodingContainer(try JSONTapeObject<Nested>($0, $1))
        }
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try next((any UnkeyedDecodingContainer).self) { try JSONTapeList($0, $1) }
    }

    mutating func superDecoder() throws -> any Decoder {
        try next((any Decoder).self) { JSONTapeDecoder(tape: $0, index: $1) }
    }
}
