import FeedProtocol
import FoundationEssentials
import ZeroMQTransport

/// Proves at every start that strangers stay out, before anybody is told that the feed is ready.
///
/// Without a live ZAP handler libzmq 4.3.4 lets every key in, and says nothing.
struct AdmissionTest {
    private static let limit = Duration.seconds(10)

    /// Connects to every socket with a key nobody knows and with one that is good elsewhere.
    ///
    /// - Throws: ``FeedEnd`` `unsafe` naming the socket that let one in, or gave no answer in 10 s.
    static func run(_ sockets: FeedSockets, serverKey: Data) throws(FeedEnd) {
        guard sockets.allEnforceDomains else {
            throw FeedEnd(
                .unsafe, field: "option 93", chinese: "准入域未生效", english: "a socket does not enforce its ZAP domain")
        }
        do {
            let stranger = try CurveKeyPair()
            let elsewhere = try CurveKeyPair()
            sockets.authentication.registry.domains[FeedSockets.testDomain] = [elsewhere.publicKey: "selftest"]
            defer { sockets.authentication.registry.domains[FeedSockets.testDomain] = nil }
            for (domain, endpoint) in sockets.bound {
                for keys in [stranger, elsewhere] {
                    guard try isRefused(keys, at: reachable(endpoint), sockets, serverKey) else {
                        throw FeedEnd(
                            .unsafe, field: domain, chinese: "自检失败：陌生密钥未被拒绝",
                            english: "the self-test failed: an unknown key was not refused")
                    }
                }
            }
        } catch let end as FeedEnd {
            throw end
        } catch {
            throw FeedEnd(.unsafe, field: "self-test", chinese: "自检失败", english: "the self-test failed: \(error)")
        }
    }

    private static func isRefused(
        _ keys: CurveKeyPair, at endpoint: String, _ sockets: FeedSockets, _ serverKey: Data
    ) throws -> Bool {
        // A context of its own: what is in the server's context would share its ZAP handler.
        let context = try ZeroMQContext()
        let socket = try ZeroMQSocket(
            .dealer, in: context, security: .client(keys, serverKey: serverKey), maximumMessage: 1024)
        let monitor = try socket.monitor()
        try socket.connect(endpoint)
        defer {
            monitor.close()
            socket.close()
        }
        let poller = ZeroMQPoller()
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end {
            _ = try poller.wait(
                [.authentication(sockets.authentication), .monitor(monitor)], milliseconds: 100)
            _ = try sockets.authentication.answerWaiting()
            while let event = try monitor.next() {
                switch event {
                case .handshakeFailed: return true
                case .handshakeSucceeded: return false
                case .connected, .disconnected: continue
                }
            }
        }
        return false
    }

    /// A socket bound to every address is reached over loopback.
    private static func reachable(_ endpoint: String) -> String {
        guard let port = endpoint.split(separator: ":").last, endpoint.hasPrefix("tcp://0.0.0.0:") else {
            return endpoint
        }
        return "tcp://127.0.0.1:\(port)"
    }
}
