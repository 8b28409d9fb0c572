import CaseDesk
import DepartmentFeed
import EventSourcing
import FeedProtocol
import Foundation
import Glibc
import HubTesting
import Logging
import Testing

@testable import HubServer

/// Serve's side of the feed process: started, answered, started again, ended with serve.
@Suite(.timeLimit(.minutes(5))) struct FeedLinkTests {
    /// A hub with one department and nothing to tell it.
    private struct QuietSource: FeedSource {
        let department: DepartmentCode

        func subscribers() async throws(DeskError) -> [(department: DepartmentCode, transport: Data, head: UInt64)] {
            [(department, Data(repeating: 3, count: 32), 0)]
        }

        func entries(for department: DepartmentCode, after sequence: UInt64, credit: Int) async throws(DeskError)
            -> FeedBatch?
        { nil }

        func acknowledge(_ department: DepartmentCode, consumer: String, sequence: UInt64, chain: Data)
            async throws(DeskError) -> Bool
        { sequence == 1 }

        func carryOut(_ body: Data, from department: DepartmentCode) async -> LinkAnswer { .sealed(body) }
    }

    private let folder: URL
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "link-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func link(_ executable: String = "/bin/sh", _ arguments: [String] = []) throws -> FeedLink {
        var generator = SeededGenerator(seed: 1)
        let identity = LogIdentity(logID: generator.uniqueID(), epoch: generator.uniqueID(), isDemo: true)
        let clock = PushedClock()
        return FeedLink(
            source: QuietSource(department: try #require(DepartmentCode("jiaoyu"))),
            log: InMemoryEventLog(identity: identity, clock: clock), clock: clock,
            settings: FeedLinkSettings(executable: executable, arguments: arguments), logger: logger)
    }

    /// Runs the link until `body` has seen enough.
    private func running(_ link: FeedLink, until body: () async -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await link.run() }
            await body()
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    private func lines(_ name: String) -> Int {
        let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8)
        return text?.split(separator: "\n").count ?? 0
    }

    @Test func `a feed that dies is started again`() async throws {
        let link = try link("/bin/sh", ["-c", "echo x >> \(folder.path)/starts; exit 75"])
        try await running(link) { while lines("starts") < 3 { await Task.yield() } }
    }

    @Test func `shutdown closes the link, and the feed ends by itself`() async throws {
        let script = "echo x >> \(folder.path)/starts; cat <&3 >/dev/null; echo x >> \(folder.path)/ends"
        let link = try link("/bin/sh", ["-c", script])
        try await running(link) { while lines("starts") < 1 { await Task.yield() } }
        #expect(lines("ends") == lines("starts"))
    }

    @Test func `a program that is not there is said, tried again, and no hindrance to shutdown`() async throws {
        let link = try link("/nowhere/onedoor")
        try await running(link) {}
        #expect(link.ready == nil)
    }

    @Test func `the real feed gets its config, becomes ready, and ends with the link`() async throws {
        let secret = folder.appending(path: "feed.curve").path
        _ = try FeedSecret.make(at: secret)
        var ends: [Int32] = [-1, -1]
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        let feedEnd = ends[1]
        let serveEnd = ends[0]
        let link = try link()
        async let end: FeedEnd = withCheckedContinuation { continuation in
            Thread.detachNewThread { [logger] in
                continuation.resume(
                    returning: FeedProcess(link: feedEnd, secretPath: secret, logger: logger).run())
            }
        }
        await withTaskGroup(of: Void.self) { group in
            // How a link ends that is cancelled does not matter; that feed ends does.
            group.addTask { try? await link.talk(over: serveEnd) }
            while link.ready == nil { await Task.yield() }
            group.cancelAll()
        }
        #expect(link.ready?.serverKey.bytes.count == 32)
        #expect(link.ready?.controlEndpoint.hasPrefix("tcp://127.0.0.1:") == true)
        #expect(link.ready?.feedEndpoints["jiaoyu"] != nil)
        #expect(await end == .done)
    }

    @Test func `ports once taken are kept for the next feed`() throws {
        let jiaoyu = try #require(DepartmentCode("jiaoyu"))
        let gongan = try #require(DepartmentCode("gongan"))
        let ports = FeedPorts()
        var settings = FeedLinkSettings(executable: "", arguments: [])
        #expect(ports.control(settings) == 0 && ports.feed(of: jiaoyu, settings) == 0)
        ports.keep(
            LinkReady(
                serverKey: HexBytes(Data(count: 32)), controlEndpoint: "tcp://hub:7400",
                feedEndpoints: ["jiaoyu": "tcp://hub:7401"]))
        #expect(ports.control(settings) == 7400 && ports.feed(of: jiaoyu, settings) == 7401)
        settings.controlPort = 9000
        settings.firstFeedPort = 9001
        #expect(ports.control(settings) == 9000 && ports.feed(of: gongan, settings) == 9001)
    }
}
