import CSupport
import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A process this one started, and the socket it speaks over; it goes when this one does.
final class BenchChild {
    private let identifier: Int32
    private let socket: Int32
    private var hasEnded = false

    /// Starts a program; the other end of the socket is its descriptor 3.
    ///
    /// - Throws: ``BenchFailure`` when it does not start.
    init(_ executable: String, _ arguments: [String]) throws(BenchFailure) {
        var sockets: [Int32] = [-1, -1]
        guard csupport_socketpair(&sockets) == 0 else { throw Self.notStarted(executable, errno) }
        var pointers = ([executable] + arguments).map { strdup($0) }
        pointers.append(nil)
        let started = csupport_spawn(executable, pointers, sockets[1], 1)
        let error = errno
        for pointer in pointers { free(pointer) }
        close(sockets[1])
        guard started > 0 else {
            close(sockets[0])
            throw Self.notStarted(executable, error)
        }
        identifier = started
        socket = sockets[0]
    }

    deinit {
        if !hasEnded { kill(SIGKILL) }
        close(socket)
    }

    private static func notStarted(_ executable: String, _ error: Int32) -> BenchFailure {
        BenchFailure(
            .cannotCreate, code: "bench.child", field: executable, chinese: "无法启动子进程",
            english: "the process could not be started: \(String(cString: strerror(error)))",
            remedy: "检查文件与权限 / check the file and its rights")
    }

    /// What it says next, at most 64 KiB.
    ///
    /// - Parameter seconds: How long to wait.
    /// - Returns: Nothing when it said nothing for so long; empty when it will say no more.
    func read(within seconds: Double) -> Data? {
        var waiting = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, Int32(max(0, seconds) * 1000)) > 0 else { return nil }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(socket, &buffer, buffer.count)
        return Data(buffer.prefix(max(0, count)))
    }

    /// Everything until it ends.
    ///
    /// - Returns: Nothing when it is silent for so long before it ends.
    func readToEnd(within seconds: Double) -> Data? {
        var all = Data()
        while true {
            guard let more = read(within: seconds) else { return nil }
            if more.isEmpty { return all }
            all.append(more)
        }
    }

    /// Ends it and waits until the system has taken it away.
    func kill(_ signal: Int32) {
        Glibc.kill(identifier, signal)
        wait()
    }

    /// Waits for its end.
    func wait() {
        guard !hasEnded else { return }
        hasEnded = true
        var status: Int32 = 0
        while waitpid(identifier, &status, 0) < 0 && errno == EINTR {}
    }
}
