import EventSourcing
import Foundation
import Testing

extension EndToEndTests {
    /// The scenario files that are delivered, played through a hub of their own.
    @Suite(.serialized) struct ScenarioTests {
        private static let folder = Program.project + "/deploy/scenarios"

        /// The Danyang case is played by `DemoTests`, since `onedoor demo` is that file.
        private static func others() throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0 != "danyang.yaml" }.sorted()
        }

        @Test(arguments: try others())
        func `every scenario plays to its end and all it expects holds`(name: String) async throws {
            let scratch = try TemporaryFolder()
            let ended = try await Program.run(
                ["scenario", "\(Self.folder)/\(name)", "--folder", scratch.path + "/hub", "--json"], atMost: 120)
            #expect(ended.status == 0, "\(ended.everything)")
            let report = try ended.json()
            #expect(report["passed"] == .bool(true))
            guard case .array(let checks) = report["checks"] else {
                Issue.record("no checks")
                return
            }
            #expect(!checks.isEmpty)
        }

        @Test func `an expectation that does not hold ends with exit 1 and names its line`() async throws {
            let scratch = try TemporaryFolder()
            let text = try String(contentsOfFile: Self.folder + "/danyang.yaml", encoding: .utf8)
            let wrong = text.replacing(
                "{ rule: visit.home, due: 2023-08-18, state: met }", with: "{ rule: visit.home, due: 2023-08-19 }")
            #expect(wrong != text)
            let cut = try #require(wrong.range(of: "  - by: dispatcher\n    do: ProposeExit"))
            try Data(wrong[..<cut.lowerBound].utf8).write(to: URL(filePath: scratch.path + "/wrong.yaml"))
            let ended = try await Program.run(
                ["scenario", scratch.path + "/wrong.yaml", "--folder", scratch.path + "/hub"], atMost: 120)
            #expect(ended.status == 1)
            #expect(ended.output.contains("✗") && ended.errors.contains("wrong.yaml:"))
        }

        @Test func `a step refused against the plot stops the play and says why`() async throws {
            let scratch = try TemporaryFolder()
            let text = """
                title: { zh: 题, en: title }
                steps:
                  - at: 2023-08-14 09:30
                  - by: dispatcher
                    do: RecordHelpRequest
                    with: { channel: phone, town: nowhere }
                """
            try Data(text.utf8).write(to: URL(filePath: scratch.path + "/refused.yaml"))
            let ended = try await Program.run(
                ["scenario", scratch.path + "/refused.yaml", "--folder", scratch.path + "/hub"], atMost: 120)
            #expect(ended.status != 0)
            #expect(ended.errors.contains("refused.yaml:4") && ended.errors.contains("RecordHelpRequest"))
        }
    }
}
