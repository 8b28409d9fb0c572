import EventSourcing

/// What must hold at a step: of a case, of a worklist, of what a department has been told, or of any answer of the API.
enum ScenarioExpectation: Sendable {
    /// One clock of a case.
    struct Clock: Sendable {
        let rule: String
        /// Name of what it runs on; the case itself when left out.
        let subject: String?
        let cycle: Int
        let due: String?
        let state: String?

        /// What `--expect` calls it: `case.exit`, `R1.handle`, `F1.review.2`.
        var name: String {
            guard let subject else { return rule }
            let last = rule.split(separator: ".").last ?? ""
            return "\(subject).\(last)" + (cycle == 1 ? "" : ".\(cycle)")
        }
    }

    /// Where a case stands, now or as it was known on a day.
    struct Case: Sendable {
        let name: String
        let asOf: String?
        let state: String?
        let result: String?
        /// Outcome, or state before it has one, by name.
        let items: [(name: String, is: String)]
        let referrals: [(name: String, is: String)]
        /// `open`, or the outcome.
        let followUps: [(name: String, is: String)]
        let clocks: [Clock]
        /// Exactly these clocks are or were late, by rule, when given.
        let late: [String]?
    }

    /// What a department has on its desk.
    struct Worklist: Sendable {
        let department: String
        let has: [String]
        let lacks: [String]
    }

    /// What a department has been told of a case.
    struct Told: Sendable {
        let department: String
        let caseName: String
        let asOf: String?
        /// Exactly these field groups, when given.
        let groups: [String]?
        /// Exactly these people's personal parts, by name, when given.
        let about: [String]?
        /// Event types it must have, and must not have, been told of.
        let events: [String]
        let lacks: [String]
    }

    /// What a department's own adapter holds.
    struct Inbox: Sendable {
        let department: DepartmentCode
        let has: [String]
        let lacks: [String]
        /// Exactly these field groups, and exactly these people's personal parts, when given.
        let groups: [String]?
        let about: [String]?
        let states: [(name: String, is: String)]
        /// How many entries its feed has.
        let entries: String?
    }

    /// Texts that stand in clear, or must not, in the files of the hub or of a department.
    struct Files: Sendable {
        /// Nothing for the hub.
        let department: DepartmentCode?
        let has: [String]
        let lacks: [String]
    }

    /// One value of any answer of the API, or its refusal.
    struct Answer: Sendable {
        /// What is to come back.
        enum Outcome: Sendable {
            /// A value at a place: `case.items[0].outcome`; `count` at the end counts a list.
            case value(String, JSONValue)
            case refusal(String)
        }

        let actor: String
        let path: String
        /// What is asked, where the question is sent and not only fetched.
        let question: JSONValue?
        let outcome: Outcome
    }

    case caseFile(Case)
    case worklist(Worklist)
    case told(Told)
    case answer(Answer)
    case inbox(Inbox)
    case files(Files)
    /// What the verification of the log finds: `sound`.
    case log(String)

    init(_ node: ScenarioNode, actors: [String: ScenarioFile.Actor]) throws(CommandFailure) {
        try node.allow(ScenarioFile.keys["expect"] ?? [])
        if let name = node.member("case") {
            self = .caseFile(try Self.caseFile(node, name))
        } else if let department = node.member("worklist") {
            self = .worklist(
                Worklist(
                    department: try department.text(), has: try node.member("has")?.texts() ?? [],
                    lacks: try node.member("lacks")?.texts() ?? []))
        } else if let department = node.member("told") {
            self = .told(
                Told(
                    department: try department.text(), caseName: try node.required("of").text(),
                    asOf: try node.member("asOf")?.text(), groups: try node.member("groups")?.texts().sorted(),
                    about: try node.member("about")?.texts(),
                    events: try node.member("events")?.texts() ?? [], lacks: try node.member("lacks")?.texts() ?? []))
        } else if let path = node.member("get") {
            self = .answer(try Self.answer(node, path, question: nil, actors))
        } else if let path = node.member("ask") {
            self = .answer(try Self.answer(node, path, question: node.member("with")?.value ?? .object([:]), actors))
        } else if let department = node.member("inbox") {
            self = .inbox(
                Inbox(
                    department: try Self.department(department), has: try node.member("has")?.texts() ?? [],
                    lacks: try node.member("lacks")?.texts() ?? [], groups: try node.member("groups")?.texts().sorted(),
                    about: try node.member("about")?.texts(), states: try Self.pairs(node.member("referrals")),
                    entries: try node.member("entries")?.text()))
        } else if let place = node.member("files") {
            self = .files(
                Files(
                    department: try place.text() == "hub" ? nil : try Self.department(place),
                    has: try node.member("has")?.texts() ?? [], lacks: try node.member("lacks")?.texts() ?? []))
        } else if let log = node.member("log") {
            self = .log(try log.text())
        } else {
            throw node.fault(
                "expectation", "没有写明期望什么", "nothing is expected here",
                remedy: "case, worklist, told, inbox, files, log, get, ask")
        }
    }

    private static func answer(
        _ node: ScenarioNode, _ path: ScenarioNode, question: JSONValue?, _ actors: [String: ScenarioFile.Actor]
    ) throws(CommandFailure) -> Answer {
        let actor = try node.member("by").map { actor throws(CommandFailure) in
            try ScenarioCommand.actor(actor, in: actors)
        }
        let outcome: Answer.Outcome =
            if let refused = node.member("refused") {
                .refusal(try refused.text())
            } else {
                .value(try node.required("at").text(), try node.required("is").value)
            }
        return Answer(actor: actor ?? "auditor", path: try path.text(), question: question, outcome: outcome)
    }

    private static func caseFile(_ node: ScenarioNode, _ name: ScenarioNode) throws(CommandFailure) -> Case {
        var clocks: [Clock] = []
        for clock in try node.member("clocks")?.list() ?? [] {
            try clock.allow(ScenarioFile.keys["clock"] ?? [])
            guard let cycle = Int(try clock.member("cycle")?.text() ?? "1"), cycle > 0 else {
                throw clock.fault("cycle", "轮次应为正整数", "a cycle is a whole number from 1", remedy: "1")
            }
            clocks.append(
                Clock(
                    rule: try clock.required("rule").text(), subject: try clock.member("of")?.text(), cycle: cycle,
                    due: try clock.member("due")?.text(), state: try clock.member("state")?.text()))
        }
        return Case(
            name: try name.text(), asOf: try node.member("asOf")?.text(), state: try node.member("state")?.text(),
            result: try node.member("result")?.text(), items: try pairs(node.member("items")),
            referrals: try pairs(node.member("referrals")), followUps: try pairs(node.member("followUps")),
            clocks: clocks, late: try node.member("late")?.texts().sorted())
    }

    private static func department(_ node: ScenarioNode) throws(CommandFailure) -> DepartmentCode {
        guard let code = DepartmentCode(try node.text()) else {
            throw node.fault(
                "department", "不是部门代码", "not a department code", remedy: DepartmentCode.textForm)
        }
        return code
    }

    private static func pairs(_ node: ScenarioNode?) throws(CommandFailure) -> [(name: String, is: String)] {
        var pairs: [(name: String, is: String)] = []
        for (name, value) in try node?.members() ?? [] { pairs.append((name, try value.text())) }
        return pairs
    }
}
