import EventSourcing
import FoundationEssentials
import SQLiteEventLog

/// The log that is measured: made through the shipping append path, or found as an earlier run left it.
struct MeasuredLog: Sendable {
    let folder: String
    let workload: BenchWorkload
    private(set) var ledger: BenchLedger
    private(set) var log: SQLiteEventLog
    /// How fast it was filled; nothing when it was there already.
    private(set) var filling: ProducerTotals?

    /// - Throws: ``BenchFailure`` when the folder holds something else, or the log fails.
    init(in folder: BenchFolder, _ options: BenchOptions, say: @escaping @Sendable (String) -> Void)
        async throws(BenchFailure)
    {
        self.folder = try folder.folder("log")
        if let found = try Self.readLedger(self.folder) {
            guard found.shape.seed == options.seed || options.reuse != nil, found.shape.events >= options.events else {
                throw Self.foreign(
                    folder.path, "it was made with \(found.shape.events) events, and \(options.events) are asked for")
            }
            ledger = found
            workload = BenchWorkload(found.shape)
            log = try Self.opened(self.folder)
            guard try await Self.head(log) == found.acknowledged else {
                throw Self.foreign(folder.path, "the log was changed after its ledger was written")
            }
            return
        }
        let shape = BenchShape(events: options.events, seed: options.seed)
        ledger = BenchLedger(shape: shape)
        workload = BenchWorkload(shape)
        let identity = LogIdentity(
            logID: BenchWorkload.identifier(family: 0xf, Int(truncatingIfNeeded: shape.seed)),
            epoch: BenchWorkload.identifier(family: 0xf, 1), isDemo: false)
        do {
            log = try SQLiteEventLog.create(in: self.folder, identity: identity, clock: BenchClock())
        } catch {
            throw .log(error, self.folder)
        }
        let plan = ProducerPlan(
            producers: 4, eventsInAppend: 256, isConditional: false, seconds: nil, events: shape.events)
        let totals = try await ProducerRun(log: log, workload: workload, plan: plan, start: 0, stream: 1).run {
            if $0.upperBound % 4096 < 256 { say("预置 preloading: \($0.upperBound) / \(shape.events)") }
        }
        if let failure = totals.failures.first {
            throw BenchFailure(
                .log, code: "bench.preload", field: self.folder, chinese: "预置失败",
                english: "the log could not be filled: \(failure)",
                remedy: "检查磁盘空间 / check the space on the disk")
        }
        filling = totals
        ledger.take(totals)
        try writeLedger()
    }

    // MARK: Ledger

    mutating func take(_ totals: ProducerTotals) { ledger.take(totals) }

    /// Takes in what stands after the last acknowledged event, after a process was killed.
    mutating func takeUnanswered() async throws(BenchFailure) {
        do throws(EventLogError) {
            while true {
                let page = try await log.read(.all, after: Position(ledger.acknowledged), limit: 1000)
                ledger.take(page.events)
                if page.isLast { return }
            }
        } catch {
            throw .log(error, folder)
        }
    }

    func writeLedger() throws(BenchFailure) {
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            try encoder.encode(ledger).write(to: URL(filePath: "\(folder)/\(BenchLedger.fileName)"), options: .atomic)
        } catch {
            throw .folder(folder, errno: 28)
        }
    }

    private static func readLedger(_ folder: String) throws(BenchFailure) -> BenchLedger? {
        guard let data = try? Data(contentsOf: URL(filePath: "\(folder)/\(BenchLedger.fileName)")) else {
            guard !FileManager.default.fileExists(atPath: "\(folder)/\(SQLiteEventLog.fileName)") else {
                throw foreign(folder, "it holds a log whose making was not finished, or one that is not a benchmark's")
            }
            return nil
        }
        guard let ledger = try? JSONDecoder().decode(BenchLedger.self, from: data) else {
            throw foreign(folder, "its ledger cannot be read")
        }
        return ledger
    }

    private static func foreign(_ folder: String, _ what: String) -> BenchFailure {
        BenchFailure(
            .usage, code: "bench.reuse", field: folder, chinese: "这个目录不能再用",
            english: "the folder cannot be used again: \(what)",
            remedy: "换一个空目录 / name an empty folder with --reuse")
    }

    // MARK: Opening

    /// Opens the log again after it was closed.
    mutating func open() throws(BenchFailure) { log = try Self.opened(folder) }

    func close() async { await log.close() }

    static func opened(_ folder: String) throws(BenchFailure) -> SQLiteEventLog {
        do { return try SQLiteEventLog.open(in: folder, clock: BenchClock()) } catch { throw .log(error, folder) }
    }

    private static func head(_ log: SQLiteEventLog) async throws(BenchFailure) -> UInt64 {
        do { return try await log.head().position.number } catch { throw .log(error, "head") }
    }

    /// Bytes on disk an event.
    var fileBytesAnEvent: Double {
        let file = "\(folder)/\(SQLiteEventLog.fileName)"
        return Double(MachineFacts.fileBytes(file)) / Double(max(1, ledger.acknowledged))
    }
}
