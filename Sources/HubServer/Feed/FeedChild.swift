import CSupport
import Glibc

/// A feed process started over one end of a socket pair.
struct FeedChild: Sendable {
    /// How often the end of a child is asked for, in milliseconds.
    private static let interval: Int64 = 20
    /// Asked so often, a child that did not end by itself is killed: 2 seconds.
    private static let patience = 100

    let process: ChildProcess
    /// Our end of the link.
    let link: Int32

    /// Starts the program; its end of the link becomes descriptor 3.
    ///
    /// - Throws: ``CommandFailure`` `cannotCreate` with the system's words.
    init(_ executable: String, _ arguments: [String]) throws(CommandFailure) {
        var ends: [Int32] = [-1, -1]
        guard csupport_socketpair(&ends) == 0 else { throw ChildProcess.notStarted(executable, errno) }
        defer { close(ends[1]) }
        do throws(CommandFailure) {
            process = try ChildProcess(executable: executable, arguments: arguments, inherited: ends[1])
        } catch {
            close(ends[0])
            throw error
        }
        link = ends[0]
    }

    /// How it ended, asked after the link has closed; one that does not end by itself is killed.
    func reap() async -> ChildProcess.End {
        for attempt in 0..<2 * Self.patience {
            if let end = process.poll() { return end }
            if attempt == Self.patience { process.signal(SIGKILL) }
            // Not cancelled with the task: a child that is not waited for stays a zombie.
            await FeedClock.waitToTheEnd(milliseconds: Self.interval)
        }
        return .killed(signal: SIGKILL)
    }
}
