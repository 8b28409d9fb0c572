import NIOCore
import NIOPosix

/// Waiting on an event loop's timer.
enum FeedClock {
    /// Waits; ends at once, with an error, when the task is cancelled.
    static func wait(milliseconds: Int64) async throws {
        let timer = MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: .milliseconds(milliseconds)) {}
        try await withTaskCancellationHandler {
            try await timer.futureResult.get()
        } onCancel: {
            timer.cancel()
        }
    }

    /// Waits even if the task is cancelled, for the little that must be finished.
    static func waitToTheEnd(milliseconds: Int64) async {
        await withCheckedContinuation { continuation in
            _ = MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: .milliseconds(milliseconds)) {
                continuation.resume()
            }
        }
    }
}
