import EventSourcing
import Foundation
import HubServer
import HubTesting
import Testing

extension EndToEndTests {
    /// A served hub answers what its own description says, whatever it is sent.
    @Suite struct SchemathesisTests {
        /// Where `deploy/test` installs it from PyPI.
        private static let program =
            ProcessInfo.processInfo.environment["ONEDOOR_SCHEMATHESIS"]
            ?? Program.project + "/.build/schemathesis/bin/schemathesis"

        @Test(
            .enabled(
                if: FileManager.default.isExecutableFile(atPath: program),
                "deploy/test installs schemathesis; without it set ONEDOOR_SCHEMATHESIS to one"))
        func `schemathesis finds no answer that the description does not allow`() async throws {
            let seed = Int(ProcessInfo.processInfo.environment["ONEDOOR_SEED"] ?? "") ?? 20_230_815
            print("seed \(seed)")
            let hub = try await HubCopy()
            try await Self.issueTokens(hub.demo)
            let document = try await hub.get("/openapi.json").body
            let configuration = hub.folder.path + "/schemathesis.toml"
            try Self.configuration(for: document, of: hub.demo).write(
                toFile: configuration, atomically: true, encoding: .utf8)
            let arguments = [
                "--config-file", configuration, "run", hub.address + "/openapi.json", "--checks", "all",
                "--max-examples", "50", "--seed", "\(seed)", "--no-color",
            ]
            // Two processes, as two threads of one trip over each other in Python 3.11.
            let half = "^/v1/commands/[A-Q]"
            let folder = hub.folder.path
            async let some = Self.run(arguments + ["--include-path-regex", half], in: folder + "/some")
            async let others = Self.run(arguments + ["--exclude-path-regex", half], in: folder + "/others")
            for ended in [try await some, try await others] {
                let found = ended.said.firstRange(of: "= FAILURES =").map { ended.said[$0.upperBound...] }
                #expect(ended.status == 0, "\((found ?? ended.said.suffix(4000)).prefix(12_000))")
                #expect(ended.said.contains("Tested"), "\(ended.said.suffix(2000))")
            }
            // Still there, and nothing of it hurt the log.
            #expect(try await hub.get("/readyz").status == 200)
            #expect(try await hub.stop().status == 0)
            let verified = try await Program.run("verify", "--json", "--data", hub.demo.hub)
            #expect(verified.status == 0, "\(verified.everything)")
        }

        /// Those of the roles that act in the demo through adapters, not by a token.
        private static func issueTokens(_ demo: DemoRun) async throws {
            for (role, more) in [
                ("department", ["--department", "jiaoyu"]), ("voluntary", ["--department", "jijinhui"]),
                ("operator", []),
            ] {
                let issued = try await Program.run(
                    ["token", "issue", "--data", demo.hub, "--role", role, "--label", role, "--out", demo.token(role)]
                        + more)
                #expect(issued.status == 0, "\(issued.everything)")
            }
        }

        /// Each operation as somebody who may do it; a rule's no (422) is an answer to a request that reads.
        private static func configuration(for document: JSONValue, of demo: DemoRun) throws -> String {
            var text = """
                [checks.positive_data_acceptance]
                expected-statuses = ["2xx", "401", "403", "404", "409", "422"]

                """
            guard case .object(let paths)? = document["paths"] else { return text }
            for case .object(let methods) in paths.values {
                for operation in methods.values {
                    guard let name = operation["operationId"]?.text, case .array(let roles)? = operation["x-roles"]
                    else { continue }
                    let token = roles.lazy.compactMap(\.text).compactMap { try? TokenFile.read(demo.token($0)) }.first
                    #expect(token != nil, "nobody with a token may try \(name)")
                    guard let token else { continue }
                    text += """

                        [[operations]]
                        include-operation-id = "\(name)"
                        headers = { Authorization = "Bearer \(token)" }

                        """
                }
            }
            return text
        }

        /// Runs schemathesis in a folder of its own, for at most half an hour on a machine that does other things too.
        private static func run(_ arguments: [String], in folder: String) async throws -> (status: Int32, said: String)
        {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let process = Process()
            let output = folder + "/schemathesis.txt"
            try Data().write(to: URL(filePath: output))
            let file = try FileHandle(forWritingTo: URL(filePath: output))
            process.executableURL = URL(filePath: program)
            process.arguments = arguments
            process.currentDirectoryURL = URL(filePath: folder)
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = file
            process.standardError = file
            try process.run()
            defer { if process.isRunning { process.terminate() } }
            _ = try await Deadline(seconds: 1800).wait(for: "end of schemathesis") {
                process.isRunning ? nil : true
            }
            let said = FileManager.default.contents(atPath: output) ?? Data()
            return (process.terminationStatus, String(decoding: said, as: UTF8.self))
        }
    }
}
