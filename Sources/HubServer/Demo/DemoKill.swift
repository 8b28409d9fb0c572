import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#endif

/// A process to be killed the hard way before a step, to see that nothing is lost and nothing doubled.
struct DemoKill: Hashable, Sendable {
    /// `serve`, `feed`, or an adapter by its department.
    let process: String
    let step: Int

    /// Reads `serve@12`.
    init(_ text: String) throws(CommandFailure) {
        let parts = text.split(separator: "@")
        guard parts.count == 2, let step = Int(parts[1]), step > 0 else {
            throw CommandFailure(
                .usage, code: "demo.kill", field: "--kill", chinese: "写法不对", english: "not a process and a step",
                remedy: "例如 serve@12、feed@20、jiaoyu@31 / for example serve@12")
        }
        process = String(parts[0])
        self.step = step
    }

    func strike(_ processes: DemoProcesses, folder: DemoFolder) async {
        guard process == "feed" else {
            await processes.kill(process)
            return
        }
        guard let serve = await processes.identifier(of: "serve") else { return }
        for child in Self.children(of: serve) { Glibc.kill(child, SIGKILL) }
    }

    /// The children of a process, as the kernel lists them.
    private static func children(of parent: pid_t) -> [pid_t] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(parent)/task")) ?? []
        return entries.flatMap { task in
            let path = "/proc/\(parent)/task/\(task)/children"
            let text = (try? Data(contentsOf: URL(filePath: path))).map { String(decoding: $0, as: UTF8.self) } ?? ""
            return text.split(separator: " ").compactMap { pid_t($0) }
        }
    }
}
