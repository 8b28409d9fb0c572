import FoundationEssentials

/// This very program, for starting more of it.
enum OwnExecutable {
    /// Its path on disk.
    ///
    /// - Throws: ``CommandFailure`` when `/proc` cannot be read.
    static func path() throws(CommandFailure) -> String {
        guard let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
            throw CommandFailure(
                .unreachable, code: "process.executable", chinese: "找不到程序自身",
                english: "the program cannot find itself", remedy: "/proc 须可读 / /proc must be readable")
        }
        return path
    }
}
