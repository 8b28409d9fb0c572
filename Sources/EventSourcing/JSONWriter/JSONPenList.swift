/// The elements of one list while it is written.
struct JSONPenList: UnkeyedEncodingContainer {
    let value: JSONPenValue

    private var pen: JSONPen { value.pen }
    var codingPath: [any CodingKey] { [] }
    var count: Int { value.count }

    func encodeNil() { value.element { pen.null() } }
    func encode(_ part: Bool) { value.element { pen.flag(part) } }
    func encode(_ part: String) { value.element { pen.text(part) } }
    func encode(_ part: Double) throws { try value.element { try pen.fraction(part) } }
    func encode(_ part: Float) throws { try value.element { try pen.fraction(part) } }
    func encode(_ part: Int) { value.element { pen.whole(part) } }
    func encode(_ part: Int8) { value.element { pen.whole(part) } }
    func encode(_ part: Int16) { value.element { pen.whole(part) } }
    func encode(_ part: Int32) { value.element { pen.whole(part) } }
    func encode(_ part: Int64) { value.element { pen.whole(part) } }
    func encode(_ part: UInt) { value.element { pen.whole(part) } }
    func encode(_ part: UInt8) { value.element { pen.whole(part) } }
    func encode(_ part: UInt16) { value.element { pen.whole(part) } }
    func encode(_ part: UInt32) { value.element { pen.whole(part) } }
    func encode(_ part: UInt64) { value.element { pen.whole(part) } }
    func encode(_ part: some Encodable) throws { try value.element { try pen.write(part) } }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        child().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { child().unkeyedContainer() }

    func superEncoder() -> any Encoder { child() }

    private func child() -> JSONPenValue {
        var child = value
        value.element { child = value.child() }
        return child
    }
}

/// A value that is neither object nor list.
struct JSONPenSingle: SingleValueEncodingContainer {
    let pen: JSONPen

    var codingPath: [any CodingKey] { [] }

    func encodeNil() { pen.null() }
    func encode(_ value: Bool) { pen.flag(value) }
    func encode(_ value: String) { pen.text(value) }
    func encode(_ value: Double) throws { try pen.fraction(value) }
    func encode(_ value: Float) throws { try pen.fraction(value) }
    func encode(_ value: Int) { pen.whole(value) }
    func encode(_ value: Int8) { pen.whole(value) }
    func encode(_ value: Int16) { pen.whole(value) }
    func encode(_ value: Int32) { pen.whole(value) }
    func encode(_ value: Int64) { pen.whole(value) }
    func encode(_ value: UInt) { pen.whole(value) }
    func encode(_ value: UInt8) { pen.whole(value) }
    func encode(_ value: UInt16) { pen.whole(value) }
    func encode(_ value: UInt32) { pen.whole(value) }
    func encode(_ value: UInt64) { pen.whole(value) }
    func encode(_ value: some Encodable) throws { try pen.write(value) }
}
