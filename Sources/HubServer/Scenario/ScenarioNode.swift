import EventSourcing

/// One place of a scenario file: what stands there, and where that is, for whoever has to mend it.
struct ScenarioNode {
    private let document: RuleDocument
    let value: JSONValue
    private let path: String

    /// The whole file.
    init(_ document: RuleDocument) {
        self.init(document, document.root, "")
    }

    private init(_ document: RuleDocument, _ value: JSONValue, _ path: String) {
        self.document = document
        self.value = value
        self.path = path
    }

    /// `danyang.yaml:12 [steps[3].do]`.
    var place: String { "\(document.place(path))" }

    /// A member, or nothing.
    func member(_ name: String) -> ScenarioNode? {
        value[name].map { ScenarioNode(document, $0, path.isEmpty ? name : "\(path).\(name)") }
    }

    /// A member that must be there.
    func required(_ name: String) throws(CommandFailure) -> ScenarioNode {
        guard let member = member(name) else {
            throw fault(
                "missing", "缺少 \(name)", "\(name) is missing", remedy: "补上 \(name) / add \(name)")
        }
        return member
    }

    /// Refuses members nobody reads, which are spelling mistakes more often than not.
    func allow(_ names: Set<String>) throws(CommandFailure) {
        guard case .object(let members) = value else {
            throw fault("type", "这里应为键值", "keys and values are expected here", remedy: "写成 键: 值 / write key: value")
        }
        for name in members.keys.sorted() where !names.contains(name) {
            throw (member(name) ?? self).fault(
                "unknownKey", "不认识 \(name)", "\(name) is not known here",
                remedy: "可用 / one of: \(names.sorted().joined(separator: ", "))")
        }
    }

    func text() throws(CommandFailure) -> String {
        switch value {
        case .string(let text) where !text.isEmpty: return text
        case .integer(let number): return "\(number)"
        case .null, .bool, .string, .array, .object:
            throw fault("type", "这里应为文字", "a text is expected here", remedy: "写一个词或一句话 / write a text")
        }
    }

    func flag() throws(CommandFailure) -> Bool {
        guard case .bool(let flag) = value else {
            throw fault("type", "这里应为 true 或 false", "true or false is expected here", remedy: "true / false")
        }
        return flag
    }

    func list() throws(CommandFailure) -> [ScenarioNode] {
        guard case .array(let elements) = value else {
            throw fault("type", "这里应为列表", "a list is expected here", remedy: "[a, b] 或每行一个 - / or one - a line")
        }
        return elements.enumerated().map { ScenarioNode(document, $1, "\(path)[\($0)]") }
    }

    /// A text, or a list of texts.
    func texts() throws(CommandFailure) -> [String] {
        guard case .array = value else { return [try text()] }
        var texts: [String] = []
        for element in try list() { texts.append(try element.text()) }
        return texts
    }

    func members() throws(CommandFailure) -> [(name: String, node: ScenarioNode)] {
        guard case .object(let members) = value else {
            throw fault("type", "这里应为键值", "keys and values are expected here", remedy: "写成 键: 值 / write key: value")
        }
        return members.keys.sorted().compactMap { name in member(name).map { (name, $0) } }
    }

    func fault(_ code: String, _ chinese: String, _ english: String, remedy: String) -> CommandFailure {
        CommandFailure(
            .badInput, code: "scenario.\(code)", field: place, chinese: chinese, english: english, remedy: remedy)
    }
}
