import EventSourcing
import Foundation
import RuleBook

/// A case told as steps: who does what when, what must be refused, and what must hold then (`schemas/scenario.json`).
package struct ScenarioFile: Sendable {
    /// Who acts, and with which rights.
    struct Actor: Sendable {
        let role: Role
        let department: String?
        let town: String?
        let post: String?
    }

    /// One step, and where it stands.
    struct Step: Sendable {
        let place: String
        let act: Act
    }

    /// What a step does.
    enum Act: Sendable {
        /// Moves the clock and says what happens.
        case moment(DemoMoment, Label?)
        case command(ScenarioCommand)
        case expectation(ScenarioExpectation)
    }

    /// The keys of each kind of object, which the schema must have too.
    static let keys: [String: Set<String>] = [
        "scenario": ["title", "hub", "adapters", "actors", "steps"],
        "label": ["zh", "en"],
        "actor": ["role", "department", "town", "post"],
        "moment": ["at", "zh", "en"],
        "command": ["by", "do", "on", "with", "sealed", "post", "externalReference", "creates", "refused"],
        "sealed": ["group", "person", "value"],
        "refused": ["code", "field"],
        "expectation": ["expect"],
        "expect": [
            "case", "asOf", "state", "result", "items", "referrals", "clocks", "worklist", "has", "lacks", "told", "of",
            "groups", "about", "events", "get", "ask", "with", "by", "at", "is", "refused", "followUps", "late",
            "inbox",
            "entries", "files", "log",
        ],
        "clock": ["rule", "of", "cycle", "due", "state"],
    ]

    /// Who need not be named: the people of the centre.
    private static let centre: [Role] = [.dispatcher, .supervisor, .approver, .meetingOffice, .auditor]

    let title: Label
    let hubCode: String
    /// Departments that act through an adapter of their own, where it can do what they do.
    let adapters: [DepartmentCode]
    let actors: [String: Actor]
    let steps: [Step]

    /// Reads a file whole before anything is played.
    ///
    /// - Throws: ``CommandFailure`` naming file, line and key.
    package init(path: String) throws(CommandFailure) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(
                .badInput, code: "scenario.unreadable", field: path, chinese: "读不到剧本文件",
                english: "no such scenario file",
                remedy: "检查路径 / check the path")
        }
        let document: RuleDocument
        do throws(RuleFileError) {
            document = try RuleDocument(
                file: URL(filePath: path).lastPathComponent, text: String(decoding: data, as: UTF8.self))
        } catch {
            throw CommandFailure(error)
        }
        let root = ScenarioNode(document)
        try root.allow(Self.keys["scenario"] ?? [])
        title = try Self.label(try root.required("title"))
        hubCode = try root.member("hub")?.text() ?? "DY"
        adapters = try Self.adapters(root.member("adapters"))
        actors = try Self.actors(root.member("actors"))
        var steps: [Step] = []
        for node in try root.required("steps").list() {
            steps.append(Step(place: node.place, act: try Self.act(node, actors, adapters)))
        }
        self.steps = steps
    }

    private static func label(_ node: ScenarioNode) throws(CommandFailure) -> Label {
        try node.allow(keys["label"] ?? [])
        return Label(try node.required("zh").text(), try node.required("en").text())
    }

    private static func actors(_ node: ScenarioNode?) throws(CommandFailure) -> [String: Actor] {
        var actors: [String: Actor] = [:]
        for role in centre { actors[role.rawValue] = Actor(role: role, department: nil, town: nil, post: nil) }
        guard let node else { return actors }
        for (name, actor) in try node.members() {
            try actor.allow(keys["actor"] ?? [])
            let role = try actor.required("role")
            guard let known = Role(rawValue: try role.text()) else {
                throw role.fault(
                    "role", "没有这个角色", "there is no such role",
                    remedy: Role.allCases.map(\.rawValue).joined(separator: ", "))
            }
            actors[name] = Actor(
                role: known, department: try actor.member("department")?.text(), town: try actor.member("town")?.text(),
                post: try actor.member("post")?.text())
        }
        return actors
    }

    private static func adapters(_ node: ScenarioNode?) throws(CommandFailure) -> [DepartmentCode] {
        var adapters: [DepartmentCode] = []
        for department in try node?.list() ?? [] {
            guard let code = DepartmentCode(try department.text()), !adapters.contains(code) else {
                throw department.fault(
                    "adapter", "不是部门代码,或写了两次", "not a department code, or named twice",
                    remedy: DepartmentCode.textForm)
            }
            adapters.append(code)
        }
        return adapters
    }

    private static func act(
        _ node: ScenarioNode, _ actors: [String: Actor], _ adapters: [DepartmentCode]
    ) throws(CommandFailure) -> Act {
        if node.member("do") != nil {
            return .command(try ScenarioCommand(node, actors: actors, adapters: adapters))
        }
        if let expect = node.member("expect") {
            try node.allow(keys["expectation"] ?? [])
            return .expectation(try ScenarioExpectation(expect, actors: actors))
        }
        try node.allow(keys["moment"] ?? [])
        let at = try node.required("at")
        guard let moment = DemoMoment(try at.text()) else {
            throw at.fault(
                "moment", "不是有效的时刻", "not a moment", remedy: "例如 2023-08-14 09:30 / for example 2023-08-14 09:30")
        }
        var label: Label?
        if let chinese = node.member("zh") {
            label = Label(try chinese.text(), try node.required("en").text())
        }
        return .moment(moment, label)
    }
}
