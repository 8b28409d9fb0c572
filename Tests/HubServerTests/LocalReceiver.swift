import Foundation
import HubTesting
import Hummingbird
import Logging
import NIOConcurrencyHelpers
import NIOCore
import ServiceLifecycle
import Testing

/// A web server of this machine that takes what is sent to `/hook` and keeps it.
enum LocalReceiver {
    /// One request as it came.
    struct Received: Sendable {
        let headers: [String: String]
        let body: Data
    }

    /// Runs something beside a receiver that answers with one status, and with the address of a redirect.
    static func answering(
        _ status: HTTPResponse.Status,
        _ body: @escaping @Sendable (_ base: String, _ got: NIOLockedValueBox<[Received]>) async throws -> Void
    ) async throws {
        let got = NIOLockedValueBox<[Received]>([])
        let router = Router()
        router.post("/hook") { request, _ in
            var headers: [String: String] = [:]
            for field in request.headers { headers[field.name.canonicalName] = field.value }
            let bytes = try await request.body.collect(upTo: 100_000)
            got.withLockedValue { $0.append(Received(headers: headers, body: Data(bytes.readableBytesView))) }
            return Response(status: status, headers: [.location: "/elsewhere"])
        }
        router.post("/elsewhere") { _, _ in
            got.withLockedValue { $0.append(Received(headers: [:], body: Data())) }
            return Response(status: .ok)
        }
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) },
            logger: logger)
        // Stopped gracefully: a server of NIO that is cancelled while a connection comes in is a trap.
        let service = ServiceGroup(configuration: .init(services: [application], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await service.run() }
            var iterator = ports.makeAsyncIterator()
            let number = try #require(await iterator.next())
            let outcome: Result<Void, any Error>
            do {
                outcome = .success(try await body("http://127.0.0.1:\(number)", got))
            } catch {
                outcome = .failure(error)
            }
            await service.triggerGracefulShutdown()
            try await group.waitForAll()
            try outcome.get()
        }
    }

    /// Starts something again and again beside another of its kind, and cancels it when that one has ended: by then it
    /// is about to be answered, is being answered, or has been.
    ///
    /// Cancelled, it may fail; that it ends is what is asked.
    static func cancelledInFlight(rounds: Int, _ attempt: @escaping @Sendable () async throws -> Void) async throws {
        var generator = SeededGenerator.printed()
        for _ in 0..<rounds {
            let others = Int.random(in: 1...4, using: &generator)
            await withTaskGroup(of: Void.self) { group in
                for _ in 0...others { group.addTask { try? await attempt() } }
                await group.next()
                group.cancelAll()
            }
        }
    }
}
