package import EventSourcing
import Foundation

/// As much of JSON Schema as our schemas use; a word it does not know is a violation.
package enum SchemaCheck {
    /// Everything in which a value does not fit a schema, with its path; empty when it fits.
    package static func violations(of value: JSONValue, under schema: JSONValue, at path: String) -> [String] {
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
