import EventSourcing
import Foundation
import Testing

extension EndToEndTests {
    /// The main job: the Danyang case through real processes.
    @Suite struct DemoTests {
        @Test func `the demo ends well and its report says that every check holds`() async throws {
            let demo = try await DemoShelf.shared.finished()
            #expect(demo.ended.status == 0, "\(demo.ended.everything)")
            let report = try demo.ended.json()
            #expect(report["passed"] == .bool(true))
            #expect(report["restarts"] == .integer(0))
            guard case .array(let checks)? = report["checks"] else {
                Issue.record("the report holds no checks")
                return
            }
            #expect(checks.count >= 90)
            #expect(checks.allSatisfy { $0["expected"] == $0["found"] && $0["expected"] != nil })
        }

        @Test func `a demo with a check broken on purpose ends with 1 and names it`() async throws {
            let folder = try TemporaryFolder()
            let demo = try await DemoRun.play(in: folder.path + "/demo", ["--expect", "case.exit=2023-09-13"])
            #expect(demo.ended.status == 1)
            #expect(try demo.ended.json()["passed"] == .bool(false))
            let failure = try demo.ended.failure()
            #expect(failure["error"]?.text == "scenario.checks")
            #expect(failure["field"]?.text?.contains("case.exit") == true)
        }

        @Test func `killing serve, feed and adapters the hard way loses nothing and doubles nothing`() async throws {
            let kills = [
                "serve@4", "feed@9", "serve@16", "jiaoyu@24", "feed@28", "minzheng@31", "serve@35", "gongan@44",
                "fulian@48", "serve@52", "jijinhui@60", "feed@66", "sifa@74", "serve@79", "sifa@83",
            ]
            let folder = try TemporaryFolder()
            let demo = try await DemoRun.play(in: folder.path + "/demo", kills.flatMap { ["--kill", $0] })
            #expect(demo.ended.status == 0, "\(demo.ended.everything)")
            let report = try demo.ended.json()
            #expect(report["passed"] == .bool(true))
            // Serve starts the feed again by itself, so the demo counts only its own children.
            #expect(report["restarts"] == .integer(Int64(kills.count { !$0.hasPrefix("feed@") })))

            let undisturbed = try await DemoShelf.shared.finished()
            #expect(try await demo.told() == undisturbed.told())
            let commands = try await demo.told().compactMap(\.command)
            #expect(Set(commands).count > 70)
            for department in DemoRun.departments {
                #expect(try demo.holdings(of: department) == undisturbed.holdings(of: department))
                #expect(Canary.found(in: demo.department(department), beyondGrantOf: department).isEmpty)
            }
            #expect(Canary.found(in: demo.hub).isEmpty)
            let verified = try await Program.run("verify", "--data", demo.hub, "--json")
            #expect(verified.status == 0)
            #expect(try verified.json()["sound"] == .bool(true))
        }

        @Test(arguments: [
            (["--expect", "case.exit"], "--expect"), (["--kill", "serve"], "--kill"),
            (["--kill", "serve@0"], "--kill"),
        ])
        func `an option of the demo that cannot be read is a usage error`(options: [String], field: String) async throws
        {
            let folder = try TemporaryFolder()
            let ended = try await Program.run(["demo", "--json", "--folder", folder.path + "/demo"] + options)
            #expect(ended.status == 2)
            #expect(try ended.failure()["field"]?.text == field)
        }

        @Test func `a demo never removes what is no demo`() async throws {
            let folder = try TemporaryFolder()
            try Data("mine".utf8).write(to: URL(filePath: folder.path + "/mine"))
            let ended = try await Program.run("demo", "--json", "--replace", "--folder", folder.path)
            #expect(ended.status == 73)
            #expect(try ended.failure()["error"]?.text == "demo.folder")
            #expect(FileManager.default.fileExists(atPath: folder.path + "/mine"))
        }
    }
}
