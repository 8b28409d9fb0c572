import EventSourcing
import Foundation
import HubServer

/// A copy of the finished demo, served again by a process of its own.
final class HubCopy {
    let folder: TemporaryFolder
    let demo: DemoRun
    let address: String
    private let serve: Program

    /// Copies the demo and serves it at free ports.
    init() async throws {
        folder = try TemporaryFolder()
        demo = try await DemoShelf.shared.finished().copied(into: folder)
        let port = try Port.free()
        serve = try Program.start(
            "serve", "--data", demo.hub, "--port", "\(port)", "--feed-port", "\(try Self.feedPort(of: demo))")
        address = "http://127.0.0.1:\(port)"
        try await serve.says("/board")
        try await serve.says("feed is ready")
    }

    func stop() async throws -> Program.Ended { try await serve.stop() }

    /// Runs a command that asks this hub as one of the centre's people.
    func ask(_ role: String, _ arguments: String...) async throws -> Program.Ended {
        try await Program.run(arguments + ["--json", "--hub", address, "--token-file", demo.token(role)])
    }

    func client(token: String) -> HubClient { HubClient(base: address, token: token) }

    func get(_ path: String, as role: String = "auditor") async throws -> HubClient.Answer {
        try await client(token: TokenFile.read(demo.token(role))).get(path)
    }

    /// The adapters have pinned the port the feed had.
    static func feedPort(of demo: DemoRun) throws -> Int {
        let sheet = try String(contentsOfFile: demo.department("jiaoyu") + "/hub-sheet.txt", encoding: .utf8)
        guard let range = sheet.firstRange(of: "tcp://127.0.0.1:"),
            let port = Int(sheet[range.upperBound...].prefix { $0.isNumber })
        else { throw Port.NotHad() }
        return port
    }
}
