import Foundation
import Testing

extension EndToEndTests {
    /// No sealed text where it was not granted, in any byte.
    @Suite struct CanaryTests {
        @Test func `no sealed text stands in any byte of the hub's files`() async throws {
            let demo = try await DemoShelf.shared.finished()
            #expect(Canary.found(in: demo.hub).isEmpty)
        }

        @Test(arguments: DemoRun.departments)
        func `a department holds no text beyond its grant`(department: String) async throws {
            let demo = try await DemoShelf.shared.finished()
            #expect(Canary.found(in: demo.department(department), beyondGrantOf: department).isEmpty)
        }

        @Test func `the search finds what is there, so what it does not find is not there`() async throws {
            let demo = try await DemoShelf.shared.finished()
            #expect(!Canary.found([Canary.woman], in: demo.department("minzheng")).isEmpty)
            #expect(!Canary.found([Canary.school], in: demo.department("jiaoyu")).isEmpty)
            #expect(!Canary.found([Canary.phone], in: demo.department("jijinhui")).isEmpty)
            #expect(Canary.found(inText: #"{"name":"\u5f20\u6d4b\u7532"}"#) == [Canary.woman])
        }

        @Test func `no process says a sealed text`() async throws {
            let demo = try await DemoShelf.shared.finished()
            #expect(Canary.found(inText: demo.ended.everything).isEmpty)
            let folder = try TemporaryFolder()
            let copy = try demo.copied(into: folder)
            let serve = try Program.start(
                "serve", "--data", copy.hub, "--port", "\(try Port.free())", "--feed-port", "0")
            try await serve.says("/board")
            let served = try await serve.stop()
            #expect(served.status == 0)
            #expect(Canary.found(inText: served.everything).isEmpty)
        }
    }
}
