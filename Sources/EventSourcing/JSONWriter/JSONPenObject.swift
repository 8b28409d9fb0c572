/// The members of one object while it is written.
struct JSONPenObject<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let value: JSONPenValue

    private var pen: JSONPen { value.pen }
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) { value.member(key.stringValue) { pen.null() } }
    func encode(_ part: Bool, forKey key: Key) { value.member(key.stringValue) { pen.flag(part) } }
    func encode(_ part: String, forKey key: Key) { value.member(key.stringValue) { pen.text(part) } }
    func encode(_ part: Double, forKey key: Key) throws { try value.member(key.stringValue) { try pen.fraction(part) } }
    func encode(_ part: Float, forKey key: Key) throws { try value.member(key.stringValue) { try pen.fraction(part) } }
    func encode(_ part: Int, forKey key: Key) { value.member(key.stringValue) { pen.whole(part) } }
    func encode(_ part: Int8, forKey key: Key) { value.member(key.stringValue) { pen.whole(part) } }
    func encode(_ part: Int16, forKey key: Key) { value.member(key.stringValue) { pen.whole(part) } }
    func encode(_ part: Int32, forKey key: Key) { value.member(key.stringValue) { pen.whole(part) } }
    func encode(_ part: Int64, forKey key: Key) { value.member(key.stringValue) { pen.whole(part) } }
    func encode(_ part: UInt, forKey key: Key) { value.member(key.stringValue) { pen.whole(part) } }
    func encode(_ part: UInt8, forKey key: Key) { value.member(key.stringValue) { pen.whole(part) } }
    func encode(_ part: UInt16, forKey key: Key) { value.member(key.stringValue) { pen.whole(part) } }
    func encode(_ part: UInt32, forKey key: Key) { value.member(key.stringValue) { pen.whole(part) } }
    func encode(_ part: UInt64, forKey key: Key) { value.member(key.stringValue) { pen.whole(part) } }

    func encode(_ part: some Encodable, forKey key: Key) throws {
        try value.member(key.stringValue) { try pen.write(part) }
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        child(key.stringValue).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        child(key.stringValue).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { child("super") }

    func superEncoder(forKey key: Key) -> any Encoder { child(key.stringValue) }

    private func child(_ key: String) -> JSONPenValue {
        var child = value
        value.member(key) { child = value.child() }
        return child
    }
}
