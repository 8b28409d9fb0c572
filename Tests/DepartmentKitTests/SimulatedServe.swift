import CSupport
import Crypto
import DepartmentFeed
import DepartmentKit
import EventSourcing
import FeedProtocol
import Foundation
import Glibc
import HubTesting
import Logging
import NIOConcurrencyHelpers
import ZeroMQTransport

/// A feed process in this one, over real sockets, with a made-up serve behind it.
///
/// `feed` runs on a thread of its own, as serve's answers do; both end when the link is closed.
final class SimulatedServe: Sendable {
    private let hub: NIOLockedValueBox<TestHub>
    private let descriptor: Int32
    let ready: LinkReady
    let folder: TemporaryFolder

    /// Starts the feed and waits until its sockets are bound.
    init(_ hub: TestHub, enrolled: [Data]? = nil) async throws {
        folder = try TemporaryFolder()
        var ends: [Int32] = [-1, -1]
        guard csupport_socketpair(&ends) == 0 else { throw POSIXError(.EMFILE) }
        descriptor = ends[0]
        let secret = folder.path + "/feed.curve"
        _ = try FeedSecret.make(at: secret)
        self.hub = NIOLockedValueBox(hub)
        let feedEnd = ends[1]
        var logger = Logger(label: "test.feed")
        logger.logLevel = .critical
        let feedLogger = logger
        Self.detach("test-feed") {
            _ = FeedProcess(link: feedEnd, secretPath: secret, logger: feedLogger).run()
        }
        let keys = enrolled ?? [hub.secrets.transport.publicKey.rawRepresentation]
        Self.send(
            LinkFrame(
                .config,
                json: LinkConfig(
                    logId: SliceScript.logID, epoch: hub.epoch, demo: true, bindAddress: "127.0.0.1",
                    announcedHost: "127.0.0.1", controlPort: 0,
                    departments: [
                        .init(
                            code: hub.department, curveKeys: keys.map { HexBytes($0) }, port: 0,
                            headSeq: UInt64(hub.head))
                    ], headPosition: Position(UInt64(hub.head) * 3), civilTime: hub.civilTime)), on: descriptor)
        let link = descriptor
        let box = self.hub
        ready = await withCheckedContinuation { continuation in
            Self.detach("test-serve") { Self.serve(link, box, continuation) }
        }
    }

    deinit {
        // End of file is how serve tells its feed to end; the serving thread then sees it too.
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    var sheet: HandOverSheet {
        let printed = hub.withLockedValue { $0.sheet }
        return HandOverSheet(
            department: printed.department, logID: printed.logID, controlEndpoint: ready.controlEndpoint,
            serverKey: ready.serverKey.bytes, signingKey: printed.signingKey, commandKey: printed.commandKey)
    }

    /// Lets the feed grow, or changes what the hub does, and rings the doorbell.
    func change(_ body: (inout TestHub) -> Void) {
        let bell = hub.withLockedValue { hub in
            body(&hub)
            return LinkDoorbell(
                headPosition: Position(UInt64(hub.head) * 3), civilTime: hub.civilTime,
                heads: [hub.department: UInt64(hub.head)])
        }
        Self.send(LinkFrame(.doorbell, json: bell), on: descriptor)
    }

    var received: [SignedCommand] { hub.withLockedValue { $0.commands } }
    var acknowledged: [UInt64] { hub.withLockedValue { $0.acknowledged } }

    private static func serve(
        _ link: Int32, _ hub: NIOLockedValueBox<TestHub>, _ isReady: CheckedContinuation<LinkReady, Never>
    ) {
        var waiting: CheckedContinuation<LinkReady, Never>? = isReady
        var decoder = LinkFrameDecoder()
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(link, &bytes, bytes.count)
            guard count > 0 else { break }
            decoder.append(bytes.prefix(count))
            while let frame = try? decoder.next() {
                if frame.kind == .ready, let ready = try? ControlJSON.decode(LinkReady.self, from: frame.body) {
                    waiting?.resume(returning: ready)
                    waiting = nil
                }
                if let reply = hub.withLockedValue({ try? $0.reply(to: frame) }) { send(reply, on: link) }
            }
        }
        close(link)
    }

    private static func send(_ frame: LinkFrame, on descriptor: Int32) {
        let bytes = Array(frame.bytes)
        _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    private static func detach(_ name: String, _ body: @escaping @Sendable () -> Void) {
        let thread = Thread(block: body)
        thread.name = name
        thread.start()
    }
}

extension TestHub {
    /// What serve says to one frame of its feed.
    mutating func reply(to frame: LinkFrame) throws -> LinkFrame? {
        switch frame.kind {
        case .want:
            let want = try ControlJSON.decode(LinkWant.self, from: frame.body)
            let last = min(head, Int(want.after) + want.credit)
            let body = Int(want.after) < last ? try batch(Int(want.after) + 1, last).joined : Data()
            return LinkFrame(.entries, correlation: frame.correlation, body: body)
        case .acknowledge:
            let said = try ControlJSON.decode(LinkAcknowledge.self, from: frame.body)
            let isOurs = said.chain.bytes == script.entries[Int(said.seq) - 1].chain
            if isOurs { note(acknowledged: said.seq) }
            let answer: LinkAnswer = isOurs ? .acknowledged : .refused(.forked)
            return LinkFrame(.answer, correlation: frame.correlation, body: answer.bytes)
        case .command:
            let body = try LinkCommand(bytes: frame.body).body
            let answer: LinkAnswer = try sealedAnswer(to: body).map { .sealed($0) } ?? .busy(retryMilliseconds: 100)
            return LinkFrame(.answer, correlation: frame.correlation, body: answer.bytes)
        case .config, .entries, .doorbell, .answer, .stop, .ready:
            return nil
        }
    }
}
