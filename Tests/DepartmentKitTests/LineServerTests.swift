import DepartmentKit
import Foundation
import HubTesting
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Testing

/// A local socket whose service ends while somebody has just connected: NIO aborts the process when an accepted
/// connection is dropped before anybody took it.
@Suite(.timeLimit(.minutes(5)))
struct LineServerTests {
    private enum Ending: CaseIterable {
        case gracefulShutdown, cancellation
    }

    @Test(arguments: Ending.allCases)
    private func `a socket that ends closes every connection it has accepted`(_ ending: Ending) async throws {
        for round in 0..<40 {
            let place = try TemporaryFolder()
            let path = place.path + "/\(round).sock"
            let group = ServiceGroup(
                configuration: .init(
                    services: [.init(service: LineServer(path: path) { $0 })], logger: Logger(label: "test.socket")))
            let connections = try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                let connections = try await connect(16, to: path)
                switch ending {
                case .gracefulShutdown: await group.triggerGracefulShutdown()
                case .cancellation: tasks.cancelAll()
                }
                // A cancelled group ends with an error; that it ends is what matters.
                _ = await tasks.nextResult()
                return connections
            }
            for connection in connections { try await connection.closeFuture.get() }
        }
    }

    @Test func `a socket holds so many connections, closes a further one, and has room again when one ends`()
        async throws
    {
        let place = try TemporaryFolder()
        let path = place.path + "/bound.sock"
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: LineServer(path: path) { $0 })], logger: Logger(label: "test.socket")))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let all = try await connect(LineServer.mostConnections + 1, to: path)
            let (closings, closing) = AsyncStream.makeStream(of: Int.self)
            for (index, connection) in all.enumerated() {
                connection.closeFuture.whenComplete { _ in closing.yield(index) }
            }
            // They are set up on several loops at once, so that which of them is the one too many is the server's to say.
            var iterator = closings.makeAsyncIterator()
            let refused = try #require(await iterator.next())
            let held = all.indices.filter { $0 != refused }.map { all[$0] }
            for connection in held { #expect(connection.isActive) }
            try await held.first?.close()
            // The server learns of the end in its own time: until then a new one is closed again.
            while await (try? LineClient.ask(path, Data("room".utf8))) != Data("room".utf8) { await Task.yield() }
            for connection in held.dropFirst() { #expect(connection.isActive) }
            await group.triggerGracefulShutdown()
            try await tasks.next()
        }
    }

    /// Connects as soon as somebody listens, and asks nothing.
    private func connect(_ count: Int, to path: String) async throws -> [any Channel] {
        var connections: [any Channel] = []
        while connections.count < count {
            try Task.checkCancellation()
            let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            if let channel = try? await bootstrap.connect(unixDomainSocketPath: path).get() {
                connections.append(channel)
            } else {
                await Task.yield()
            }
        }
        return connections
    }
}
