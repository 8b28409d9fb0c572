import NIOCore
import NIOPosix

/// Waiting that goes on after cancellation, for the little that must be finished.
enum FeedClock {
    /// Calls `body` once, later, on an event loop; it must not block.
    static func after(milliseconds: Int64, _ body: @escaping @Sendable () -> Void) {
        _ = MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: .milliseconds(milliseconds), body)
    }
}
