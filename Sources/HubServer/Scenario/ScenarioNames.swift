import EventSourcing

/// What a scenario has brought into being, by the names its file gives.
struct ScenarioNames: Sendable {
    private var known: [String: UniqueID] = [:]

    /// Remembers a name; one given twice means the newer thing.
    mutating func name(_ name: String, _ id: UniqueID) {
        known[name] = id
    }

    /// The identifier of a name.
    func id(_ name: String, at place: String) throws(CommandFailure) -> UniqueID {
        guard let id = known[name] else {
            throw CommandFailure(
                .badInput, code: "scenario.name", field: place, chinese: "还没有叫 \(name) 的东西",
                english: "nothing is called \(name) yet",
                remedy: "在先前的步骤用 creates 命名 / name it with creates in an earlier step")
        }
        return id
    }

    /// The names of these identifiers in their order; an identifier without a name stands for itself.
    func names(of ids: Set<String>) -> [String] {
        var names: [String: String] = [:]
        for (name, id) in known { names["\(id)"] = min(name, names["\(id)"] ?? name) }
        return ids.map { names[$0] ?? $0 }.sorted()
    }

    /// Puts identifiers in the place of `${name}`.
    func filled(_ text: String, at place: String) throws(CommandFailure) -> String {
        var result = ""
        var rest = Substring(text)
        while let start = rest.firstRange(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}") {
            result += rest[..<start.lowerBound]
            result += try id(String(rest[start.upperBound..<end]), at: place).description
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    /// The same in every text of a value.
    func filled(_ value: JSONValue, at place: String) throws(CommandFailure) -> JSONValue {
        switch value {
        case .string(let text): return .string(try filled(text, at: place))
        case .array(let elements):
            var result: [JSONValue] = []
            for element in elements { result.append(try filled(element, at: place)) }
            return .array(result)
        case .object(let members):
            var result: [String: JSONValue] = [:]
            for (key, member) in members { result[key] = try filled(member, at: place) }
            return .object(result)
        case .null, .bool, .integer: return value
        }
    }
}
