import EventSourcing
import SQLiteEventLog
import ServiceLifecycle

/// Lets the log settle once nothing has happened for a while: whole indexes, and no write-ahead log left behind.
struct LogKeeper: Service {
    private static let pause = Duration.seconds(30)

    private let log: SQLiteEventLog

    init(log: SQLiteEventLog) {
        self.log = log
    }

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            var settled: Position?
            var before = try await log.head().position
            while true {
                // Sleeps: between two looks; shutdown cancels it.
                guard (try? await ContinuousClock().sleep(for: Self.pause)) != nil else { return }
                let head = try await log.head().position
                if head == before, head != settled {
                    await log.settle()
                    settled = head
                }
                before = head
            }
        }
    }
}
