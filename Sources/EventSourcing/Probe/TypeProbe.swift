/// Learns which JSON a type reads by letting it read: what it asks for is recorded, and each answer is a valid sample.
///
/// A schema made so cannot differ from the type. What a type checks by hand, it tells as ``DescribedInJSON``.
package enum TypeProbe {
    /// A type that cannot be learnt from what it asks.
    package struct Gap: Error, Hashable, Sendable, CustomStringConvertible {
        /// The type, and what it said to the sample.
        package let description: String

        init(_ type: Any.Type, _ reason: String) {
            description = "\(type): \(reason)"
        }
    }

    /// The JSON Schema (2020-12) of what `type` reads.
    ///
    /// - Throws: ``Gap`` for a type that reads by hand and does not describe itself.
    /// - Complexity: O(*n*) in the fields of the type and of all types in it.
    package static func schema<Value: Decodable>(of type: Value.Type) throws(Gap) -> JSONValue {
        do {
            return try read(type, depth: 0).schema
        } catch let gap as Gap {
            throw gap
        } catch {
            throw Gap(type, "\(error)")
        }
    }

    /// A sample of the type, and the schema it showed while it was read.
    static func read<Value: Decodable>(_ type: Value.Type, depth: Int) throws -> (value: Value, schema: JSONValue) {
        guard depth < 32 else { throw Gap(type, "contains itself") }
        if let described = type as? any DescribedInJSON.Type {
            let sample = try EventJSON.encode(described.jsonSample)
            return (try EventJSON.decode(type, from: sample), described.jsonSchema)
        }
        if let known = type as? any Probed.Type {
            let (value, schema) = try known.erasedProbe(depth: depth)
            guard let value = value as? Value else { throw Gap(type, "is not what it says") }
            return (value, schema)
        }
        if let text = type as? any TextCodable.Type {
            let (value, schema) = try sample(ofText: text)
            guard let value = value as? Value else { throw Gap(type, "is not what it says") }
            return (value, schema)
        }
        if let words = type as? any (CaseIterable & RawRepresentable).Type,
            let (first, schema) = sample(ofWords: words),
            let value = first as? Value
        {
            return (value, schema)
        }
        let record = ProbeRecord()
        let value = try sample(type, telling: record, depth: depth + 1)
        guard record.choices > 1 else { return (value, record.schema) }
        // It looks which one of several fields is there: each in turn is.
        let choices = try (0..<record.choices).map { choice in
            let record = ProbeRecord(choice: choice)
            _ = try sample(type, telling: record, depth: depth + 1)
            return record.schema
        }
        return (value, ["oneOf": .array(choices)])
    }

    private static func sample<Value: Decodable>(
        _ type: Value.Type, telling record: ProbeRecord, depth: Int
    ) throws -> Value {
        do {
            return try Value(from: ProbeDecoder(record: record, depth: depth))
        } catch let error as DecodingError {
            throw Gap(type, "\(error)")
        }
    }

    private static func sample<Text: TextCodable>(ofText type: Text.Type) throws -> (Any, JSONValue) {
        let shape = type.textShape
        guard let value = Text(shape.example) else { throw Gap(type, "has no example; give it a textShape") }
        var members: [String: JSONValue] = ["type": "string", "description": .string(type.textForm)]
        if let format = shape.format { members["format"] = .string(format) }
        if let pattern = shape.pattern { members["pattern"] = .string(pattern) }
        return (value, .object(members))
    }

    private static func sample<Word: CaseIterable & RawRepresentable>(ofWords type: Word.Type) -> (Any, JSONValue)? {
        let words = type.allCases.compactMap { $0.rawValue as? String }
        guard let first = type.allCases.first, words.count == type.allCases.count else { return nil }
        return (first, ["type": "string", "enum": .array(words.map(JSONValue.string))])
    }

    /// The schema with null besides, as what may be left out may be null as well.
    static func nullable(_ schema: JSONValue) -> JSONValue {
        guard case .object(var members) = schema else { return schema }
        if case .array(let choices)? = members["oneOf"] {
            members["oneOf"] = .array(choices + [["type": "null"]])
        } else if let type = members["type"], type.text != nil {
            members["type"] = .array([type, "null"])
            if case .array(let words)? = members["enum"] { members["enum"] = .array(words + [.null]) }
        } else {
            return ["oneOf": [schema, ["type": "null"]]]
        }
        return .object(members)
    }
}
