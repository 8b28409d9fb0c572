import CZeroMQ
import FoundationEssentials

/// Tells what becomes of a socket's connections: after a refused key libzmq never tries again by itself.
package final class ZeroMQMonitor {
    /// What became of a connection.
    package enum Event: Hashable, Sendable {
        case connected, handshakeSucceeded, handshakeFailed, disconnected
    }

    static let events =
        ZMQ_EVENT_CONNECTED | ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_HANDSHAKE_FAILED_AUTH
        | ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL | ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL | ZMQ_EVENT_DISCONNECTED

    let socket: ZeroMQSocket

    init(endpoint: String, context: ZeroMQContext) throws(ZeroMQError) {
        socket = try ZeroMQSocket(inProcess: ZMQ_PAIR, in: context)
        try socket.connect(endpoint)
    }

    /// The next event, or nothing when none waits.
    package func next() throws(ZeroMQError) -> Event? {
        while let message = try socket.receive() {
            guard let first = message.frames.first, first.count >= 2 else { continue }
            // The event number stands in the machine's own byte order.
            let number = Int32(first.withUnsafeBytes { $0.loadUnaligned(as: UInt16.self) })
            switch number {
            case ZMQ_EVENT_CONNECTED: return .connected
            case ZMQ_EVENT_HANDSHAKE_SUCCEEDED: return .handshakeSucceeded
            case ZMQ_EVENT_DISCONNECTED: return .disconnected
            case ZMQ_EVENT_HANDSHAKE_FAILED_AUTH, ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL,
                ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL:
                return .handshakeFailed
            default: continue
            }
        }
        return nil
    }

    /// Stops watching.
    package func close() {
        socket.close()
    }
}

@available(*, unavailable)
extension ZeroMQMonitor: Sendable {}
