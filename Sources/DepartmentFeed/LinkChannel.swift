import FeedProtocol
import FoundationEssentials
import Glibc

/// The feed's end of the link to serve: frames over a stream descriptor that never blocks.
final class LinkChannel {
    /// Waiting bytes above which nothing more is taken from departments.
    static let highWater = 1 << 20

    let descriptor: Int32
    private var decoder = LinkFrameDecoder()
    private var waiting = Data()

    init(descriptor: Int32) {
        self.descriptor = descriptor
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    deinit { close(descriptor) }

    var isCongested: Bool { waiting.count >= Self.highWater }
    var wantsToWrite: Bool { !waiting.isEmpty }

    /// Reads what is there.
    ///
    /// - Returns: Whole frames, and whether the other side has closed.
    /// - Throws: ``FeedWireError`` when the bytes are not link frames.
    func read() throws(FeedWireError) -> (frames: [LinkFrame], isAtEnd: Bool) {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        var isAtEnd = false
        // A bounded number of reads, so that a busy link does not starve the sockets.
        for _ in 0..<16 {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count > 0 {
                decoder.append(buffer[..<count])
                continue
            }
            isAtEnd = count == 0 || (errno != EAGAIN && errno != EINTR)
            break
        }
        var frames: [LinkFrame] = []
        while let frame = try decoder.next() { frames.append(frame) }
        return (frames, isAtEnd)
    }

    /// Sends a frame now or as soon as the other side takes it.
    ///
    /// - Returns: False when the other side has gone.
    func send(_ frame: LinkFrame) -> Bool {
        waiting.append(frame.bytes)
        return flush()
    }

    /// Sends what waits, as far as it goes.
    ///
    /// - Returns: False when the other side has gone.
    func flush() -> Bool {
        while !waiting.isEmpty {
            let sent = waiting.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent >= 0 else { return errno == EAGAIN || errno == EINTR }
            waiting = Data(waiting.dropFirst(sent))
        }
        return true
    }
}
