package import FoundationEssentials
import NIOCore
import NIOPosix
import ServiceLifecycle

#if canImport(Glibc)
    import Glibc
#endif

/// Answers JSON lines on a Unix socket that only the owner may use: one line asks, one line answers.
package struct LineServer: Service {
    /// Longest line either way, in bytes; a longer one ends its connection.
    package static let longestLine = 1 << 20
    /// Connections held at once, from a department's own programs.
    ///
    /// A further one is closed before anything of it is read.
    package static let mostConnections = 64

    private let path: String
    private let answer: @Sendable (Data) async -> Data

    /// - Parameters:
    ///   - path: Place of the socket; its folder must exist and be the owner's alone.
    ///   - answer: Called with each line without its end; its result is sent with one.
    package init(path: String, answer: @escaping @Sendable (Data) async -> Data) {
        self.path = path
        self.answer = answer
    }

    /// Serves until graceful shutdown or cancellation.
    ///
    /// - Throws: ``LineError/inUse(_:)`` when somebody answers there already, ``LineError/cannotListen(_:)`` otherwise.
    package func run() async throws {
        if await LineClient.isAnswered(path) { throw LineError.inUse(path) }
        let open = OpenConnections(most: Self.mostConnections)
        let server: NIOAsyncChannel<any Channel, Never>
        do {
            server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .childChannelOption(.autoRead, value: false)
                .bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true) { channel in
                    open.insert(channel)
                    return channel.eventLoop.makeSucceededFuture(channel)
                }
        } catch {
            throw LineError.cannotListen(path)
        }
        defer { open.closeAll() }
        guard chmod(path, 0o600) == 0 else {
            try? await server.channel.close()
            throw LineError.cannotListen(path)
        }
        defer { unlink(path) }
        try await server.executeThenClose { connections in
            await withDiscardingTaskGroup { group in
                do {
                    for try await connection in connections.cancelOnGracefulShutdown() {
                        group.addTask { await Self.serve(connection, with: answer) }
                    }
                } catch {
                    // The listening socket is gone; those connected are still answered.
                }
                group.cancelAll()
            }
        }
    }

    private static func serve(
        _ channel: any Channel, with answer: @Sendable (Data) async -> Data
    ) async {
        // Read only from here on: what arrived before the handler stands would be lost.
        let wrapping = channel.eventLoop.submit {
            let connection = try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            try channel.syncOptions?.setOption(.autoRead, value: true)
            return connection
        }
        guard let connection = try? await wrapping.get() else { return }
        // A peer that goes away in the middle ends its own connection only.
        try? await connection.executeThenClose { inbound, outbound in
            var waiting: [UInt8] = []
            for try await buffer in inbound {
                waiting.append(contentsOf: buffer.readableBytesView)
                guard waiting.count <= longestLine else { return }
                while let end = waiting.firstIndex(of: UInt8(ascii: "\n")) {
                    let line = Data(waiting[..<end])
                    waiting.removeSubrange(...end)
                    let reply = await answer(line)
                    try await outbound.write(ByteBuffer(bytes: reply + [UInt8(ascii: "\n")]))
                }
            }
        }
    }
}

/// What can go wrong with a local socket.
package enum LineError: Error, Hashable, Sendable {
    /// Somebody already listens there.
    case inUse(String)
    /// The folder is missing, read-only, or the path is too long (107 bytes).
    case cannotListen(String)
    /// Nobody listens there, or they went away before answering.
    case noAnswer(String)
}

extension AdapterFault {
    /// Why the local socket cannot be had.
    package init(_ error: LineError) {
        switch error {
        case .inUse(let path):
            self.init(
                .tryAgain, code: "socket.inUse", field: path, chinese: "另一个进程已在该套接字上应答",
                english: "somebody answers on this socket already", remedy: "先停止它 / stop it first")
        case .cannotListen(let path):
            self.init(
                .cannotCreate, code: "socket.cannotListen", field: path, chinese: "无法建立本地套接字",
                english: "the local socket cannot be made",
                remedy: "目录须可写且路径不超过 107 字节 / the folder must be writable, the path at most 107 bytes")
        case .noAnswer(let path):
            self.init(
                .unreachable, code: "socket.noAnswer", field: path, chinese: "没有进程应答",
                english: "nobody answers on this socket", remedy: "先启动适配器 / start the adapter first")
        }
    }
}
