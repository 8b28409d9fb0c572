import CSupport

#if canImport(Glibc)
    import Glibc
#endif

/// A program started by this one, and what became of it.
package struct ChildProcess: Sendable {
    /// How a child ended.
    package enum End: Hashable, Sendable, CustomStringConvertible {
        case exited(Int32)
        case killed(signal: Int32)

        package var description: String {
            switch self {
            case .exited(let code): "exit \(code)"
            case .killed(let signal): "signal \(signal)"
            }
        }
    }

    package let identifier: Int32

    /// Starts a program with this process's environment and output.
    ///
    /// - Parameter inherited: A descriptor that becomes number 3 of the child.
    /// - Throws: ``CommandFailure`` `cannotCreate` when it does not start.
    package init(executable: String, arguments: [String], inherited: Int32? = nil) throws(CommandFailure) {
        var pointers = ([executable] + arguments).map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        pointers.append(nil)
        let started = csupport_spawn(executable, pointers, inherited ?? -1, 0)
        guard started > 0 else { throw Self.notStarted(executable, errno) }
        identifier = started
    }

    /// The failure of a start, with the system's words for its error number.
    static func notStarted(_ executable: String, _ error: Int32) -> CommandFailure {
        CommandFailure(
            .cannotCreate, code: "process.notStarted", field: executable, chinese: "无法启动子进程",
            english: "the process could not be started: \(String(cString: strerror(error)))",
            remedy: "检查文件与权限 / check the file and its rights")
    }

    /// Whether it has ended, without waiting; asked again after the end it would be nothing.
    package func poll() -> End? {
        var status: Int32 = 0
        guard waitpid(identifier, &status, WNOHANG) == identifier else { return nil }
        return Self.end(status)
    }

    /// Sends a signal.
    package func signal(_ number: Int32) {
        kill(identifier, number)
    }

    private static func end(_ status: Int32) -> End {
        let signal = status & 0x7f
        return signal == 0 ? .exited((status >> 8) & 0xff) : .killed(signal: signal)
    }
}
