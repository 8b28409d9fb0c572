package import EventSourcing
package import FeedProtocol
import FoundationEssentials
package import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Runs the feed process and answers it, for as long as serve runs; a feed that dies is started again.
package final class FeedLink: Service {
    /// Questions answered at the same time; more wait in the link.
    private static let underWay = 16
    private static let slowest: Int64 = 10_000

    private let source: any FeedSource
    private let log: any EventLog
    private let clock: any CivilClock
    private let settings: FeedLinkSettings
    private let logger: Logger
    private let ports = FeedPorts()

    /// Joins the hub's feed desk and log with a feed process that ``run()`` starts.
    package init(
        source: any FeedSource, log: any EventLog, clock: any CivilClock, settings: FeedLinkSettings, logger: Logger
    ) {
        self.source = source
        self.log = log
        self.clock = clock
        self.settings = settings
        self.logger = logger
    }

    /// Where departments reach the feed; nothing until it was ready once.
    package var ready: LinkReady? { ports.ready }

    /// Starts feed, answers it, and starts it again with a growing pause, until shutdown.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var failures: Int64 = 0
            while !Task.isCancelled {
                let began = ContinuousClock.now
                let end = await self.runOnce()
                if Task.isCancelled { return }
                // A feed that ran for a while did not fail at the same thing again.
                failures = ContinuousClock.now - began > .seconds(30) ? 0 : failures + 1
                let pause = min(Self.slowest, 100 << min(failures, 7))
                self.logger.error(
                    "feed ended; it is started again", metadata: ["how": "\(end)", "pause": "\(pause) ms"])
                try? await FeedClock.wait(milliseconds: pause)
            }
        }
    }

    /// Runs one feed process to its end.
    private func runOnce() async -> String {
        let child: FeedChild
        do throws(CommandFailure) {
            child = try FeedChild(settings.executable, settings.arguments)
        } catch {
            return error.english
        }
        var trouble = ""
        do {
            try await talk(over: child.link)
        } catch is CancellationError {
        } catch {
            trouble = ", link: \(error)"
        }
        return "\(await child.reap())\(trouble)"
    }

    /// Speaks with one feed process until either side ends.
    func talk(over link: Int32) async throws {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .withConnectedSocket(link) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(LinkFrameHandler())
                    return try NIOAsyncChannel<LinkFrame, LinkFrame>(wrappingChannelSynchronously: channel)
                }
            }
        try await channel.executeThenClose { inbound, outbound in
            let session = FeedLinkSession(
                source: source, log: log, clock: clock, settings: settings, ports: ports, logger: logger,
                send: { try await outbound.write($0) })
            try await session.ring()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for await _ in self.log.commits() { try await session.ring() }
                }
                group.addTask {
                    while true {
                        try await FeedClock.wait(milliseconds: 1000)
                        try await session.ring()
                    }
                }
                group.addTask { try await Self.answer(inbound, session) }
                // Whichever ends first ends the link: closed by feed, by the log, or by shutdown.
                defer { group.cancelAll() }
                try await group.next()
            }
        }
    }

    private static func answer(_ inbound: NIOAsyncChannelInboundStream<LinkFrame>, _ session: FeedLinkSession)
        async throws
    {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var underWay = 0
            for try await frame in inbound {
                if underWay == Self.underWay {
                    try await group.next()
                    underWay -= 1
                }
                group.addTask { try await session.answer(frame) }
                underWay += 1
            }
            group.cancelAll()
        }
    }
}
