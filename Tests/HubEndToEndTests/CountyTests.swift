import EventSourcing
import Foundation
import Testing

/// Synthetic counties, each made by a process of its own, so that nothing but the seed can make two alike.
@Suite(.serialized, .timeLimit(.minutes(5))) struct CountyTests {
    private let scratch: TemporaryFolder

    init() throws { scratch = try TemporaryFolder() }

    private func generate(_ name: String, seed: Int) async throws -> JSONValue {
        let ended = try await Program.run([
            "generate", "--data", "\(scratch.path)/\(name)", "--seed", "\(seed)", "--people", "20", "--events", "700",
            "--months", "4", "--rulebook", Program.rulebook, "--json",
        ])
        #expect(ended.status == 0, "\(ended.everything)")
        return try ended.json()
    }

    @Test func `the same seed gives the same head, another seed another, and every command was one the rules allow`()
        async throws
    {
        let one = try await generate("one", seed: 7)
        let again = try await generate("again", seed: 7)
        let other = try await generate("other", seed: 8)
        #expect(one["root"] == again["root"] && one["events"] == again["events"] && one["log"] == again["log"])
        #expect(one["root"] != other["root"])
        #expect(one["refused"] == .object([:]) && other["refused"] == .object([:]))
        // Every way a case can go is gone by some case of every county.
        for type in [
            "EmergencyReported", "EmergencyConfirmed", "AidDelivered", "AdvanceReliefGranted",
            "AdvanceReliefRegularized", "ApplicationProvisionallyAccepted", "SupplementReceived", "AppealLodged",
            "AppealResolved", "CaseReopened", "CaseHandedToHub", "HubAnswerReceived", "HubAnswerSent",
            "CorrectionRequested", "RecordCorrected", "CaseVoided", "CaseExited",
        ] {
            for county in [one, other] {
                #expect(county["recorded"]?[type] ?? .null != .null, "no \(type) in a county")
            }
        }
        let verified = try await Program.run(["verify", "--data", "\(scratch.path)/one", "--json"])
        let report = try verified.json()
        #expect(report["sound"] == .bool(true) && report["root"] == one["root"] && report["events"] == one["events"])
    }

    @Test func `a folder with something in it is left as it is`() async throws {
        let path = "\(scratch.path)/taken"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try Data("mine".utf8).write(to: URL(filePath: "\(path)/notes.txt"))
        let ended = try await Program.run(["generate", "--data", path, "--json"])
        #expect(ended.status == 73)
        #expect(try ended.failure()["error"] == .string("generate.notEmpty"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["notes.txt"])
    }

    @Test func `more people than a county can have is a usage error`() async throws {
        let ended = try await Program.run(["generate", "--data", "\(scratch.path)/many", "--people", "0", "--json"])
        #expect(ended.status == 2)
        #expect(try ended.failure()["field"] == .string("--people"))
    }
}
