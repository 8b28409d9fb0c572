import EventSourcing
import FoundationEssentials
import Glibc
import SQLiteEventLog

/// What a benchmark's own child does: hidden behind `onedoor bench child`.
package enum ChildPart: String, CaseIterable, Sendable {
    /// Appends under load and tells every answer, until it is killed.
    case append
    /// Opens the log, looks once, tells its resident memory, and ends when its parent has read it.
    case idle

    /// The descriptor the parent listens on.
    private static let toParent: Int32 = 3

    /// Plays the part on the log of a folder.
    ///
    /// - Throws: ``BenchFailure``.
    package func play(folder: String, events: Int, seed: UInt64, stream: UInt64) async throws(BenchFailure) {
        let log = try MeasuredLog.opened(folder)
        switch self {
        case .append:
            let head: Position
            do { head = try await log.head().position } catch { throw .log(error, folder) }
            let plan = ProducerPlan(producers: 16, eventsInAppend: 1, isConditional: true, seconds: 60, events: nil)
            let workload = BenchWorkload(BenchShape(events: events, seed: seed))
            let run = ProducerRun(log: log, workload: workload, plan: plan, start: head.number, stream: stream)
            _ = try await run.run { Self.tell([$0.lowerBound, $0.upperBound]) }
        case .idle:
            do { _ = try await log.head() } catch { throw .log(error, folder) }
            Self.tell([UInt64(clamping: MachineFacts.residentKibibytes())])
        }
        await log.close()
    }

    /// One write a message, so that those of several producers never mix.
    private static func tell(_ numbers: [UInt64]) {
        numbers.withUnsafeBytes { bytes in _ = write(toParent, bytes.baseAddress, bytes.count) }
    }

    /// Reads back what children tell.
    static func numbers(_ data: Data) -> [UInt64] {
        let bytes = Array(data)
        return stride(from: 0, to: bytes.count - bytes.count % 8, by: 8).map { start in
            bytes[start..<start + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
    }
}
