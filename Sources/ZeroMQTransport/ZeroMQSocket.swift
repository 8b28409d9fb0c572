import CZeroMQ
package import FoundationEssentials

/// One libzmq socket with every option that matters set and read back.
///
/// Not `Sendable`: libzmq's sockets belong to one thread. CURVE on every TCP endpoint; ZMTP heartbeats never, since
/// they abort the process on 4.3.4.
package final class ZeroMQSocket {
    /// What a socket is for.
    package enum Kind: Sendable {
        case publisher, subscriber, router, dealer

        var type: Int32 {
            switch self {
            case .publisher: ZMQ_PUB
            case .subscriber: ZMQ_SUB
            case .router: ZMQ_ROUTER
            case .dealer: ZMQ_DEALER
            }
        }
    }

    /// How a socket proves itself, and whom it lets in.
    package enum Security: Sendable {
        /// Lets in the keys that the ZAP handler knows for `domain`, and nobody else.
        case server(CurveKeyPair, domain: String)
        /// Believes only the hub with this public key of 32 bytes.
        case client(CurveKeyPair, serverKey: Data)
    }

    /// What became of a message.
    package enum SendOutcome: Hashable, Sendable {
        case sent
        /// The peer takes nothing more now.
        case wouldBlock
        /// Nobody has this routing id.
        case unreachable
    }

    /// What arrived: all frames, and whom CURVE ascribes it to.
    package struct Received: Sendable {
        package let frames: [Data]
        /// User-Id of the last frame; nothing must be treated as refused.
        package let userID: String?
    }

    /// ZMQ_ZAP_ENFORCE_DOMAIN: hidden as draft in the header, but accepted by Debian's build.
    private static let enforceDomain: Int32 = 93

    let handle: UnsafeMutableRawPointer
    private let context: ZeroMQContext
    private var isOpen = true

    /// Makes a socket.
    ///
    /// - Parameters:
    ///   - maximumMessage: Longest frame it takes, in bytes; longer ones end the connection.
    ///   - highWater: Messages kept for one peer before they are dropped or refused.
    /// - Throws: ``ZeroMQError``, also when an option does not read back as it was set.
    package init(
        _ kind: Kind, in context: ZeroMQContext, security: Security, maximumMessage: Int64, highWater: Int32 = 1000
    ) throws(ZeroMQError) {
        guard let handle = zmq_socket(context.handle, kind.type) else { throw .last("make socket") }
        self.handle = handle
        self.context = context
        do {
            try configure(kind, security, maximumMessage, highWater)
        } catch {
            close()
            throw error
        }
    }

    /// A socket for messages inside the process only.
    init(inProcess type: Int32, in context: ZeroMQContext) throws(ZeroMQError) {
        guard let handle = zmq_socket(context.handle, type) else { throw .last("make socket") }
        self.handle = handle
        self.context = context
        do {
            try set(ZMQ_LINGER, 0)
        } catch {
            close()
            throw error
        }
    }

    deinit { close() }

    /// Closes it at once; what was not sent yet is dropped.
    package func close() {
        guard isOpen else { return }
        isOpen = false
        zmq_close(handle)
    }

    // MARK: Options

    private func configure(_ kind: Kind, _ security: Security, _ maximumMessage: Int64, _ highWater: Int32)
        throws(ZeroMQError)
    {
        try set(ZMQ_LINGER, 0)
        try set(ZMQ_SNDHWM, highWater)
        try set(ZMQ_RCVHWM, highWater)
        try set(ZMQ_HANDSHAKE_IVL, 5000)
        try set(ZMQ_TCP_KEEPALIVE, 1)
        try set(ZMQ_TCP_KEEPALIVE_IDLE, 10)
        try set(ZMQ_TCP_KEEPALIVE_INTVL, 5)
        try set(ZMQ_TCP_KEEPALIVE_CNT, 3)
        try set(ZMQ_TCP_MAXRT, 15_000)
        try set(ZMQ_RECONNECT_IVL, 200)
        try set(ZMQ_RECONNECT_IVL_MAX, 10_000)
        var maximum = maximumMessage
        guard zmq_setsockopt(handle, ZMQ_MAXMSGSIZE, &maximum, MemoryLayout<Int64>.size) == 0 else {
            throw .last("set option \(ZMQ_MAXMSGSIZE)")
        }
        if kind == .router { try set(ZMQ_ROUTER_MANDATORY, 1, readBack: false) }
        switch security {
        case .server(let keys, let domain):
            try set(ZMQ_CURVE_SERVER, 1)
            try set(ZMQ_CURVE_SECRETKEY, keys.secretKey)
            try set(ZMQ_ZAP_DOMAIN, Data(domain.utf8))
            try set(Self.enforceDomain, 1)
        case .client(let keys, let serverKey):
            guard serverKey.count == 32 else { throw ZeroMQError("CURVE server key", code: EINVAL) }
            try set(ZMQ_CURVE_SERVERKEY, serverKey)
            try set(ZMQ_CURVE_PUBLICKEY, keys.publicKey)
            try set(ZMQ_CURVE_SECRETKEY, keys.secretKey)
        }
    }

    private func set(_ option: Int32, _ value: Int32, readBack: Bool = true) throws(ZeroMQError) {
        var value = value
        guard zmq_setsockopt(handle, option, &value, MemoryLayout<Int32>.size) == 0 else {
            throw .last("set option \(option)")
        }
        guard readBack else { return }
        guard try self.option(option) == value else {
            throw ZeroMQError("option \(option) reads back another value", code: EINVAL)
        }
    }

    private func set(_ option: Int32, _ bytes: Data) throws(ZeroMQError) {
        guard bytes.withUnsafeBytes({ zmq_setsockopt(handle, option, $0.baseAddress, $0.count) }) == 0 else {
            throw .last("set option \(option)")
        }
    }

    /// Reads a whole-number option.
    func option(_ option: Int32) throws(ZeroMQError) -> Int32 {
        var value: Int32 = 0
        var size = MemoryLayout<Int32>.size
        guard zmq_getsockopt(handle, option, &value, &size) == 0 else { throw .last("read option \(option)") }
        return value
    }

    /// Whether option 93 stands, without which CURVE lets everybody in as soon as the ZAP handler is gone.
    package func enforcesDomain() -> Bool {
        (try? option(Self.enforceDomain)) == 1
    }

    // MARK: Connections

    /// Binds, and says where: a port of 0 or `*` is replaced by the one taken.
    package func bind(_ endpoint: String) throws(ZeroMQError) -> String {
        guard zmq_bind(handle, endpoint) == 0 else { throw .last("bind \(endpoint)") }
        var text = [CChar](repeating: 0, count: 256)
        var size = text.count
        guard zmq_getsockopt(handle, ZMQ_LAST_ENDPOINT, &text, &size) == 0 else { throw .last("read endpoint") }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Connects, now or as soon as the other side is there.
    package func connect(_ endpoint: String) throws(ZeroMQError) {
        guard zmq_connect(handle, endpoint) == 0 else { throw .last("connect \(endpoint)") }
    }

    /// Asks for messages that begin with `topic`; at most 64 bytes, since 4.3.4 corrupts long ones.
    package func subscribe(_ topic: Data) throws(ZeroMQError) {
        guard topic.count <= 64 else { throw ZeroMQError("topic of \(topic.count) bytes", code: EINVAL) }
        try set(ZMQ_SUBSCRIBE, topic)
    }

    /// Lets libzmq do what waits inside this socket: new subscribers, closed connections.
    package func processEvents() {
        // Reading the option is what does it; the value is of no use on a socket that only sends.
        _ = try? option(ZMQ_EVENTS)
    }

    // MARK: Messages

    /// Sends all frames or none, never waiting.
    package func send(_ frames: [Data]) throws(ZeroMQError) -> SendOutcome {
        for (index, frame) in frames.enumerated() {
            let flags = ZMQ_DONTWAIT | (index + 1 < frames.count ? ZMQ_SNDMORE : 0)
            var sent: Int32
            repeat {
                sent = frame.withUnsafeBytes { zmq_send(handle, $0.baseAddress, $0.count, flags) }
            } while sent < 0 && zmq_errno() == EINTR
            guard sent < 0 else { continue }
            let code = zmq_errno()
            // libzmq decides about a message at its first frame.
            if index == 0, code == EAGAIN { return .wouldBlock }
            if index == 0, code == EHOSTUNREACH { return .unreachable }
            throw ZeroMQError("send", code: code)
        }
        return .sent
    }

    /// The next message, or nothing when none waits.
    package func receive() throws(ZeroMQError) -> Received? {
        let message = UnsafeMutablePointer<zmq_msg_t>.allocate(capacity: 1)
        defer { message.deallocate() }
        var frames: [Data] = []
        while true {
            zmq_msg_init(message)
            defer { zmq_msg_close(message) }
            var got: Int32
            repeat {
                got = zmq_msg_recv(message, handle, ZMQ_DONTWAIT)
            } while got < 0 && zmq_errno() == EINTR
            guard got >= 0 else {
                let code = zmq_errno()
                if code == EAGAIN, frames.isEmpty { return nil }
                throw ZeroMQError("receive", code: code)
            }
            let size = zmq_msg_size(message)
            frames.append(size == 0 ? Data() : Data(bytes: zmq_msg_data(message), count: size))
            if zmq_msg_more(message) == 0 {
                let user = zmq_msg_gets(message, "User-Id").map { String(cString: $0) }
                return Received(frames: frames, userID: user)
            }
        }
    }

    /// Watches this socket's connections.
    package func monitor() throws(ZeroMQError) -> ZeroMQMonitor {
        let endpoint = context.nextMonitorEndpoint()
        guard zmq_socket_monitor(handle, endpoint, ZeroMQMonitor.events) == 0 else { throw .last("monitor") }
        return try ZeroMQMonitor(endpoint: endpoint, context: context)
    }
}

@available(*, unavailable)
extension ZeroMQSocket: Sendable {}
