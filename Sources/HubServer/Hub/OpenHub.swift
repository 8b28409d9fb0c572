package import CaseDesk
import EventSourcing
import FoundationEssentials
package import KeyStore
package import Logging
package import RuleBook
package import SQLiteEventLog
package import SQLiteViews

/// One hub with its three files open: what `serve` runs on, and what commands use while no server runs.
package struct OpenHub: Sendable {
    package let folder: HubFolder
    package let log: SQLiteEventLog
    package let keys: KeyStore
    package let views: SQLiteViews
    package let viewRunner: ViewRunner
    package let desk: CaseDesk
    /// Set for a demo log, whose time stands still between settings.
    package let demoClock: DemoClock?
    package let created: HubCreated

    /// Opens log, keys and views, and proves that they belong together.
    ///
    /// - Throws: ``CommandFailure`` naming the file and the remedy: held by another process, newer, damaged, another
    ///   log's keys, keys that lack a person of the log, or a wall clock behind the log.
    package static func open(_ folder: HubFolder, logger: Logger) async throws(CommandFailure) -> OpenHub {
        let clock = SwitchingClock()
        let log: SQLiteEventLog
        do throws(EventLogError) {
            log = try SQLiteEventLog.open(in: folder.path, clock: clock)
        } catch {
            throw CommandFailure(error, folder: folder.path)
        }
        do throws(CommandFailure) {
            return try await compose(folder, log: log, clock: clock, logger: logger)
        } catch {
            await log.close()
            throw error
        }
    }

    private static func compose(
        _ folder: HubFolder, log: SQLiteEventLog, clock: SwitchingClock, logger: Logger
    ) async throws(CommandFailure) -> OpenHub {
        let head: LogHead
        let first: RecordedEvent?
        do throws(EventLogError) {
            head = try await log.head()
            first = try await log.event(at: Position(1))
        } catch {
            throw CommandFailure(error, folder: folder.path)
        }
        guard let first, case .hubCreated(let created)? = try? RuleBookEvent(first) else {
            throw CommandFailure(
                EventLogError(.damaged, at: Position(1), detail: "the first event is not HubCreated"),
                folder: folder.path)
        }
        let demoClock = log.identity.isDemo ? DemoClock(startingAt: head.recordedAt) : nil
        if let demoClock {
            clock.use(demoClock)
        } else {
            try requireClock(notBehind: head.recordedAt)
        }
        let keys = try openKeys(folder, logID: log.identity.logID)
        do {
            try await requireKeys(keys, ofEveryPersonIn: log)
            let views = try await openViews(folder, of: log)
            let runner = ViewRunner(log: log, views: views, logger: logger)
            let desk = CaseDesk(
                log: log, keys: HubKeys(keys), views: views, viewRunner: runner, clock: clock,
                hubCode: created.hubCode, attachments: SealedFolder(folder.attachments),
                messages: MessageSpool(folder.messages), logger: logger)
            return OpenHub(
                folder: folder, log: log, keys: keys, views: views, viewRunner: runner, desk: desk,
                demoClock: demoClock, created: created)
        } catch {
            try? keys.close()
            if let failure = error as? CommandFailure { throw failure }
            throw CommandFailure(
                .cannotCreate, code: "views.unavailable", field: folder.views, chinese: "视图文件无法使用",
                english: "the view file cannot be used", remedy: "运行 onedoor rebuild / run onedoor rebuild")
        }
    }

    /// Lets go of every file.
    package func close() async {
        await log.close()
        try? keys.close()
    }

    /// More than five minutes behind the newest event, the clock is wrong, and every deadline would be.
    private static func requireClock(notBehind recorded: Instant) throws(CommandFailure) {
        let now = WallClock().now()
        guard now.milliseconds + 5 * 60_000 < recorded.milliseconds else { return }
        throw CommandFailure(
            .configuration, code: "clock.behind", chinese: "本机时钟比日志慢,现在 \(now),日志 \(recorded)",
            english: "the wall clock is behind the log: now \(now), log \(recorded)",
            remedy: "校准时钟后再启动 / set the clock, then start again")
    }

    private static func openKeys(_ folder: HubFolder, logID: UniqueID) throws(CommandFailure) -> KeyStore {
        do throws(KeyStoreError) {
            return try KeyStore.open(in: folder.path, logID: logID, credential: Self.credential)
        } catch {
            throw CommandFailure(error, folder: folder.path)
        }
    }

    /// Where systemd puts the deployment key with `LoadCredential=deployment.key`.
    static var credential: String? {
        guard let folder = ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"] else { return nil }
        let path = "\(folder)/deployment.key"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    /// Keys older than the log lack somebody; that is found by content, before anything is served.
    ///
    /// - Complexity: O(*n*) in the events since the last proof.
    private static func requireKeys(_ keys: KeyStore, ofEveryPersonIn log: SQLiteEventLog) async throws(CommandFailure)
    {
        try await KeysOfLog.prove(keys, inEpoch: log.identity.epoch, folder: "keys.sqlite") {
            position throws(EventLogError) in try await log.persons(after: position)
        }
    }

    /// Views of another log or schema are thrown away: the log makes them anew.
    private static func openViews(_ folder: HubFolder, of log: SQLiteEventLog) async throws -> SQLiteViews {
        try SQLiteViews.open(at: folder.views, for: log.identity)
    }
}
