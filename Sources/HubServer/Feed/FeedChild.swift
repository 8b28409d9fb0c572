import CSupport
import Glibc

/// A feed process started over one end of a socket pair.
struct FeedChild: Sendable {
    let identifier: pid_t
    /// Our end of the link.
    let link: Int32

    /// Starts the program; its end of the link becomes descriptor 3.
    ///
    /// - Throws: ``FeedChildError`` with the system's words.
    static func start(_ executable: String, _ arguments: [String]) throws(FeedChildError) -> FeedChild {
        var ends: [Int32] = [-1, -1]
        guard csupport_socketpair(&ends) == 0 else { throw FeedChildError("socketpair", errno) }
        defer { close(ends[1]) }
        var pointers = ([executable] + arguments).map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        pointers.append(nil)
        // No death signal: it would come when the starting thread ends, and the closed link says the same.
        let started = csupport_spawn(executable, pointers, ends[1], 0)
        guard started > 0 else {
            let error = FeedChildError("start \(executable)", errno)
            close(ends[0])
            throw error
        }
        return FeedChild(identifier: started, link: ends[0])
    }

    /// How it ended, asked after the link has closed; one that does not end by itself is killed.
    ///
    /// - Returns: The exit code, or the negative number of the signal.
    func reap() async -> Int32 {
        for attempt in 0..<200 {
            var status: Int32 = 0
            if waitpid(identifier, &status, WNOHANG) == identifier {
                let signal = status & 0x7f
                return signal == 0 ? (status >> 8) & 0xff : -signal
            }
            if attempt == 100 { kill(identifier, SIGKILL) }
            // Not cancelled with the task: a child that is not waited for stays a zombie.
            await FeedClock.waitToTheEnd(milliseconds: 20)
        }
        return -SIGKILL
    }
}

/// Why no feed process could be started.
struct FeedChildError: Error, Hashable, CustomStringConvertible {
    let operation: String
    let code: Int32

    init(_ operation: String, _ code: Int32) {
        self.operation = operation
        self.code = code
    }

    var description: String { "\(operation): \(String(cString: strerror(code)))" }
}
