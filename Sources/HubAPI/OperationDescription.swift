import CaseDesk
import Casework
import EventSourcing
import HTTPTypes
import RuleBook

/// Describes one operation at one address.
struct OperationDescription {
    let address: OpenAPIDocument.Address
    let rule: AccessTable.Rule?

    private var operation: Operation { address.operation }
    private var command: (any HubCommand.Type)? { address.command.flatMap(CommandBook.type(named:)) }

    func described(_ schemas: inout SchemaBook) -> JSONValue {
        var members: [String: JSONValue] = [
            "operationId": .string(address.name), "summary": .string(address.command ?? operation.summary),
            "tags": [.string(operation.subject.rawValue)], "responses": responses(&schemas), "security": [],
        ]
        let parameters = pathParameters + operation.queryParameters.map(\.described) + headerParameters
        if !parameters.isEmpty { members["parameters"] = .array(parameters) }
        if let roles = command?.roles ?? rule?.roles {
            members["security"] = [["token": []]]
            members["x-roles"] = .array(roles.map(\.rawValue).sorted().map(JSONValue.string))
        }
        if let body = operation.requestBody(&schemas) { members["requestBody"] = body }
        if let command {
            members["description"] = .string(operation.summary)
            members["requestBody"] = [
                "required": true,
                "content": ["application/json": ["schema": schemas.reference(toBodyOf: command)]],
            ]
        }
        return .object(members)
    }

    private func responses(_ schemas: inout SchemaBook) -> JSONValue {
        var responses: [String: JSONValue] = [:]
        for status in operation.failures(needsToken: rule?.roles != nil) {
            responses[String(status)] = ["$ref": .string("#/components/responses/\(ResponseDescription.name(status))")]
        }
        let schema = operation.answerSchema(&schemas)
        for status in operation.successes {
            responses[String(status)] = ResponseDescription.success(status, schema, operation.mediaTypes)
        }
        return .object(responses)
    }

    private var pathParameters: [JSONValue] {
        address.path.split(separator: "/").filter { $0.hasPrefix("{") }.map { part in
            let name = String(part.dropFirst().dropLast())
            return Parameter(
                name: name, place: "path", form: operation.form(ofPathPart: name),
                schema: operation.schema(ofPathPart: name), isRequired: true
            ).described
        }
    }

    private var headerParameters: [JSONValue] {
        var parameters: [Parameter] = []
        if operation.route.method == .post {
            parameters.append(
                Parameter(
                    name: "Idempotency-Key", place: "header", form: "新的 UUID,重发时不变 / a new UUID, kept when repeated",
                    schema: .textSchema(of: UniqueID.self), isRequired: true))
        }
        if operation.readsViews {
            parameters.append(
                Parameter(
                    name: "OneDoor-Min-Position", place: "header",
                    form: "等视图到达此处,至多 2 秒 / wait up to 2 s until the views are there",
                    schema: .wholeNumber(in: 0...Int.max)))
        }
        return parameters.map(\.described)
    }
}

/// One thing a caller may say beside the body.
struct Parameter: Sendable {
    let name: String
    var place = "query"
    /// In words, for the sentence a caller gets when theirs is not of it.
    let form: String
    let schema: JSONValue
    var isRequired = false

    var described: JSONValue {
        var members: [String: JSONValue] = [
            "name": .string(name), "in": .string(place), "required": .bool(isRequired), "schema": schema,
            "description": .string(form),
        ]
        if schema["type"] == "array" {
            members["style"] = "form"
            members["explode"] = false
        }
        return .object(members)
    }
}

extension JSONValue {
    /// The schema of a text with a written form.
    static func textSchema<Text: TextCodable>(of type: Text.Type) -> JSONValue {
        (try? TypeProbe.schema(of: type)) ?? ["type": "string"]
    }

    /// The schema of some words of a closed set.
    static func wordsSchema<Word: CaseIterable & RawRepresentable<String>>(of type: Word.Type) -> JSONValue {
        let words = Word.allCases.map { JSONValue.string($0.rawValue) }
        return ["type": "array", "minItems": 1, "items": ["type": "string", "enum": .array(words)]]
    }
}
