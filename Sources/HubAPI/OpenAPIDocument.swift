import Casework
import EventSourcing
import HTTPTypes
import RuleBook

/// The description of the API, made from the same tables that serve it, so the two cannot differ.
enum OpenAPIDocument {
    static func make(access: AccessTable) -> JSONValue {
        var paths: [String: JSONValue] = [:]
        for operation in Operation.allCases {
            var methods: [String: JSONValue] = [:]
            if case .object(let known) = paths[operation.route.path] { methods = known }
            methods[operation.route.method.rawValue.lowercased()] = describe(operation, access: access)
            paths[operation.route.path] = .object(methods)
        }
        return .object([
            "openapi": .string("3.1.0"),
            "info": .object([
                "title": .string("OneDoor 一口通"), "version": .string("1"),
                "description": .string(
                    "Every command needs Idempotency-Key; every answer has OneDoor-Position; every error is problem+json."
                ),
            ]),
            "paths": .object(paths),
            "components": .object([
                "securitySchemes": .object([
                    "token": .object(["type": .string("http"), "scheme": .string("bearer")])
                ]),
                "schemas": .object(["Problem": problemSchema, "Command": commandSchema]),
            ]),
        ])
    }

    private static func describe(_ operation: Operation, access: AccessTable) -> JSONValue {
        var described: [String: JSONValue] = [
            "operationId": .string(operation.rawValue), "summary": .string(operation.summary),
            "parameters": .array(parameters(of: operation)),
            "responses": .object([
                "200": .object(["description": .string("完成 / Done")]),
                "default": .object([
                    "description": .string("未能完成 / Not done"),
                    "content": .object([
                        "application/problem+json": .object([
                            "schema": .object(["$ref": .string("#/components/schemas/Problem")])
                        ])
                    ]),
                ]),
            ]),
        ]
        if let roles = access.rule(for: operation.route)?.roles {
            described["security"] = .array([.object(["token": .array([])])])
            described["x-roles"] = .array(roles.map(\.rawValue).sorted().map(JSONValue.string))
        }
        switch operation {
        case .performCommand, .performCommandOnSubject:
            described["requestBody"] = .object([
                "required": .bool(true),
                "content": .object([
                    "application/json": .object([
                        "schema": .object(["$ref": .string("#/components/schemas/Command")])
                    ])
                ]),
            ])
        case .find:
            described["requestBody"] = jsonBody([
                "idNumber": text, "name": text, "phone": text, "number": text,
            ])
        case .reveal, .revealPerson:
            let references: JSONValue = .object(["type": .string("array"), "items": text])
            described["requestBody"] = jsonBody(
                ["people": references, "groups": references, "purpose": text], required: ["groups", "purpose"])
        case .storeAttachment:
            described["requestBody"] = .object([
                "required": .bool(true),
                "content": .object([
                    "application/octet-stream": .object([
                        "schema": .object(["type": .string("string"), "format": .string("binary")])
                    ])
                ]),
            ])
        case .openAttachment, .listAttachments, .readPostWorklist, .listEmergencyAccesses:
            break
        case .listCommands, .board, .boardCounts, .listCases, .readCase, .readTimeline, .replayCase, .listMeetings,
            .readMeeting, .readMeetingExtract, .listDepartments,
            .readWorklist, .listRules, .readLogHead, .isAlive, .isReady, .describeAPI:
            break
        }
        return .object(described)
    }

    private static func parameters(of operation: Operation) -> [JSONValue] {
        let inPath = operation.route.path.split(separator: "/").filter { $0.hasPrefix("{") }.map { part in
            let name = String(part.dropFirst().dropLast())
            var schema: [String: JSONValue] = ["type": .string("string")]
            if name == "type" { schema["enum"] = .array(CommandBook.names.map(JSONValue.string)) }
            return parameter(name, in: "path", required: true, schema: schema, description: nil)
        }
        let inQuery = operation.queryParameters.map { name, form in
            parameter(name, in: "query", required: false, schema: ["type": .string("string")], description: form)
        }
        var inHeader: [JSONValue] = []
        if operation.route.method == .post {
            let schema: [String: JSONValue] = ["type": .string("string"), "format": .string("uuid")]
            inHeader.append(
                parameter("Idempotency-Key", in: "header", required: true, schema: schema, description: nil))
        }
        if operation.readsViews {
            inHeader.append(
                parameter(
                    "OneDoor-Min-Position", in: "header", required: false, schema: ["type": .string("integer")],
                    description: "wait up to 2 s until the views are there"))
        }
        return inPath + inQuery + inHeader
    }

    private static func parameter(
        _ name: String, in place: String, required: Bool, schema: [String: JSONValue], description: String?
    ) -> JSONValue {
        var members: [String: JSONValue] = [
            "name": .string(name), "in": .string(place), "required": .bool(required), "schema": .object(schema),
        ]
        if let description { members["description"] = .string(description) }
        return .object(members)
    }

    private static let text: JSONValue = .object(["type": .string("string")])

    private static func jsonBody(_ properties: [String: JSONValue], required: [String] = []) -> JSONValue {
        var schema: [String: JSONValue] = [
            "type": .string("object"), "properties": .object(properties), "additionalProperties": .bool(false),
        ]
        if !required.isEmpty { schema["required"] = .array(required.map(JSONValue.string)) }
        return .object([
            "required": .bool(true),
            "content": .object(["application/json": .object(["schema": .object(schema)])]),
        ])
    }

    private static var problemSchema: JSONValue {
        let texts = [
            "type", "title", "titleEnglish", "detail", "detailEnglish", "code", "field", "remedy", "instance",
            "requestId",
        ]
        var properties: [String: JSONValue] = ["status": .object(["type": .string("integer")])]
        for name in texts { properties[name] = .object(["type": .string("string")]) }
        return .object(["type": .string("object"), "properties": .object(properties)])
    }

    private static var commandSchema: JSONValue {
        .object([
            "type": .string("object"), "required": .array([.string("open")]), "additionalProperties": .bool(false),
            "properties": .object([
                "occurredAt": .object(["type": .string("string"), "format": .string("date-time")]),
                "actingPost": text, "externalReference": text, "open": .object(["type": .string("object")]),
                "sealed": .object([
                    "type": .string("array"),
                    "items": .object([
                        "type": .string("object"),
                        "properties": .object(["group": text, "person": text, "value": .object([:])]),
                    ]),
                ]),
            ]),
        ])
    }
}
