package import FoundationEssentials
import NIOCore
import NIOPosix

/// Asks a ``LineServer``.
package enum LineClient {
    /// Sends one line and waits for the answer.
    ///
    /// - Parameter line: JSON without line ends.
    /// - Throws: ``LineError/noAnswer(_:)`` when nobody listens or they go away first.
    package static func ask(_ path: String, _ line: Data) async throws(LineError) -> Data {
        precondition(!line.contains(UInt8(ascii: "\n")), "a question is one line")
        do {
            let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connect(unixDomainSocketPath: path) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
            return try await channel.executeThenClose { inbound, outbound in
                try await outbound.write(ByteBuffer(bytes: line + [UInt8(ascii: "\n")]))
                var answer: [UInt8] = []
                for try await buffer in inbound {
                    answer.append(contentsOf: buffer.readableBytesView)
                    if let end = answer.firstIndex(of: UInt8(ascii: "\n")) { return Data(answer[..<end]) }
                    guard answer.count <= LineServer.longestLine else { break }
                }
                throw LineError.noAnswer(path)
            }
        } catch {
            throw .noAnswer(path)
        }
    }

    /// Whether somebody listens at a path.
    static func isAnswered(_ path: String) async -> Bool {
        guard
            let channel = try? await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connect(unixDomainSocketPath: path).get()
        else { return false }
        try? await channel.close()
        return true
    }
}
