import EventSourcing
import FeedProtocol
import Foundation
import Glibc
import Logging
import Testing
import ZeroMQTransport

@testable import DepartmentFeed

/// How a feed process refuses to start, or ends.
@Suite(.serialized, .timeLimit(.minutes(5))) struct FeedStartTests {
    private func end(of serve: ServeStub, secret: String? = nil) async throws -> FeedEnd {
        let process = FeedProcess(
            link: serve.feedEnd, secretPath: secret ?? serve.secretPath,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        return try await DedicatedThread.run(named: "feed") { process.run() }
    }

    @Test func `the end of the link is the end of the process`() async throws {
        let serve = try ServeStub(["jiaoyu"])
        serve.closeLink()
        #expect(try await end(of: serve) == .done)
    }

    @Test func `stop ends it properly`() async throws {
        let serve = try ServeStub(["jiaoyu"])
        serve.send(LinkFrame(.config, json: serve.config()))
        serve.send(LinkFrame(.stop))
        #expect(try await end(of: serve).exitCode == 0)
    }

    @Test func `an unknown version is exit 78, before anything else of it is read`() async throws {
        let serve = try ServeStub(["jiaoyu"])
        serve.send(LinkFrame(.config, body: Data(#"{"version":2,"other":"fields"}"#.utf8)))
        let end = try await end(of: serve)
        #expect(end.exitCode == 78)
        #expect(end.field == "config.version")
    }

    @Test func `what is no link is exit 78`() async throws {
        let serve = try ServeStub(["jiaoyu"])
        serve.send(LinkFrame(.doorbell, body: Data("{}".utf8)))
        #expect(try await end(of: serve).exitCode == 78)
    }

    @Test func `a secret that others may read, that is short or missing is exit 78 and names the file`() async throws {
        for change in ["mode", "length", "missing"] {
            let serve = try ServeStub(["jiaoyu"])
            switch change {
            case "mode": #expect(chmod(serve.secretPath, 0o644) == 0)
            case "length": #expect(truncate(serve.secretPath, 31) == 0)
            default: #expect(unlink(serve.secretPath) == 0)
            }
            serve.send(LinkFrame(.config, json: serve.config()))
            let end = try await end(of: serve)
            #expect(end.exitCode == 78)
            #expect(end.field == serve.secretPath)
        }
    }

    @Test func `a secret is made once, for its owner only`() throws {
        let serve = try ServeStub([])
        var information = stat()
        #expect(stat(serve.secretPath, &information) == 0)
        #expect(information.st_mode & 0o777 == 0o600)
        #expect(try FeedSecret.read(at: serve.secretPath).publicKey == serve.serverKeys.publicKey)
        #expect(throws: FeedEnd.self) { _ = try FeedSecret.make(at: serve.secretPath) }
    }

    @Test func `a taken port is exit 75 and names the address`() async throws {
        let serve = try ServeStub(["jiaoyu"])
        let context = try ZeroMQContext()
        let keys = try CurveKeyPair()
        let squatter = try ZeroMQSocket(
            .router, in: context, security: .server(keys, domain: "control"), maximumMessage: 1024)
        let endpoint = try squatter.bind("tcp://127.0.0.1:*")
        let port = try #require(endpoint.split(separator: ":").last.flatMap { UInt16($0) })
        serve.send(LinkFrame(.config, json: serve.config(controlPort: port)))
        let end = try await end(of: serve)
        #expect(end.exitCode == 75)
        #expect(end.field == endpoint)
        squatter.close()
    }
}
