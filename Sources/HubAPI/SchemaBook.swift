import CaseDesk
import Casework
import EventSourcing

/// The schemas of the description by name, each learnt from its type when it is first needed.
struct SchemaBook {
    /// What stands under `components/schemas`.
    private(set) var definitions: [String: JSONValue] = ["Problem": Self.problem, "Value": Self.value]
    /// Types that could not be learnt.
    private(set) var gaps: [String] = []

    /// A reference to the schema of a type.
    mutating func reference<Value: Decodable>(to type: Value.Type) -> JSONValue {
        let name = "\(type)"
        if definitions[name] == nil {
            do throws(TypeProbe.Gap) {
                definitions[name] = try TypeProbe.schema(of: type)
            } catch {
                gaps.append("\(error)")
                // Anything: a description that says too little is better than none.
                definitions[name] = [:]
            }
        }
        return Self.reference(name)
    }

    /// A reference to the body of one command: the frame all have, with its own fields and its own sealed groups.
    mutating func reference(toBodyOf command: any HubCommand.Type) -> JSONValue {
        let name = "\(command.name)Body"
        guard definitions[name] == nil else { return Self.reference(name) }
        var frame: [String: JSONValue] = ["type": "object", "additionalProperties": false, "required": ["open"]]
        if case .object(let learnt)? = try? TypeProbe.schema(of: CommandBody.self) { frame = learnt }
        if case .object(var properties)? = frame["properties"] {
            properties["open"] = reference(to: command)
            properties["sealed"] = sealed(of: command)
            frame["properties"] = .object(properties)
        }
        definitions[name] = .object(frame)
        return Self.reference(name)
    }

    private func sealed(of command: any HubCommand.Type) -> JSONValue {
        let groups = command.sealedGroups
        guard !groups.isEmpty else { return ["type": ["array", "null"], "maxItems": 0] }
        let learnt = try? TypeProbe.schema(of: SealedValue.self)
        guard case .object(var part)? = learnt, case .object(var properties)? = part["properties"] else {
            return ["type": ["array", "null"]]
        }
        properties["group"] = ["type": "string", "enum": .array(groups.map(\.rawValue).sorted().map(JSONValue.string))]
        // Only a registration may leave open whose it is, as its person is not known yet.
        if command != RegisterPerson.self {
            properties["person"] = .textSchema(of: PersonReference.self)
            part["required"] = ["group", "person", "value"]
        }
        part["properties"] = .object(properties)
        return ["type": ["array", "null"], "items": .object(part)]
    }

    private static func reference(_ name: String) -> JSONValue {
        ["$ref": .string("#/components/schemas/\(name)")]
    }

    /// JSON without fractions, as ``JSONValue`` holds it.
    private static let value: JSONValue = [
        "description": "任意 JSON,无小数 / any JSON without fractions",
        "oneOf": [
            ["type": ["null", "boolean", "string"]],
            ["type": "integer", "minimum": .integer(.min), "maximum": .integer(.max)],
            ["type": "array", "items": ["$ref": "#/components/schemas/Value"]],
            ["type": "object", "additionalProperties": ["$ref": "#/components/schemas/Value"]],
        ],
    ]

    private static let problem: JSONValue = {
        let texts = [
            "type", "title", "titleEnglish", "detail", "detailEnglish", "code", "field", "remedy", "instance",
            "requestId",
        ]
        var properties: [String: JSONValue] = ["status": ["type": "integer", "minimum": 400, "maximum": 599]]
        for name in texts { properties[name] = ["type": "string"] }
        properties["code"] = [
            "type": "string", "description": "schemas/refusals.md",
            "enum": .array(RefusalTable.rows.map { .string($0.code) }),
        ]
        properties["allowed"] = [
            "type": "array", "minItems": 1, "items": ["type": "string"],
            "description": "现在可以发的命令 / the commands you may send instead, where this one came at the wrong time",
        ]
        return [
            "type": "object", "additionalProperties": false, "properties": .object(properties),
            "required": [
                "code", "detail", "detailEnglish", "instance", "requestId", "status", "title", "titleEnglish", "type",
            ],
        ]
    }()
}
