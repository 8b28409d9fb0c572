import CSupport
import EventSourcing
import FoundationEssentials
import Glibc

/// One synthetic county in a folder: made by `onedoor generate`, served and rebuilt by the shipping program.
final class ServedCounty {
    let folder: String
    private let executable: String
    private var server: Int32?
    private(set) var port: UInt16 = 0

    /// What `onedoor generate --json` says.
    struct Made: Codable {
        let events: UInt64
        let root: String
        let people: Int
        let milliseconds: Int64
        let viewMilliseconds: Int64
    }

    /// - Parameter folder: Where the county lies or will lie.
    init(_ folder: String, executable: String) {
        self.folder = folder
        self.executable = executable
    }

    deinit { stop() }

    /// Makes the county unless an earlier run has.
    func make(_ arguments: [String]) throws(BenchFailure) -> Made {
        let ledger = "\(folder).json"
        if let data = try? Data(contentsOf: URL(filePath: ledger)),
            let made = try? JSONDecoder().decode(Made.self, from: data)
        {
            return made
        }
        try? FileManager.default.removeItem(atPath: folder)
        let output = try run(["generate", "--data", folder, "--json"] + arguments)
        guard let made = try? JSONDecoder().decode(Made.self, from: output) else {
            throw .served("generate", "its answer cannot be read")
        }
        try? output.write(to: URL(filePath: ledger))
        return made
    }

    /// Runs one command of the program to its end.
    ///
    /// - Returns: What it wrote to its standard output.
    func run(_ arguments: [String]) throws(BenchFailure) -> Data {
        let (process, output) = try start(arguments)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        guard status == 0 else { throw .served(arguments[0], "it ended with status \((status >> 8) & 0xff)") }
        return (try? Data(contentsOf: URL(filePath: output))) ?? Data()
    }

    /// Begins to serve and waits until it answers.
    func serve() throws(BenchFailure) {
        port = UInt16(20_000 + Int(getpid()) % 20_000)
        server = try start(["serve", "--data", folder, "--port", "\(port)", "--feed-port", "0", "--quiet"]).process
        let deadline = ContinuousClock.now + .seconds(120)
        while true {
            if let load = try? HTTPLoad(port: port, connections: 1),
                let answer = try? load.ask(request("GET", "/readyz", token: "")), answer.status == 200
            {
                return
            }
            guard ContinuousClock.now < deadline else { throw .served("serve", "it was not ready within 120 s") }
            // A server that is starting is asked again, not without pause.
            _ = poll(nil, 0, 50)
        }
    }

    func stop() {
        guard let process = server else { return }
        server = nil
        kill(process, SIGTERM)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    }

    /// The shell takes the child's output away from ours, which is a report.
    private func start(_ arguments: [String]) throws(BenchFailure) -> (process: Int32, output: String) {
        let output = "\(folder).\(arguments[0]).out"
        let script = "exec \"$0\" \"$@\" >'\(output)' 2>'\(folder).\(arguments[0]).err'"
        var pointers = (["/bin/sh", "-c", script, executable] + arguments).map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        pointers.append(nil)
        let process = csupport_spawn("/bin/sh", pointers, -1, 1)
        guard process > 0 else { throw .served(executable, "errno \(errno)") }
        return (process, output)
    }

    // MARK: Requests

    /// A token of the county by the name of its file.
    func token(_ name: String) -> String {
        let data = (try? Data(contentsOf: URL(filePath: "\(folder)/tokens/\(name).token"))) ?? Data()
        return String(decoding: data, as: UTF8.self).filter { !$0.isWhitespace }
    }

    func request(_ method: String, _ path: String, token: String, id: UniqueID? = nil, body: String? = nil) -> Data {
        var text = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer \(token)\r\n"
        if let id { text += "Idempotency-Key: \(id)\r\n" }
        if let body { text += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n" }
        return Data((text + "\r\n" + (body ?? "")).utf8)
    }

    /// Departments whose tokens the county has.
    var departments: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/tokens")) ?? [])
            .filter { $0.hasPrefix("department-") && $0.hasSuffix(".token") }
            .map { String($0.dropFirst(11).dropLast(6)) }.sorted()
    }
}
