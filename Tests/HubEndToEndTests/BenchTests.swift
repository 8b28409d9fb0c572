import Foundation
import Testing

@Suite(.serialized) struct BenchTests {
    @Test func `a benchmark kills its own child five times, and finds every answer it had got`() async throws {
        let ended = try await Program.run(
            [
                "bench", "read", "--events", "300", "--seconds", "0.3", "--seed", "7", "--only", "restart", "memory",
                "--json",
            ], atMost: 240)
        #expect(ended.status == 0, "\(ended.everything)")
        let document = try JSONSerialization.jsonObject(with: Data(ended.output.utf8)) as? [String: Any]
        #expect(document?["valid"] as? Bool == true)
        #expect(ended.output.contains(#""name":"restart""#) && ended.output.contains(#""name":"memory""#))
    }

    @Test(.timeLimit(.minutes(5)))
    func `casework is measured on a county that the program makes, serves and rebuilds itself`() async throws {
        let ended = try await Program.run(
            [
                "bench", "cases", "--events", "1500", "--people", "40", "--seconds", "0.5", "--seed", "3", "--json",
            ], atMost: 290)
        #expect(ended.status == 0, "\(ended.everything)")
        let document = try JSONSerialization.jsonObject(with: Data(ended.output.utf8)) as? [String: Any]
        let goals = (document?["goals"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
        #expect(
            Set(goals) == [
                "referral", "sustained", "rebuild", "search.idNumber", "search.name", "search.phone", "search.number",
            ])
        #expect((document?["growth"] as? [Any])?.count == 1)
        #expect(document?["failures"] as? [String] == [])
    }

    @Test func `a benchmark that cannot be meant is a usage error`() async throws {
        let ended = try await Program.run(["bench", "append", "--events", "0", "--json"])
        #expect(ended.status == 2)
        #expect(ended.errors.contains("--events"))
    }
}
