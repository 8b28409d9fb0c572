/// A type that reads its JSON by hand, so that only it can say which JSON it takes.
package protocol DescribedInJSON: Decodable {
    /// The JSON Schema (2020-12) of what it reads.
    static var jsonSchema: JSONValue { get }
    /// A value that it reads.
    static var jsonSample: JSONValue { get }
}

extension JSONValue: DescribedInJSON {
    /// Any JSON without fractions; the document that refers to it holds the definition.
    package static var jsonSchema: JSONValue { ["$ref": "#/components/schemas/Value"] }
    package static var jsonSample: JSONValue { .null }
}

extension JSONValue {
    /// The schema of an object with exactly this member.
    package static func oneMember(_ name: String, _ schema: JSONValue) -> JSONValue {
        [
            "type": "object", "additionalProperties": false, "required": [.string(name)],
            "properties": .object([name: schema]),
        ]
    }

    /// The schema of a whole number in a range.
    package static func wholeNumber(in range: ClosedRange<Int>) -> JSONValue {
        [
            "type": "integer", "minimum": .integer(Int64(range.lowerBound)),
            "maximum": .integer(Int64(range.upperBound)),
        ]
    }
}
