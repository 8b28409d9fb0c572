import EventSourcing
import Foundation
import HubServer
import Testing

extension EndToEndTests {
    /// Dates that anyone can compute again: examples, random clocks, certificates, whose day it was.
    @Suite struct DeadlineExplainedTests {
        private static let tests = Program.project + "/Tests"
        /// Where `deploy/test` installs the calendar of somebody else from PyPI.
        private static let python =
            ProcessInfo.processInfo.environment["ONEDOOR_CALENDAR_PYTHON"]
            ?? Program.project + "/.build/chinesecalendar/bin/python"

        @Test func `every worked example comes out as written, and one that is wrong is told`() async throws {
            let examples = Self.tests + "/DeadlinesTests/Data/deadline-vectors.json"
            let all = try await Program.run("due", "--vectors", examples, "--json")
            #expect(all.status == 0, "\(all.everything)")
            #expect(try all.json()["examples"] == .integer(75))
            let folder = try TemporaryFolder()
            let text = try String(contentsOfFile: examples, encoding: .utf8)
            let wrong = folder.path + "/wrong.json"
            try text.replacing(#""due_date": "2026-03-11""#, with: #""due_date": "2026-03-12""#, maxReplacements: 1)
                .write(toFile: wrong, atomically: true, encoding: .utf8)
            let told = try await Program.run("due", "--vectors", wrong)
            #expect(told.status == 1)
            #expect(told.output.contains("W02: due_date"), "\(told.everything)")
            let missing = try await Program.run("due", "--vectors", folder.path + "/none.json")
            #expect(missing.status == 65)
        }

        @Test(
            .enabled(
                if: FileManager.default.isExecutableFile(atPath: python),
                "deploy/test installs chinesecalendar; without it set ONEDOOR_CALENDAR_PYTHON to a Python that has it"),
            arguments: ["America/New_York", "UTC"])
        func `random clocks agree with a walk from day to day by another calendar, in any zone`(
            zone: String
        ) async throws {
            let seed = ProcessInfo.processInfo.environment["ONEDOOR_SEED"] ?? "20230815"
            print("seed \(seed)")
            let folder = try TemporaryFolder()
            let clocks = folder.path + "/clocks.json"
            let made = try await Self.run(
                "/bin/sh",
                [
                    "-c", "exec \"$0\" -B \"$1\" \"$2\" 20000 > \"$3\"", Self.python,
                    Self.tests + "/HubEndToEndTests/random_clocks.py", seed, clocks,
                ])
            #expect(made.status == 0, "\(made.said)")
            let checked = try await Self.run(
                "/usr/bin/env",
                ["TZ=\(zone)", Program.executable, "due", "--vectors", clocks, "--rules", Program.rulebook, "--json"])
            #expect(checked.status == 0, "\(checked.said.suffix(4000))")
            #expect(checked.said.contains(#""examples":20000"#), "\(checked.said.suffix(400))")
        }

        @Test func `N-2: every deadline of the demo has a certificate that a program in Python computes again`()
            async throws
        {
            let hub = try await HubCopy()
            let states = "overdue,dueSoon,onTime,paused,met,metLate,cancelled"
            let board = try await hub.get("/v1/board?state=\(states)&limit=500", as: "dispatcher").body
            var lines: [String] = []
            for row in board["rows"].rows {
                let id = try #require(row["id"]?.text)
                let told = try await hub.ask("dispatcher", "deadline", "explain", id)
                #expect(told.status == 0, "\(told.everything)")
                lines.append(told.output.trimmingCharacters(in: .whitespacesAndNewlines))
            }
            #expect(lines.count > 20)
            let file = hub.folder.path + "/certificates"
            try lines.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
            let checked = try await Self.run(
                "/bin/sh",
                ["-c", "exec python3 -B \"$0\" < \"$1\"", Self.tests + "/CaseViewsTests/check_certificate.py", file])
            #expect(checked.status == 0, "\(checked.said)")
            #expect(checked.said.contains("\(lines.count) certificates, 0 wrong"))
            let none = try await hub.ask("dispatcher", "deadline", "explain", "case.exit/case:\(UUID().uuidString)/1")
            #expect(none.status != 0)
            #expect(try await hub.stop().status == 0)
        }

        @Test func `N-1: the demo's case is accounted for day by day, on any day`() async throws {
            let hub = try await HubCopy()
            let told = try await hub.ask("dispatcher", "deadline", "days", "DY23-00001")
            let account = try #require(try told.json()["accounts"].rows.last)
            let shares = account["shares"].rows
            #expect(shares.count > 1)
            #expect(shares.reduce(0) { $0 + $1["counted"].whole } == account["used"].whole)
            #expect(shares.reduce(0) { $0 + $1["all"].whole } == account["elapsed"].whole)
            #expect(account["isProvisional"] == .bool(false))
            let early = try await hub.ask("dispatcher", "deadline", "days", "DY23-00001", "--as-of", "2023-08-18")
            let before = try #require(try early.json()["accounts"].rows.last)
            #expect(before["isProvisional"] == .bool(true))
            #expect(try await hub.stop().status == 0)
        }

        private static func run(_ program: String, _ arguments: [String]) async throws -> (status: Int32, said: String)
        {
            let process = Process()
            process.executableURL = URL(filePath: program)
            process.arguments = arguments
            let output = Pipe()
            process.standardOutput = output
            process.standardError = output
            try process.run()
            let said = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
            process.waitUntilExit()
            return (process.terminationStatus, said)
        }
    }
}

extension JSONValue? {
    /// The elements of an array; none where there is no array.
    fileprivate var rows: [JSONValue] {
        if case .array(let rows)? = self { rows } else { [] }
    }

    /// A whole number; −1 where there is none.
    fileprivate var whole: Int64 {
        if case .integer(let number)? = self { number } else { -1 }
    }
}
