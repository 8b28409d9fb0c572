/// A type of the standard library, whose JSON is known.
protocol Probed: Decodable {
    static func probe(depth: Int) throws -> (value: Self, schema: JSONValue)
}

extension Probed {
    static func erasedProbe(depth: Int) throws -> (value: Any, schema: JSONValue) {
        try probe(depth: depth)
    }
}

extension Probed where Self: FixedWidthInteger {
    static func probe(depth: Int) -> (value: Self, schema: JSONValue) {
        // JSONValue holds no more than 64 bits with a sign; a larger bound is as good as none.
        (
            1,
            [
                "type": "integer", "minimum": .integer(Int64(clamping: Self.min)),
                "maximum": .integer(Int64(clamping: Self.max)),
            ]
        )
    }
}

extension Int: Probed {}
extension Int8: Probed {}
extension Int16: Probed {}
extension Int32: Probed {}
extension Int64: Probed {}
extension UInt: Probed {}
extension UInt8: Probed {}
extension UInt16: Probed {}
extension UInt32: Probed {}
extension UInt64: Probed {}

extension Bool: Probed {
    static func probe(depth: Int) -> (value: Self, schema: JSONValue) { (true, ["type": "boolean"]) }
}

extension String: Probed {
    static func probe(depth: Int) -> (value: Self, schema: JSONValue) { ("x", ["type": "string"]) }
}

extension Optional: Probed where Wrapped: Decodable {
    static func probe(depth: Int) throws -> (value: Self, schema: JSONValue) {
        let (value, schema) = try TypeProbe.read(Wrapped.self, depth: depth + 1)
        return (value, TypeProbe.nullable(schema))
    }
}

extension Array: Probed where Element: Decodable {
    static func probe(depth: Int) throws -> (value: Self, schema: JSONValue) {
        let (value, schema) = try TypeProbe.read(Element.self, depth: depth + 1)
        return ([value], ["type": "array", "items": schema])
    }
}

extension Set: Probed where Element: Decodable {
    static func probe(depth: Int) throws -> (value: Self, schema: JSONValue) {
        let (value, schema) = try TypeProbe.read(Element.self, depth: depth + 1)
        return ([value], ["type": "array", "items": schema])
    }
}

extension Dictionary: Probed where Key == String, Value: Decodable {
    static func probe(depth: Int) throws -> (value: Self, schema: JSONValue) {
        let (value, schema) = try TypeProbe.read(Value.self, depth: depth + 1)
        return (["x": value], ["type": "object", "additionalProperties": schema])
    }
}
