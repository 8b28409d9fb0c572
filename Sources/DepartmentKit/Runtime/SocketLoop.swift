import CSupport
import EventSourcing
import FeedProtocol
import FoundationEssentials
import Glibc
import Logging
import ZeroMQTransport

/// The adapter's sockets and the engine that decides about them, on one thread of its own.
///
/// Not `Sendable`: libzmq's sockets stay where they were made.
final class SocketLoop {
    /// Longest message of the hub: one large entry and its header.
    private static let maximumMessage: Int64 = 8 << 20
    private static let messagesATurn = 64
    private static let tickMilliseconds = 100

    private var engine: AdapterEngine
    private let sheet: HandOverSheet
    private let keys: CurveKeyPair
    private let inbox: Mailbox<AdapterRuntime.Wish>
    private let desk: AnswerDesk
    /// Queues the word of what has arrived; says whether there was anything to say.
    private let confirm: (Instant) -> Bool
    private let logger: Logger
    private let context: ZeroMQContext
    private let poller = ZeroMQPoller()
    private var control: Connection?
    private var feed: Connection?
    private var stopped: AdapterFault?
    private var lastReport: (code: String, at: Int64)?

    private struct Connection {
        let socket: ZeroMQSocket
        let monitor: ZeroMQMonitor

        func close() {
            monitor.close()
            socket.close()
        }
    }

    init(
        engine: AdapterEngine, sheet: HandOverSheet, keys: CurveKeyPair, inbox: Mailbox<AdapterRuntime.Wish>,
        desk: AnswerDesk, confirm: @escaping (Instant) -> Bool, logger: Logger
    ) throws(ZeroMQError) {
        self.engine = engine
        self.sheet = sheet
        self.keys = keys
        self.inbox = inbox
        self.desk = desk
        self.confirm = confirm
        self.logger = logger
        context = try ZeroMQContext()
    }

    /// Runs until told to stop.
    ///
    /// - Returns: Nothing after a wish to stop; why, when a person must look.
    func run() throws(ZeroMQError) -> AdapterFault? {
        defer { close() }
        try step(.start)
        while stopped == nil {
            try wait()
            for wish in inbox.take() {
                switch wish {
                case .send: try step(.queued)
                case .stop:
                    try goodbye()
                    return nil
                }
            }
            try hear(control) { .control($0) }
            try hear(feed) { .feed($0) }
            try watch(control)
            try watch(feed)
            try step(.tick)
            desk.update(engine.status, now: Self.now())
        }
        desk.update(engine.status, now: Self.now())
        return stopped
    }

    static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    private func wait() throws(ZeroMQError) {
        var sources: [ZeroMQPoller.Source] = [.descriptor(inbox.descriptor, alsoWritable: false)]
        for connection in [control, feed] {
            guard let connection else { continue }
            sources.append(.socket(connection.socket))
            sources.append(.monitor(connection.monitor))
        }
        _ = try poller.wait(sources, milliseconds: Self.tickMilliseconds)
    }

    private func hear(
        _ connection: Connection?, _ input: ([Data]) -> AdapterEngine.Input
    ) throws(ZeroMQError) {
        guard let connection else { return }
        for _ in 0..<Self.messagesATurn {
            // What was heard may have closed this very socket.
            guard connection.socket === control?.socket || connection.socket === feed?.socket,
                let message = try connection.socket.receive()
            else { return }
            try step(input(message.frames))
        }
    }

    private func watch(_ connection: Connection?) throws(ZeroMQError) {
        guard let connection else { return }
        while connection.socket === control?.socket || connection.socket === feed?.socket,
            let event = try connection.monitor.next()
        {
            switch event {
            case .handshakeFailed: try step(.handshakeRefused)
            case .connected, .handshakeSucceeded, .disconnected: break
            }
        }
    }

    private func step(_ input: AdapterEngine.Input) throws(ZeroMQError) {
        for action in engine.step(input, now: Self.now()) {
            switch action {
            case .openControl:
                control?.close()
                control = try connect(.dealer, to: sheet.controlEndpoint, topic: nil)
            case .openFeed(let endpoint):
                feed?.close()
                feed = try connect(.subscriber, to: endpoint, topic: FeedScope.topic(of: sheet.department))
            case .close: close()
            case .send(let message):
                // What cannot be sent now is missed like a lost message: every request has its own time limit.
                _ = try control?.socket.send(message.frames)
            case .confirm(let instant):
                if confirm(instant) { try step(.queued) }
            case .settled(let command):
                desk.settle(command)
            case .report(let fault): report(fault)
            case .stop(let fault):
                report(fault)
                stopped = fault
            }
        }
    }

    private func connect(
        _ kind: ZeroMQSocket.Kind, to endpoint: String, topic: Data?
    ) throws(ZeroMQError) -> Connection? {
        do {
            let socket = try ZeroMQSocket(
                kind, in: context, security: .client(keys, serverKey: sheet.serverKey),
                maximumMessage: Self.maximumMessage)
            let monitor = try socket.monitor()
            if let topic { try socket.subscribe(topic) }
            try socket.connect(endpoint)
            return Connection(socket: socket, monitor: monitor)
        } catch {
            guard error.code == EINVAL || error.code == ENODEV else { throw error }
            // A host that does not resolve comes back: the machine tries again after its time limit.
            report(
                AdapterFault(
                    .unreachable, code: "feed.endpoint", field: endpoint, chinese: "无法连接该地址,将继续尝试",
                    english: "this address cannot be connected to; still trying",
                    remedy: "核对交接单上的地址和网络 / check the address on the sheet, and the network"))
            return nil
        }
    }

    private func goodbye() throws(ZeroMQError) {
        _ = try control?.socket.send(ControlMessage(.bye, request: 0).frames)
    }

    private func close() {
        control?.close()
        feed?.close()
        control = nil
        feed = nil
    }

    /// The same trouble again within a minute is not worth another line.
    private func report(_ fault: AdapterFault) {
        let now = Self.now()
        if let lastReport, lastReport.code == fault.code, now - lastReport.at < 60_000 { return }
        lastReport = (fault.code, now)
        logger.error(
            "\(fault.chinese) / \(fault.english)",
            metadata: ["code": "\(fault.code)", "field": "\(fault.field)", "remedy": "\(fault.remedy)"])
    }
}

@available(*, unavailable)
extension SocketLoop: Sendable {}
