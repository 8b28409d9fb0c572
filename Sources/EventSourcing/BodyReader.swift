package import FoundationEssentials

/// What is wrong with a body somebody sent: which field, and what to do about it.
package struct BodyError: Error, Hashable, Sendable {
    /// What sort of fault it is.
    package enum Code: String, Sendable {
        case malformedJSON, missingField, wrongType, unknownField, invalidValue
    }

    package let code: Code
    /// Path of the field, `items[0].policyItem`; empty for the body as a whole.
    package let field: String
    /// A sentence that says how to mend it; never repeats the value, which may be personal.
    package let remedy: String

    package init(_ code: Code, field: String, remedy: String) {
        self.code = code
        self.field = field
        self.remedy = remedy
    }
}

/// Reads a body strictly: every field known, every value of its type.
package enum BodyReader {
    /// Decodes `type` and refuses fields that it does not have.
    ///
    /// - Throws: ``BodyError`` naming the first offending field.
    /// - Complexity: O(*n*) in the bytes; the value is encoded once more to learn which fields it knows.
    package static func read<Value: Codable>(_ type: Value.Type, from data: Data) throws(BodyError) -> Value {
        let sent: JSONValue
        do {
            // Ours goes first, and Foundation sees only what it took: JSONDecoder of Swift 6.3 ends the whole process on
            // 513 brackets and nothing after them.
            sent = try EventJSON.decode(JSONValue.self, from: data)
        } catch {
            throw Self.explain(error)
        }
        let value: Value
        let known: JSONValue
        do {
            value = try JSONDecoder().decode(type, from: data)
            known = try JSONDecoder().decode(JSONValue.self, from: EventJSON.encode(value))
        } catch {
            throw Self.explain(error)
        }
        // A null is lost on the way, whether its field is known or not; only the type can tell then.
        let schema = sent.holdsNull ? try? TypeProbe.schema(of: type) : nil
        if let stranger = unknownField(in: sent, knownTo: known, schema: schema, at: "") {
            throw BodyError(.unknownField, field: stranger, remedy: "remove this field; it is not part of the command")
        }
        return value
    }

    /// The first field of `sent` that did not survive decoding; where a field is known, null counts as absent.
    private static func unknownField(
        in sent: JSONValue, knownTo known: JSONValue, schema: JSONValue?, at path: String
    ) -> String? {
        switch (sent, known) {
        case (.object(let sentMembers), .object(let knownMembers)):
            for name in sentMembers.keys.sorted() {
                guard let member = sentMembers[name] else { continue }
                let inner = path.isEmpty ? name : "\(path).\(name)"
                let field = schema?["properties"]?[name]
                if member == .null {
                    if schema?["additionalProperties"] == .bool(false), field == nil { return inner }
                    continue
                }
                guard let counterpart = knownMembers[name] else { return inner }
                if let stranger = unknownField(in: member, knownTo: counterpart, schema: field, at: inner) {
                    return stranger
                }
            }
            return nil
        case (.array(let sentElements), .array(let knownElements)):
            // Sets may come back in another order or shorter; only lists of equal length can be compared in place.
            guard sentElements.count == knownElements.count else { return nil }
            for (index, pair) in zip(sentElements, knownElements).enumerated() {
                let place = "\(path)[\(index)]"
                if let stranger = unknownField(in: pair.0, knownTo: pair.1, schema: schema?["items"], at: place) {
                    return stranger
                }
            }
            return nil
        default:
            return nil
        }
    }

    private static func explain(_ error: any Error) -> BodyError {
        guard let decoding = error as? DecodingError else {
            return BodyError(.malformedJSON, field: "", remedy: "send valid JSON in UTF-8")
        }
        switch decoding {
        case .keyNotFound(let key, let context):
            return BodyError(
                .missingField, field: path(context.codingPath + [key]), remedy: "add this field; it is required")
        case .valueNotFound(_, let context):
            return BodyError(
                .missingField, field: path(context.codingPath), remedy: "give a value; null is not allowed here")
        case .typeMismatch(let type, let context):
            return BodyError(
                .wrongType, field: path(context.codingPath), remedy: "send \(name(of: type)); another type was sent")
        case .dataCorrupted(let context):
            // The parser itself has no path and none of our words; a value of ours that is wrong has both or one.
            if context.codingPath.isEmpty, !context.debugDescription.hasPrefix("must be ") {
                return BodyError(.malformedJSON, field: "", remedy: "send valid JSON in UTF-8")
            }
            return BodyError(
                .invalidValue, field: path(context.codingPath), remedy: remedy(from: context.debugDescription))
        @unknown default:
            return BodyError(.malformedJSON, field: "", remedy: "send valid JSON in UTF-8")
        }
    }

    /// Our own decoders say "must be …"; anything else could quote the value, so it is replaced.
    private static func remedy(from description: String) -> String {
        description.hasPrefix("must be ") ? description : "use one of the documented values"
    }

    private static func name(of type: Any.Type) -> String {
        if type == String.self { return "a text" }
        if type == Bool.self { return "true or false" }
        if type is any FixedWidthInteger.Type { return "a whole number" }
        if type is any Sequence.Type && !(type is any CustomStringConvertible.Type) { return "a list" }
        return "the documented type"
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        var text = ""
        for key in keys {
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
        return text
    }
}

extension JSONValue {
    /// Whether it or anything in it is null.
    fileprivate var holdsNull: Bool {
        switch self {
        case .null: true
        case .bool, .integer, .string: false
        case .array(let elements): elements.contains(where: \.holdsNull)
        case .object(let members): members.values.contains(where: \.holdsNull)
        }
    }
}
