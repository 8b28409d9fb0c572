import CaseDesk
import EventSourcing
import FeedProtocol
import FoundationEssentials
import Logging

/// Serve's side of one running feed process: what it was told, and answers to what it asks.
actor FeedLinkSession {
    private let source: any FeedSource
    private let log: any EventLog
    private let clock: any CivilClock
    private let settings: FeedLinkSettings
    private let ports: FeedPorts
    private let logger: Logger
    private let send: @Sendable (LinkFrame) async throws -> Void
    /// Departments and keys of the last config.
    private var told: [DepartmentCode: Data] = [:]
    private var isConfigured = false

    init(
        source: any FeedSource, log: any EventLog, clock: any CivilClock, settings: FeedLinkSettings, ports: FeedPorts,
        logger: Logger, send: @escaping @Sendable (LinkFrame) async throws -> Void
    ) {
        self.source = source
        self.log = log
        self.clock = clock
        self.settings = settings
        self.ports = ports
        self.logger = logger
        self.send = send
    }

    /// Tells feed how far everything is; a changed list of departments or keys goes first.
    ///
    /// A hub that cannot be read now says nothing: the next doorbell comes within a second.
    func ring() async throws {
        guard let known = try? await source.subscribers(), let head = try? await log.head() else { return }
        let listed = Dictionary(known.map { ($0.department, $0.transport) }, uniquingKeysWith: { first, _ in first })
        if !isConfigured || listed != told {
            isConfigured = true
            told = listed
            let config = LinkConfig(
                logId: log.identity.logID, epoch: log.identity.epoch, demo: log.identity.isDemo,
                bindAddress: settings.bindAddress, announcedHost: settings.announcedHost,
                controlPort: ports.control(settings),
                departments: known.map {
                    LinkConfig.Department(
                        code: $0.department, curveKeys: [HexBytes($0.transport)],
                        port: ports.feed(of: $0.department, settings), headSeq: $0.head)
                }, headPosition: head.position, civilTime: clock.now())
            try await send(LinkFrame(.config, json: config))
            return
        }
        let heads = Dictionary(known.map { ($0.department, $0.head) }, uniquingKeysWith: max)
        let bell = LinkDoorbell(headPosition: head.position, civilTime: clock.now(), heads: heads)
        try await send(LinkFrame(.doorbell, json: bell))
    }

    /// Answers one frame of feed.
    ///
    /// Feed is not trusted: what it says about departments only chooses whose sealed bytes it gets.
    nonisolated func answer(_ frame: LinkFrame) async throws {
        switch frame.kind {
        case .ready:
            guard let ready = try? ControlJSON.decode(LinkReady.self, from: frame.body) else { return malformed(frame) }
            ports.keep(ready)
            logger.info("feed is ready", metadata: ["control": "\(ready.controlEndpoint)"])
        case .want:
            guard let want = try? ControlJSON.decode(LinkWant.self, from: frame.body) else { return malformed(frame) }
            let batch = try? await source.entries(for: want.feed, after: want.after, credit: want.credit)
            try await send(LinkFrame(.entries, correlation: frame.correlation, body: batch?.joined ?? Data()))
        case .acknowledge:
            guard let body = try? ControlJSON.decode(LinkAcknowledge.self, from: frame.body) else {
                return malformed(frame)
            }
            try await reply(await acknowledge(body), to: frame)
        case .command:
            guard let command = try? LinkCommand(bytes: frame.body) else { return malformed(frame) }
            try await reply(await source.carryOut(command.body, from: command.department), to: frame)
        case .config, .entries, .doorbell, .answer, .stop:
            malformed(frame)
        }
    }

    private nonisolated func acknowledge(_ body: LinkAcknowledge) async -> LinkAnswer {
        do throws(DeskError) {
            let isOurs = try await source.acknowledge(
                body.feed, consumer: body.consumer, sequence: body.seq, chain: body.chain.bytes)
            if isOurs { return .acknowledged }
            logger.error(
                "a department's copy is not of this log",
                metadata: ["department": "\(body.feed)", "sequence": "\(body.seq)"])
            return .refused(.forked)
        } catch {
            return .busy(retryMilliseconds: 1000)
        }
    }

    private nonisolated func reply(_ answer: LinkAnswer, to frame: LinkFrame) async throws {
        try await send(LinkFrame(.answer, correlation: frame.correlation, body: answer.bytes))
    }

    private nonisolated func malformed(_ frame: LinkFrame) {
        logger.error("feed sent a frame that cannot be read", metadata: ["kind": "\(frame.kind.rawValue)"])
    }
}
