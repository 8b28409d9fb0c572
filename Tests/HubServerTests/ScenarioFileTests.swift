import EventSourcing
import Foundation
import Testing

@testable import HubServer

/// Reading scenario files: every mistake with its place and remedy, before anything is played.
struct ScenarioFileTests {
    private static let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    private static let head = "title: { zh: 题, en: title }\nsteps:\n  - at: 2023-08-14 09:30\n"

    private static func failure(of text: String) throws -> CommandFailure {
        let path = FileManager.default.temporaryDirectory.appending(path: "scenario-\(UUID()).yaml").path
        try Data(text.utf8).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try #require(throws: CommandFailure.self) { _ = try ScenarioFile(path: path) }
    }

    @Test(arguments: [
        ("title: { zh: 题 }\nsteps: []\n", "scenario.missing", ":1 [title]"),
        ("steps: []\n", "scenario.missing", ":1"),
        (head + "    then: x\n", "scenario.unknownKey", ":4 [steps[0].then]"),
        (head + "  - { by: dispatcher, do: Nothing }\n", "scenario.command", ":4 [steps[1].do]"),
        (head + "  - { by: nobody, do: ExitCase }\n", "scenario.actor", ":4 [steps[1].by]"),
        (head + "  - at: noon\n", "scenario.moment", ":4 [steps[1].at]"),
        (head + "  - expect: { state: open }\n", "scenario.expectation", ":4 [steps[1].expect]"),
        (head + "  - expect: { get: /v1/cases }\n", "scenario.missing", ":4 [steps[1].expect]"),
        (head + "  - expect: { ask: /v1/find, at: people }\n", "scenario.missing", ":4 [steps[1].expect]"),
        (head + "  - expect: { case: a, clocks: [{ rule: r, cycle: 0 }] }\n", "scenario.cycle", "clocks[0]"),
        (
            head + "  - by: dispatcher\n    do: ExitCase\n    sealed: [{ group: shoes, value: 1 }]\n", "scenario.group",
            ":6 [steps[1].sealed[0].group]"
        ),
        ("title: { zh: 题, en: t }\nactors: { a: { role: king } }\nsteps: []\n", "scenario.role", ":2 [actors.a.role]"),
        ("title: { zh: 题, en: t }\nadapters: [gongan, gongan]\nsteps: []\n", "scenario.adapter", ":2 [adapters[1]]"),
        (head + "  - expect: { inbox: 部门 }\n", "scenario.department", ":4 [steps[1].expect.inbox]"),
        (head + "  - [1]\n", "scenario.type", ":4 [steps[1]]"), ("a: [\n", "rules.malformedYAML", ":"),
        ("", "rules.empty", ".yaml"),
    ])
    func `a mistake in a scenario names its line, its key and a remedy`(
        text: String, code: String, place: String
    ) throws {
        let failure = try Self.failure(of: text)
        #expect(failure.code == code)
        #expect(failure.field.contains(place), "\(failure.field)")
        #expect(!failure.remedy.isEmpty && !failure.chinese.isEmpty && !failure.english.isEmpty)
    }

    @Test func `a department with an adapter acts through it where the adapter can, and else through the hub`() throws {
        let steps = """
              - { by: m, do: ReceiveReferral, on: "referral/x" }
              - { by: m, do: RecordAssessment, on: "case/x" }
              - { by: j, do: ReceiveReferral, on: "referral/x" }
            """
        let actors =
            "actors: { m: { role: department, department: minzheng }, j: { role: department, department: jiaoyu } }"
        let path = FileManager.default.temporaryDirectory.appending(path: "scenario-\(UUID()).yaml").path
        try Data("adapters: [minzheng]\n\(actors)\n\(Self.head)\(steps)\n".utf8).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let acts = try ScenarioFile(path: path).steps.compactMap { step -> String? in
            guard case .command(let command) = step.act else { return nil }
            return command.adapterAct.map { "\($0.department) \($0.act)" } ?? "hub"
        }
        #expect(acts == ["minzheng receive", "hub", "hub"])
    }

    @Test func `a clock is called by its rule, or by what it runs on, when another day is expected`() {
        func name(_ rule: String, _ subject: String?, _ cycle: Int = 1) -> String {
            ScenarioExpectation.Clock(rule: rule, subject: subject, cycle: cycle, due: nil, state: nil).name
        }
        #expect(name("case.exit", nil) == "case.exit")
        #expect(name("referral.handle", "R1") == "R1.handle")
        #expect(name("request.contact", "request") == "request.contact")
        #expect(name("followup.review", "F1", 2) == "F1.review.2")
    }

    @Test func `a play waits as long as something moves, gives up what stands still, and never waits for ever`() {
        let began = ContinuousClock.now
        var still = ScenarioPatience(from: began)
        let standing = [1, 60, 61].map { still.allowsMore("connecting 3/5", at: began + .seconds($0)) }
        #expect(standing == [true, true, false])

        // The sum of several time limits is longer than any of them: that alone is no failure.
        var slow = ScenarioPatience(from: began)
        let moving = stride(from: 20, through: 300, by: 20).map { second in
            slow.allowsMore("syncing \(second)/400", at: began + .seconds(second))
        }
        #expect(moving.dropLast().allSatisfy { $0 } && moving.last == false)
    }

    @Test func `a file that is not there is said to be unreadable`() throws {
        let failure = try #require(throws: CommandFailure.self) { _ = try ScenarioFile(path: "/nowhere/x.yaml") }
        #expect(failure.code == "scenario.unreadable")
    }

    @Test func `the schema of scenarios has exactly the keys the reader takes`() throws {
        let data = try Data(contentsOf: URL(filePath: Self.project + "/schemas/scenario.json"))
        let schema = try EventJSON.decode(JSONValue.self, from: data)
        func keys(_ value: JSONValue?) -> Set<String> {
            guard case .object(let members) = value?["properties"] else { return [] }
            return Set(members.keys)
        }
        #expect(keys(schema) == ScenarioFile.keys["scenario"])
        guard case .object(let parts) = try #require(schema["$defs"]) else { return }
        #expect(Set(parts.keys).union(["scenario"]) == Set(ScenarioFile.keys.keys))
        for (name, part) in parts { #expect(keys(part) == ScenarioFile.keys[name], "\(name)") }
    }

    @Test func `a name not yet given is refused, and a known one is put in wherever it stands`() throws {
        var names = ScenarioNames()
        let id = try #require(UniqueID("01890a5d-ac96-774b-bcce-b302099a8057"))
        names.name("R1", id)
        #expect(try names.filled("referral/${R1}", at: "x") == "referral/\(id)")
        let value = JSONValue.object(["a": .array([.string("${R1}"), .integer(1)]), "b": .string("plain ${")])
        #expect(
            try names.filled(value, at: "x")
                == .object(["a": .array([.string("\(id)"), .integer(1)]), "b": .string("plain ${")]))
        #expect(names.names(of: ["\(id)", "nobody"]) == ["R1", "nobody"])
        let failure = #expect(throws: CommandFailure.self) { _ = try names.filled("${R2}", at: "f.yaml:3") }
        #expect(failure?.field == "f.yaml:3")
    }

    @Test(arguments: try FileManager.default.contentsOfDirectory(atPath: project + "/deploy/scenarios").sorted())
    func `every scenario that is delivered can be read`(name: String) throws {
        #expect(throws: Never.self) { _ = try ScenarioFile(path: Self.project + "/deploy/scenarios/" + name) }
    }
}
