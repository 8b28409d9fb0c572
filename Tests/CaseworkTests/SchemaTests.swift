import Casework
import EventSourcing
import Foundation
import Testing

@Suite struct SchemaTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "schemas/events")

    private static func names(in folder: URL) throws -> Set<String> {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return Set(files.filter { $0.hasSuffix(".v1.json") }.map { String($0.dropLast(".v1.json".count)) })
    }

    private static func json(_ url: URL) throws -> JSONValue {
        try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: url))
    }

    private static let kinds = HubEvent.Kind.allCases

    @Test func `every event type has a schema and a sample, and there are no others`() throws {
        let types = Set(Self.kinds.map(\.rawValue))
        #expect(types.count == Self.kinds.count, "no name stands in two sets")
        #expect(try Self.names(in: Self.folder) == types)
        #expect(try Self.names(in: Self.folder.appending(path: "samples")) == types)
    }

    @Test(arguments: kinds) func `the group of every property is the schema's`(kind: HubEvent.Kind) throws {
        let schema = try Self.json(Self.folder.appending(path: "\(kind.rawValue).v1.json"))
        #expect(schema["title"]?.text == kind.rawValue)
        #expect(schema["additionalProperties"] == .bool(false))
        guard case .object(let properties) = schema["properties"] else {
            Issue.record("a schema has properties")
            return
        }
        let groups = properties.mapValues { $0["x-group"]?.text.flatMap(FieldGroup.init(rawValue:)) }
        #expect(groups == HubEvent.fieldGroups(of: kind).mapValues(Optional.some))
    }

    @Test(arguments: kinds) func `every sample is valid, decodes and is written back byte for byte`(
        kind: HubEvent.Kind
    ) throws {
        let bytes = try Data(contentsOf: Self.folder.appending(path: "samples/\(kind.rawValue).v1.json"))
        let schema = try Self.json(Self.folder.appending(path: "\(kind.rawValue).v1.json"))
        let sample = try JSONDecoder().decode(JSONValue.self, from: bytes)
        #expect(SchemaCheck.violations(of: sample, under: schema, at: kind.rawValue) == [])
        guard case .object(let members) = sample, case .object(let properties) = schema["properties"] else {
            Issue.record("a payload is an object")
            return
        }
        #expect(Set(members.keys) == Set(properties.keys), "a sample shows every property")
        let recorded = RecordedEvent(
            position: Position(1), eventID: (Fixture.id(1) as CaseID).unique, appendFirst: Position(1),
            type: kind.rawValue, schemaVersion: 1, occurredAt: Instant(milliseconds: 0),
            recordedAt: Instant(milliseconds: 0), meta: Data("{}".utf8), data: bytes, tags: [],
            disclosureBytes: Disclosure.none.bytes,
            salt: nil, removed: nil, leaf: Data(), sealed: [])
        let event = try #require(try HubEvent(recorded))
        #expect(event.stored.kind == kind)
        let written = try EventJSON.encode(event.stored.payload)
        #expect(String(decoding: written, as: UTF8.self) == String(decoding: bytes, as: UTF8.self))
    }
}

/// As much of JSON Schema as our schemas use; a word it does not know is a violation.
enum SchemaCheck {
    static func violations(of value: JSONValue, under schema: JSONValue, at path: String) -> [String] {
        guard case .object(let words) = schema else { return ["\(path): not a schema"] }
        var found: [String] = []
        for (word, rule) in words.sorted(by: { $0.key < $1.key }) {
            switch word {
            case "$schema", "$id", "title", "description", "x-group", "format": continue
            case "type": found += isOfType(value, rule) ? [] : ["\(path): wrong type"]
            case "properties": found += members(of: value, rule, path)
            case "required":
                for name in list(rule).compactMap(\.text) where value[name] == nil { found.append("\(path).\(name)") }
            case "additionalProperties": found += strangers(in: value, rule, words["properties"], path)
            case "items":
                for (index, element) in list(value).enumerated() {
                    found += violations(of: element, under: rule, at: "\(path)[\(index)]")
                }
            case "enum": found += list(rule).contains(value) ? [] : ["\(path): not one of the words"]
            case "pattern":
                let matches = value.text.map { $0.range(of: rule.text ?? "", options: .regularExpression) != nil }
                found += matches == true ? [] : ["\(path): pattern"]
            case "minLength", "maxLength", "minimum", "maximum":
                found += isWithin(value, word, rule) ? [] : ["\(path): \(word)"]
            case "oneOf":
                let fitting = list(rule).count { violations(of: value, under: $0, at: path).isEmpty }
                found += fitting == 1 ? [] : ["\(path): fits \(fitting)"]
            default: found.append("\(path): unknown word \(word)")
            }
        }
        return found
    }

    private static func list(_ value: JSONValue) -> [JSONValue] {
        if case .array(let elements) = value { elements } else { [] }
    }

    private static func isOfType(_ value: JSONValue, _ rule: JSONValue) -> Bool {
        let name =
            switch value {
            case .null: "null"
            case .bool: "boolean"
            case .integer: "integer"
            case .string: "string"
            case .array: "array"
            case .object: "object"
            }
        return rule.text == name || list(rule).contains(.string(name))
    }

    private static func members(of value: JSONValue, _ rule: JSONValue, _ path: String) -> [String] {
        guard case .object(let schemas) = rule else { return ["\(path): properties"] }
        return schemas.flatMap { name, schema in
            value[name].map { violations(of: $0, under: schema, at: "\(path).\(name)") } ?? []
        }
    }

    private static func strangers(
        in value: JSONValue, _ rule: JSONValue, _ properties: JSONValue?, _ path: String
    ) -> [String] {
        guard case .object(let members) = value else { return [] }
        let unknown = members.filter { properties?[$0.key] == nil }
        if rule == .bool(false) { return unknown.keys.map { "\(path): unknown \($0)" } }
        return unknown.flatMap { violations(of: $0.value, under: rule, at: "\(path).\($0.key)") }
    }

    private static func isWithin(_ value: JSONValue, _ word: String, _ rule: JSONValue) -> Bool {
        guard case .integer(let bound) = rule else { return false }
        let measure: Int64
        switch value {
        case .integer(let number): measure = number
        case .string(let text): measure = Int64(text.count)
        case .null, .bool, .array, .object: return false
        }
        return word.hasPrefix("min") ? measure >= bound : measure <= bound
    }
}
