import EventSourcing
import KeyStore
import Logging
import SQLiteEventLog
import ServiceLifecycle

/// Keeps the keys' proof close behind the log, so that the next start reads few events to prove the rest.
struct KeyProofKeeper: Service {
    let log: SQLiteEventLog
    let keys: KeyStore
    let logger: Logger
    /// A start reads at most about this many events for the proof.
    var distance: UInt64 = 4096

    /// Proves after every so many events, until the log closes or the process stops.
    func run() async throws {
        let epoch = log.identity.epoch
        var proven = Position.start
        for await head in log.commits().cancelOnGracefulShutdown() {
            guard head.number >= proven.number + distance else { continue }
            do throws(CommandFailure) {
                proven = try await KeysOfLog.prove(keys, inEpoch: epoch, folder: "keys.sqlite") {
                    position throws(EventLogError) in try await log.persons(after: position)
                }
            } catch {
                // The next start proves it and refuses if it does not hold; here nobody waits for it.
                logger.error(
                    "the keys are not proven", metadata: ["code": "\(error.code)", "remedy": "\(error.remedy)"])
                proven = head
            }
        }
    }
}
