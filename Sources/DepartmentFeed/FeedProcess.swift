import EventSourcing
import FeedProtocol
import FoundationEssentials
package import Logging
import ZeroMQTransport

/// What `onedoor feed` runs: relays sealed bytes between serve and the departments, and opens no database.
///
/// It holds one secret, the CURVE key. Whoever takes it over can neither read, forge nor answer.
package struct FeedProcess {
    private static let tickMilliseconds = 100
    private static let messagesATurn = 256

    private let link: Int32
    private let secretPath: String
    private let logger: Logger

    /// Takes the link to serve.
    ///
    /// - Parameters:
    ///   - link: A connected stream descriptor, 3 when serve started this process; closed at the end.
    ///   - secretPath: File of the CURVE secret.
    package init(link: Int32, secretPath: String, logger: Logger) {
        self.link = link
        self.secretPath = secretPath
        self.logger = logger
    }

    /// Runs on the calling thread until serve closes the link.
    ///
    /// - Returns: Why it ended; its exit code is the process's.
    package func run() -> FeedEnd {
        do throws(FeedEnd) {
            try serve()
            return .done
        } catch {
            if error.reason != .done {
                logger.error(
                    "feed ends",
                    metadata: ["field": "\(error.field)", "zh": "\(error.chinese)", "en": "\(error.english)"])
            }
            return error
        }
    }

    private func serve() throws(FeedEnd) {
        let channel = LinkChannel(descriptor: link)
        let keys = try FeedSecret.read(at: secretPath)
        let (config, rest) = try firstConfig(channel)
        let sockets = try FeedSockets(config: config, serverKeys: keys)
        defer { sockets.close() }
        try AdmissionTest.run(sockets, serverKey: keys.publicKey)
        var turn = Turn(
            relay: FeedRelay(config: config, feedEndpoints: sockets.feedEndpoints), sockets: sockets,
            channel: channel, serverKey: keys.publicKey, logger: logger)
        try turn.announce()
        for frame in rest { try turn.hear(frame) }
        logger.info(
            "feed is ready",
            metadata: [
                "control": "\(sockets.announcedControlEndpoint)", "departments": "\(config.departments.count)",
            ])
        let poller = ZeroMQPoller()
        while true {
            do throws(ZeroMQError) {
                try turn.wait(poller, milliseconds: Self.tickMilliseconds)
                try turn.hearDepartments(atMost: Self.messagesATurn)
            } catch {
                throw FeedEnd(.unsafe, field: "libzmq", chinese: "传输层故障", english: "\(error)")
            }
            try turn.hearServe()
            try turn.tick()
        }
    }

    /// The first frame must be a config of a version this program knows.
    private func firstConfig(_ channel: LinkChannel) throws(FeedEnd) -> (LinkConfig, [LinkFrame]) {
        let poller = ZeroMQPoller()
        while true {
            do throws(ZeroMQError) {
                _ = try poller.wait([.descriptor(channel.descriptor, alsoWritable: false)], milliseconds: 1000)
            } catch {
                throw FeedEnd(.unsafe, field: "libzmq", chinese: "传输层故障", english: "\(error)")
            }
            let (frames, isAtEnd) = try Turn.read(channel)
            if let first = frames.first {
                guard first.kind == .config else { throw Turn.foreign("link.kind") }
                return (try Turn.config(first.body), Array(frames.dropFirst()))
            }
            if isAtEnd { throw .done }
        }
    }
}
