import EventSourcing
import Foundation
import Testing

extension EndToEndTests {
    /// The command line: results that parse, exit codes of the table, help everywhere.
    @Suite struct CommandLineTests {
        private static let commands: [[String]] = [
            [], ["init"], ["serve"], ["feed"], ["board"], ["case"], ["case", "show"], ["case", "list"],
            ["replay"], ["verify"], ["rebuild"], ["rules"], ["rules", "publish"], ["check"], ["due"], ["token"],
            ["token", "issue"],
            ["token", "revoke"], ["department"], ["department", "keys"], ["demo"], ["version"], ["adapter"],
            ["adapter", "run"], ["adapter", "init"], ["adapter", "pin"], ["adapter", "inbox"], ["adapter", "show"],
            ["adapter", "status"], ["adapter", "receive"], ["adapter", "accept"], ["adapter", "start"],
            ["adapter", "request-return"], ["adapter", "progress"], ["adapter", "co-result"], ["adapter", "complete"],
            ["adapter", "fail"], ["adapter", "follow-up-progress"], ["adapter", "accept-offer"],
            ["adapter", "decline-offer"], ["calendar"], ["calendar", "check"], ["calendar", "show"],
            ["calendar", "import"],
        ]

        @Test func `every command has a help that says what it does and a usage error of exit 2`() async throws {
            for command in Self.commands {
                let help = try await Program.run(command + ["--help"])
                #expect(help.status == 0, "\(command)")
                #expect(help.output.contains(" – "), "\(command)")
                let wrong = try await Program.run(command + ["--no-such-option"])
                #expect(wrong.status == 2, "\(command)")
                #expect(!wrong.errors.isEmpty, "\(command)")
            }
        }

        @Test func `the version is told both ways`() async throws {
            let told = try await Program.run("version", "--json")
            #expect(told.status == 0)
            #expect(try told.json()["format"] == .integer(1))
            let version = try #require(try told.json()["version"]?.text)
            #expect(try await Program.run("--version").output == version + "\n")
            #expect(try await Program.run("version").output.contains(version))
        }

        @Test func `a due date is reckoned with the days that were counted`() async throws {
            let ended = try await Program.run("due", "case.exit", "--start", "2023-08-15", "--json")
            #expect(ended.status == 0, "\(ended.everything)")
            guard case .array(let counted)? = try ended.json()["counted"] else {
                Issue.record("no days were counted")
                return
            }
            #expect(counted.count == 20)
            #expect(counted.last?.text == "2023-09-12")
            #expect(try await Program.run("due", "20wd", "--start", "2023-08-15").output.contains("2023-09-12"))
        }

        @Test(arguments: [
            (["due", "case.exit", "--start", "2023-02-30"], "start"),
            (["due", "case.exit", "--start", "soon"], "start"),
            (["due", "no.such", "--start", "2023-08-15"], "rule"),
            (["due", "case.exit", "--start", "2023-08-15", "--rules", "/nowhere"], "/nowhere"),
        ])
        func `a due date that cannot be reckoned is exit 65 with its field`(
            arguments: [String], field: String
        ) async throws {
            let ended = try await Program.run(arguments + ["--json"])
            #expect(ended.status == 65, "\(ended.everything)")
            #expect(try ended.failure()["field"]?.text?.contains(field) == true)
        }

        @Test func `the rule book that ships checks, and a bad rule file is exit 65 with file and line`() async throws {
            let shipped = try await Program.run("check", Program.rulebook, "--json")
            #expect(shipped.status == 0)
            #expect(try shipped.json()["entries"] == .integer(194))
            let folder = try TemporaryFolder()
            let file = folder.path + "/bad.yaml"
            try Data("deadlines:\n  - id: x\n    version: one\n".utf8).write(to: URL(filePath: file))
            let hub = try await DemoShelf.shared.finished().copied(into: folder).hub
            for command in [["check", file], ["rules", "publish", file, "--data", hub]] {
                let ended = try await Program.run(command + ["--json"])
                #expect(ended.status == 65)
                #expect(try ended.failure()["field"]?.text?.hasPrefix(file + ":") == true)
                #expect(try ended.failure()["error"]?.text?.hasPrefix("rules.") == true)
                #expect(try ended.failure()["error"]?.text?.hasPrefix("rules.rules") == false)
            }
        }

        @Test func `check compares with the log, and publishing twice is already so`() async throws {
            let folder = try TemporaryFolder()
            let hub = try await DemoShelf.shared.finished().copied(into: folder).hub
            let same = try await Program.run("check", Program.rulebook, "--data", hub, "--json")
            #expect(same.status == 0)
            #expect(try same.json()["same"] == .bool(true))
            let again = try await Program.run("rules", "publish", Program.rulebook, "--data", hub, "--json")
            #expect(again.status == 0)
            #expect(try again.json()["published"] == .integer(0))

            let empty = folder.path + "/empty"
            #expect(try await Program.run("init", "--json", "--data", empty).status == 0)
            let differs = try await Program.run("check", Program.rulebook, "--data", empty, "--json")
            #expect(differs.status == 1)
            #expect(try differs.failure()["error"]?.text == "rules.differ")
            let first = try await Program.run("rules", "publish", Program.rulebook, "--data", empty, "--json")
            #expect(try first.json()["published"] == .integer(194))
            #expect(try await Program.run("check", Program.rulebook, "--data", empty).status == 0)
        }

        @Test func `rules check tells every mistake with its line, rules diff which property changed`() async throws {
            let folder = try TemporaryFolder()
            let file = folder.path + "/bad.yaml"
            try Data("policies: []\ndeadlines:\n  - id: x\n    version: one\n".utf8).write(to: URL(filePath: file))
            let checked = try await Program.run("rules", "check", file, "--json")
            #expect(checked.status == 65)
            guard case .array(let mistakes)? = try checked.json()["mistakes"] else {
                Issue.record("no list of mistakes")
                return
            }
            #expect(mistakes.map { $0["line"] } == [.integer(1), .integer(3)])
            #expect(mistakes.allSatisfy { $0["remedyChinese"]?.text?.isEmpty == false && $0["file"]?.text == file })

            let hub = try await DemoShelf.shared.finished().copied(into: folder).hub
            let same = try await Program.run("rules", "diff", Program.rulebook, "--data", hub, "--json")
            #expect(same.status == 0, "\(same.everything)")
            let changed = folder.path + "/changed.yaml"
            try Data(
                """
                policyItems:
                  - code: family.mediation
                    version: 2
                    name: { zh: 家庭纠纷调解与督促抚养, en: Family mediation and support by the spouse }
                    department: fulian
                    limit: { workingDays: 5 }
                    basis: 妇女权益保障法；民法典 第一千零五十九条、第一千零六十七条
                    needsPublicity: false
                    concernsMinor: false
                    provenance: example
                    effectiveFrom: 2024-01-01

                """.utf8
            ).write(to: URL(filePath: changed))
            let differs = try await Program.run("rules", "diff", changed, "--data", hub, "--json")
            #expect(differs.status == 1)
            guard case .array(let differences)? = try differs.json()["differences"] else {
                Issue.record("no list of differences")
                return
            }
            let own = differences.first { $0["kind"] == .string("newVersion") }
            #expect(own?["subject"] == .string("family.mediation") && own?["section"] == .string("policyItems"))
            #expect(own?["changed"] == .array([.string("effectiveFrom"), .string("limit")]))
            let published = try await Program.run("rules", "publish", changed, "--data", hub, "--json")
            #expect(try published.json()["published"] == .integer(1))
        }

        @Test func `a hub that does not answer is exit 69, a token file that is none is exit 77`() async throws {
            let demo = try await DemoShelf.shared.finished()
            let nobody = "http://127.0.0.1:\(try Port.free())"
            let away = try await Program.run(
                "board", "--json", "--hub", nobody, "--token-file", demo.token("auditor"))
            #expect(away.status == 69)
            #expect(try away.failure()["field"]?.text == nobody)
            let none = try await Program.run("board", "--json", "--hub", nobody, "--token-file", "/nowhere")
            #expect(none.status == 77)
            #expect(try none.failure()["field"]?.text == "/nowhere")
            let missing = try await Program.run("board", "--json")
            #expect(missing.status == 2)
        }
    }
}
