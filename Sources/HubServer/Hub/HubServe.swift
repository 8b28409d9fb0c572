import CaseDesk
import DepartmentKit
import EventSourcing
import FeedProtocol
import FoundationEssentials
import HubAPI
import KeyStore
package import Logging
import NIOConcurrencyHelpers
import RuleBook
import SQLiteEventLog
import SQLiteViews
import ServiceLifecycle
import UnixSignals

/// What `onedoor serve` runs: API and pages, views, the feed as a child process, the operator's and the clock's sockets.
package struct HubServe: Sendable {
    private let folder: HubFolder
    private let host: String
    private let port: Int
    private let feedHost: String
    private let feedPort: Int
    private let notices: NoticeSettings
    private let deliveryMinutes: Int
    private let console: Console
    private let logger: Logger

    /// Takes what the command line gave; nothing is opened yet.
    package init(
        folder: HubFolder, host: String, port: Int, feedHost: String, feedPort: Int,
        notices: NoticeSettings = .none, deliveryMinutes: Int = DeliveryWatch.standardMinutes, console: Console,
        logger: Logger
    ) {
        self.deliveryMinutes = deliveryMinutes
        self.notices = notices
        self.folder = folder
        self.host = host
        self.port = port
        self.feedHost = feedHost
        self.feedPort = feedPort
        self.console = console
        self.logger = logger
    }

    /// Whether only warnings and errors are told.
    private var isQuiet: Bool { logger.logLevel >= .warning }

    private struct Ready: Encodable {
        let address: String
        let log: UniqueID
        let position: UInt64
        let demo: Bool
    }

    /// Serves until SIGTERM or SIGINT.
    ///
    /// - Throws: ``CommandFailure`` when a file, a key or a port cannot be had; then nothing was served.
    package func run() async throws(CommandFailure) {
        guard DeliveryWatch.minutesRange.contains(deliveryMinutes) else {
            throw CommandFailure(
                .usage, code: "serve.deliveryMinutes", field: "--delivery-minutes", chinese: "应为 0 至 10080 分钟",
                english: "must be \(DeliveryWatch.minutesForm)", remedy: "改正该值 / give another number")
        }
        let hub = try await OpenHub.open(folder, logger: logger)
        do {
            try makeRunFolder()
            try await requireFeedPort()
            await tellUnverified(in: hub)
            try await services(of: hub).run()
            await hub.close()
        } catch {
            await hub.close()
            throw failure(error)
        }
    }

    /// Limits that rest on something nobody has looked up are named at each start, until somebody has.
    private func tellUnverified(in hub: OpenHub) async {
        guard let book = try? await hub.desk.ruleBook.current().history.current else { return }
        let open = book.deadlineRules.filter { $0.basis.status == .toVerify }.map(\.id.description)
        guard !open.isEmpty else { return }
        logger.notice("limits with a basis to verify", metadata: ["rules": "\(open.joined(separator: " "))"])
    }

    private func services(of hub: OpenHub) throws -> ServiceGroup {
        let feedDesk = FeedDesk(desk: hub.desk, signing: hub.keys.hubSigningKey, commandKey: hub.keys.hubCommandKey)
        let feed = try feedLink(of: hub, answering: feedDesk)
        let door = LocalDoor(hub) { feed.ready?.controlEndpoint }
        let due = DueKeeper(desk: hub.desk)
        let ladder = LadderKeeper(desk: hub.desk)
        let position = hub.desk
        let past = PastBoards(in: folder.past, of: hub.log)
        let web = WebService(desk: hub.desk, past: past, host: host, port: port, logger: logger)
        let application = try web.application { [console, folder, host, isQuiet] bound in
            let address = "http://\(host):\(bound)"
            try? Data("\(address)\n".utf8).write(to: URL(filePath: folder.address))
            let head = try? await position.log.head()
            // Quiet, it is somebody's child and shares its output: that output is the parent's to write.
            guard !isQuiet else { return }
            console.say("服务中 serving  \(address)/board")
            console.result(
                Ready(
                    address: address, log: position.identity.logID, position: head?.position.number ?? 0,
                    demo: position.identity.isDemo))
        }
        var services: [ServiceGroupConfiguration.ServiceConfiguration] = [
            .init(service: hub.viewRunner), .init(service: feedDesk), .init(service: feed),
            .init(service: application), .init(service: due), .init(service: ladder),
            .init(service: LogKeeper(log: hub.log)),
            .init(service: DeliveryWatch(desk: hub.desk, minutes: deliveryMinutes)),
            .init(
                service: AttachmentSweeper(
                    log: hub.log, folder: SealedFolder(hub.folder.attachments), logger: logger)),
            .init(
                service: PhoneIndexer(
                    log: hub.log, views: hub.views, viewRunner: hub.viewRunner, keys: hub.keys, logger: logger)),
            .init(service: KeyProofKeeper(log: hub.log, keys: hub.keys, logger: logger)),
            .init(service: LineServer(path: folder.adminSocket) { await OperatorAnswer.to($0, through: door) }),
        ]
        services += notices.ports.map { port in
            let state = NoticeStateFile(folder: folder.notices, channel: port.name)
            return .init(service: NoticeCourier(desk: hub.desk, ladder: ladder, port: port, state: state))
        }
        if let clock = hub.demoClock {
            let clockDoor = DemoClockDoor(clock: clock, due: due, ladder: ladder)
            services.append(.init(service: LineServer(path: folder.clockSocket) { await clockDoor.answer($0) }))
        }
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(10)
        return ServiceGroup(configuration: configuration)
    }

    private func feedLink(of hub: OpenHub, answering feedDesk: FeedDesk) throws(CommandFailure) -> FeedLink {
        let port = UInt16(clamping: feedPort)
        let settings = FeedLinkSettings(
            executable: try OwnExecutable.path(),
            arguments: ["feed", "--secret", folder.curveKey] + (isQuiet ? ["--quiet"] : []),
            bindAddress: feedHost, announcedHost: feedHost, controlPort: port,
            firstFeedPort: port == 0 ? 0 : port + 1)
        return FeedLink(
            source: feedDesk, log: hub.log, clock: hub.desk.clock, settings: settings, logger: logger)
    }

    /// The feed of a server that was killed lets go of its ports a moment after it; anybody else's does not.
    private func requireFeedPort() async throws(CommandFailure) {
        guard feedPort != 0 else { return }
        let deadline = ContinuousClock.now + .seconds(5)
        while !FreePorts.isFree(feedPort, at: feedHost, reusing: true) {
            guard ContinuousClock.now < deadline else {
                throw CommandFailure(
                    .tryAgain, code: "port.taken", field: "--feed-port", chinese: "端口 \(feedPort) 已被占用",
                    english: "port \(feedPort) is taken", remedy: "换一个端口 / choose another port")
            }
            // Sleeps: a port of a process just killed is looked at again, not without pause.
            try? await ContinuousClock().sleep(for: .milliseconds(50))
        }
    }

    private func makeRunFolder() throws(CommandFailure) {
        do {
            try FileManager.default.createDirectory(
                atPath: folder.run, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandFailure(
                .cannotCreate, code: "serve.run", field: folder.run, chinese: "运行目录无法建立",
                english: "the run folder cannot be made", remedy: "检查权限 / check the rights")
        }
    }

    private func failure(_ error: any Error) -> CommandFailure {
        if let failure = error as? CommandFailure { return failure }
        if let error = error as? EventLogError { return CommandFailure(error, folder: folder.path) }
        if case .inUse(let path)? = error as? LineError {
            return CommandFailure(
                .tryAgain, code: "serve.running", field: path, chinese: "这个中心已在运行",
                english: "this hub is already being served", remedy: "先停止它 / stop it first")
        }
        let text = "\(error)"
        if text.contains("bind") || text.contains("EADDRINUSE") || text.contains("Address already in use") {
            return CommandFailure(
                .tryAgain, code: "port.taken", field: "--port", chinese: "端口 \(port) 已被占用",
                english: "port \(port) is taken", remedy: "换一个端口 / choose another port")
        }
        logger.error("serve ends", metadata: ["error": "\(error)"])
        return CommandFailure(
            .unreachable, code: "serve.failed", chinese: "服务意外结束", english: "serving ended unexpectedly",
            remedy: "见日志 / see the log")
    }
}
