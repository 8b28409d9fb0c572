import Casework
import DepartmentKit
import EventSourcing

/// One command of a scenario, as written: names of earlier things stand as `${name}`.
struct ScenarioCommand: Sendable {
    /// A personal part before names are filled in.
    struct Sealed: Sendable {
        let group: FieldGroup
        let person: String?
        let value: JSONValue
    }

    /// The refusal a step is there to show.
    struct Refusal: Sendable {
        let code: String
        let field: String?
    }

    let actor: String
    /// Set where the actor's department has an adapter that can do this.
    let adapterAct: (department: DepartmentCode, act: AdapterAct)?
    let type: String
    /// `referral/${R1}`; empty for what creates something.
    let subject: String
    let open: JSONValue
    let sealed: [Sealed]
    let post: String?
    let externalReference: String?
    /// Names for what comes into being, by kind, in the order in which the hub tells them.
    let creates: [(kind: String, names: [String])]
    let refusal: Refusal?

    init(
        _ node: ScenarioNode, actors: [String: ScenarioFile.Actor], adapters: [DepartmentCode]
    ) throws(CommandFailure) {
        try node.allow(ScenarioFile.keys["command"] ?? [])
        let command = try node.required("do")
        type = try command.text()
        guard CommandBook.type(named: type) != nil else {
            throw command.fault(
                "command", "没有这条命令", "there is no such command", remedy: "见 GET /v1/commands / see GET /v1/commands")
        }
        let actor = try Self.actor(try node.required("by"), in: actors)
        self.actor = actor
        let department = actors[actor]?.department.flatMap { DepartmentCode($0) }
        let act = AdapterAct.allCases.first { [type] in $0.command == type }
        adapterAct = department.flatMap { department in
            adapters.contains(department) ? act.map { (department, $0) } : nil
        }
        subject = try node.member("on")?.text() ?? ""
        open = node.member("with")?.value ?? .object([:])
        post = try node.member("post")?.text()
        externalReference = try node.member("externalReference")?.text()
        var sealed: [Sealed] = []
        for part in try node.member("sealed")?.list() ?? [] {
            try part.allow(ScenarioFile.keys["sealed"] ?? [])
            let group = try part.required("group")
            guard let known = FieldGroup(rawValue: try group.text()) else {
                throw group.fault(
                    "group", "没有这个字段组", "there is no such field group",
                    remedy: FieldGroup.allCases.map(\.rawValue).joined(separator: ", "))
            }
            sealed.append(
                Sealed(
                    group: known, person: try part.member("person")?.text(), value: try part.required("value").value))
        }
        self.sealed = sealed
        var creates: [(kind: String, names: [String])] = []
        for (kind, names) in try node.member("creates")?.members() ?? [] {
            creates.append((kind, try names.texts()))
        }
        self.creates = creates
        guard let refused = node.member("refused") else {
            refusal = nil
            return
        }
        try refused.allow(ScenarioFile.keys["refused"] ?? [])
        refusal = Refusal(code: try refused.required("code").text(), field: try refused.member("field")?.text())
    }

    static func actor(
        _ node: ScenarioNode, in actors: [String: ScenarioFile.Actor]
    ) throws(CommandFailure) -> String {
        let name = try node.text()
        guard actors[name] != nil else {
            throw node.fault(
                "actor", "没有这个人物", "there is no such actor",
                remedy: "在 actors 中写明,或用 / add it to actors, or use: \(actors.keys.sorted().joined(separator: ", "))")
        }
        return name
    }
}
