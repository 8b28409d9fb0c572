package import EventSourcing

extension DeadlineRow.Ending: DescribedInJSON {
    package static var jsonSchema: JSONValue {
        // What cannot be learnt is left open here; the test of the description finds it.
        let reference = (try? TypeProbe.schema(of: EventReference.self)) ?? [:]
        return [
            "oneOf": [
                .oneMember("stopped", .oneMember("_0", reference)),
                .oneMember("cancelled", .oneMember("_0", reference)),
            ]
        ]
    }

    package static var jsonSample: JSONValue {
        let time = JSONValue.string(Instant.textShape.example)
        return ["stopped": ["_0": ["type": "x", "position": 1, "occurredAt": time, "recordedAt": time]]]
    }
}

extension CaseRow.Keeper: DescribedInJSON {
    package static var jsonSchema: JSONValue {
        let account = (try? TypeProbe.schema(of: AccountID.self)) ?? [:]
        let post = (try? TypeProbe.schema(of: PostCode.self)) ?? [:]
        return [
            "oneOf": [.oneMember("account", .oneMember("_0", account)), .oneMember("post", .oneMember("_0", post))]
        ]
    }

    package static var jsonSample: JSONValue { ["post": ["_0": .string(PostCode.textShape.example)]] }
}
