import EventSourcing
import FeedProtocol
import FoundationEssentials
import Glibc
import Logging
import ZeroMQTransport

/// One turn of the feed's loop after the other: wait, hear departments, hear serve, tick.
struct Turn {
    private var relay: FeedRelay
    private let sockets: FeedSockets
    private let channel: LinkChannel
    private let serverKey: Data
    private let logger: Logger
    private var lastTick: Int64 = 0

    init(relay: FeedRelay, sockets: FeedSockets, channel: LinkChannel, serverKey: Data, logger: Logger) {
        self.relay = relay
        self.sockets = sockets
        self.channel = channel
        self.serverKey = serverKey
        self.logger = logger
    }

    /// Tells serve that every socket is bound and tested.
    func announce() throws(FeedEnd) {
        let ready = LinkReady(
            serverKey: HexBytes(serverKey), controlEndpoint: sockets.announcedControlEndpoint,
            feedEndpoints: Dictionary(
                sockets.feedEndpoints.map { ($0.key.description, $0.value) }, uniquingKeysWith: { first, _ in first }))
        guard channel.send(LinkFrame(.ready, json: ready)) else { throw .done }
    }

    func wait(_ poller: borrowing ZeroMQPoller, milliseconds: Int) throws(ZeroMQError) {
        var sources: [ZeroMQPoller.Source] = [
            .descriptor(channel.descriptor, alsoWritable: channel.wantsToWrite),
            .authentication(sockets.authentication),
        ]
        // While serve does not keep up, departments wait in their own queues.
        if !channel.isCongested { sources.append(.socket(sockets.router)) }
        _ = try poller.wait(sources, milliseconds: milliseconds)
        for decision in try sockets.authentication.answerWaiting() where decision.user == nil {
            logger.warning(
                "a key was refused", metadata: ["domain": "\(decision.domain)", "address": "\(decision.address)"])
        }
    }

    mutating func hearDepartments(atMost limit: Int) throws(ZeroMQError) {
        for _ in 0..<limit {
            guard !channel.isCongested, let message = try sockets.router.receive() else { return }
            // Nobody is somebody only by CURVE's word; without it, or without frames, there is nothing to answer.
            guard let user = message.userID, let department = DepartmentCode(user), let routing = message.frames.first
            else { continue }
            let frames = Array(message.frames.dropFirst())
            try perform(relay.hear(routing: routing, department: department, frames: frames, now: Self.now()))
        }
    }

    mutating func hearServe() throws(FeedEnd) {
        guard channel.flush() else { throw .done }
        let (frames, isAtEnd) = try Self.read(channel)
        for frame in frames { try hear(frame) }
        if isAtEnd { throw .done }
    }

    mutating func hear(_ frame: LinkFrame) throws(FeedEnd) {
        switch frame.kind {
        case .stop: throw .done
        case .config:
            let config = try Self.config(frame.body)
            try sockets.apply(config)
            relay.reconfigure(config, feedEndpoints: sockets.feedEndpoints)
            try announce()
        case .entries, .doorbell, .answer:
            try carryOut(relay.hear(frame, now: Self.now()))
        case .ready, .want, .acknowledge, .command:
            throw Self.foreign("link.kind")
        }
    }

    /// Ten times a second at most.
    mutating func tick() throws(FeedEnd) {
        let now = Self.now()
        guard now - lastTick >= 100 else { return }
        lastTick = now
        sockets.processEvents()
        try carryOut(relay.tick(now: now))
    }

    private mutating func carryOut(_ effects: [FeedRelay.Effect]) throws(FeedEnd) {
        do throws(ZeroMQError) {
            try perform(effects)
        } catch {
            throw FeedEnd(.unsafe, field: "libzmq", chinese: "传输层故障", english: "\(error)")
        }
    }

    private mutating func perform(_ effects: [FeedRelay.Effect]) throws(ZeroMQError) {
        for effect in effects {
            switch effect {
            case .publish(let department, let header, let body):
                try sockets.publish(department, header: header, body: body)
            case .send(let routing, let frames):
                switch try sockets.router.send([routing] + frames) {
                case .sent: break
                case .wouldBlock, .unreachable: relay.lost(routing: routing, now: Self.now())
                }
            case .link(let frame):
                // A closed link is noticed at the next read, which ends the process properly.
                _ = channel.send(frame)
            case .note(let text):
                logger.warning("\(text)")
            }
        }
    }

    // MARK: Reading

    static func read(_ channel: LinkChannel) throws(FeedEnd) -> (frames: [LinkFrame], isAtEnd: Bool) {
        do throws(FeedWireError) {
            return try channel.read()
        } catch {
            throw foreign("\(error)")
        }
    }

    static func config(_ body: Data) throws(FeedEnd) -> LinkConfig {
        struct Version: Decodable {
            let version: Int
        }
        // The version is read before anything else: a later one may have other fields.
        guard let version = try? EventJSON.decode(Version.self, from: body) else { throw foreign("config.version") }
        guard version.version == LinkConfig.version else {
            throw FeedEnd(
                .configuration, field: "config.version", chinese: "与主程序版本不符",
                english:
                    "serve speaks link version \(version.version), this program \(LinkConfig.version): install one version"
            )
        }
        do throws(FeedWireError) {
            return try ControlJSON.decode(LinkConfig.self, from: body)
        } catch {
            throw foreign("config: \(error)")
        }
    }

    static func foreign(_ field: String) -> FeedEnd {
        FeedEnd(
            .configuration, field: field, chinese: "对端不是本版本的主程序",
            english: "what is at the other end of the link is not serve of this version")
    }

    static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
