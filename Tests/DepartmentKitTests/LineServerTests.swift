import DepartmentKit
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
