import FoundationEssentials
import Testing
import ZeroMQTransport

/// A hub's sockets and its clients on one thread, so that a test needs no timing beyond "until".
final class TransportBench {
    let hubContext: ZeroMQContext
    let clientContext: ZeroMQContext
    let zap: ZAPHandler
    let serverKeys: CurveKeyPair
    var decisions: [ZAPHandler.Decision] = []

    init(domains: [String: [Data: String]]) throws {
        hubContext = try ZeroMQContext()
        clientContext = try ZeroMQContext()
        serverKeys = try CurveKeyPair()
        zap = try ZAPHandler(in: hubContext, registry: ZAPRegistry(domains: domains))
    }

    func server(_ kind: ZeroMQSocket.Kind, domain: String) throws -> (socket: ZeroMQSocket, endpoint: String) {
        let socket = try ZeroMQSocket(
            kind, in: hubContext, security: .server(serverKeys, domain: domain), maximumMessage: 64 << 10)
        return (socket, try socket.bind("tcp://127.0.0.1:*"))
    }

    func client(_ kind: ZeroMQSocket.Kind, _ keys: CurveKeyPair, to endpoint: String) throws -> ZeroMQSocket {
        let socket = try ZeroMQSocket(
            kind, in: clientContext, security: .client(keys, serverKey: serverKeys.publicKey),
            maximumMessage: 8 << 20)
        if kind == .subscriber { try socket.subscribe(Data()) }
        try socket.connect(endpoint)
        return socket
    }

    /// Answers ZAP and calls `done` until it is true or 10 s have gone.
    func pump(until done: () throws -> Bool) throws -> Bool {
        let poller = ZeroMQPoller()
        let end = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < end {
            if try done() { return true }
            _ = try poller.wait([.authentication(zap)], milliseconds: 5)
            decisions += try zap.answerWaiting()
        }
        return false
    }
}
