/// What one value asked for while it was read.
final class ProbeRecord {
    /// The fields of an object by name.
    var fields: [String: JSONValue] = [:]
    /// Fields it can do without.
    var optional: Set<String> = []
    /// What it is, where it is no object.
    var whole: JSONValue?
    /// How many fields it chooses from, where it looks which one is there.
    var choices = 1
    /// Which of them is there.
    let choice: Int

    init(choice: Int = 0) {
        self.choice = choice
    }

    var schema: JSONValue {
        if let whole { return whole }
        let required = fields.keys.filter { !optional.contains($0) }.sorted()
        var members: [String: JSONValue] = ["type": "object", "additionalProperties": false]
        members["properties"] = .object(
            fields.reduce(into: [:]) { properties, field in
                properties[field.key] =
                    optional.contains(field.key) ? TypeProbe.nullable(field.value) : field.value
            })
        if !required.isEmpty { members["required"] = .array(required.map(JSONValue.string)) }
        return .object(members)
    }
}

/// Gives a type samples of all it asks for.
struct ProbeDecoder: Decoder {
    let record: ProbeRecord
    let depth: Int
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(ProbeObject<Key>(record: record, depth: depth))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw TypeProbe.Gap([Any].self, "a list read by hand cannot be learnt")
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }
}

extension ProbeDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let (value, schema) = try TypeProbe.read(type, depth: depth)
        record.whole = schema
        return value
    }
}

/// Has every field it is asked for.
struct ProbeObject<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let record: ProbeRecord
    let depth: Int
    var codingPath: [any CodingKey] { [] }

    /// One of the keys that there can be.
    var allKeys: [Key] {
        guard let type = Key.self as? any CaseIterable.Type else { return [] }
        let keys = Self.all(of: type)
        record.choices = keys.count
        return keys.indices.contains(record.choice) ? [keys[record.choice]] : []
    }

    private static func all<Keys: CaseIterable>(of type: Keys.Type) -> [Key] {
        type.allCases.compactMap { $0 as? Key }
    }

    func contains(_ key: Key) -> Bool { true }

    /// Only what may be left out is asked for its absence.
    func decodeNil(forKey key: Key) -> Bool {
        record.optional.insert(key.stringValue)
        return false
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        let (value, schema) = try TypeProbe.read(type, depth: depth)
        record.fields[key.stringValue] = schema
        return value
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        throw TypeProbe.Gap(type, "an object read by hand cannot be learnt")
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw TypeProbe.Gap([Any].self, "a list read by hand cannot be learnt")
    }

    func superDecoder() throws -> any Decoder { ProbeDecoder(record: record, depth: depth) }
    func superDecoder(forKey key: Key) throws -> any Decoder { ProbeDecoder(record: record, depth: depth) }
}
