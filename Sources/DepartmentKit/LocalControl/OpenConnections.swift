import NIOConcurrencyHelpers
import NIOCore

/// The accepted connections of a listening socket, so that none outlives it.
///
/// NIO drops a connection whose listening socket closes while it is being accepted, or whose stream is cancelled
/// before anybody took it. A plain `Channel` dropped so stays open, and a `NIOAsyncChannel` aborts the process: hence
/// connections are made into the latter only by whoever serves them, and are closed from here at the end.
final class OpenConnections: Sendable {
    /// `nil` once the service has ended: what is accepted later is closed at once.
    private let channels = NIOLockedValueBox<[ObjectIdentifier: any Channel]?>([:])

    /// As many as are held at once; a further one is closed at once, before anything of it is read.
    private let most: Int

    init(most: Int) {
        self.most = most
    }

    /// Remembers a connection until it closes.
    func insert(_ channel: any Channel) {
        let isOpen = channels.withLockedValue { channels in
            guard let count = channels?.count, count < most else { return false }
            channels?[ObjectIdentifier(channel)] = channel
            return true
        }
        guard isOpen else { return channel.close(promise: nil) }
        channel.closeFuture.whenComplete { [self] _ in
            channels.withLockedValue { _ = $0?.removeValue(forKey: ObjectIdentifier(channel)) }
        }
    }

    /// Closes every connection, those to come as well.
    func closeAll() {
        let left = channels.withLockedValue { channels in
            defer { channels = nil }
            return channels.map { Array($0.values) } ?? []
        }
        for channel in left { channel.close(promise: nil) }
    }
}
