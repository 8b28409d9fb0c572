import EventSourcing
import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// `onedoor` as it was built, run as a process of its own.
final class Program {
    /// How it ended, and what it said.
    struct Ended {
        let status: Int32
        let output: String
        let errors: String

        /// Standard output as one JSON document.
        func json() throws -> JSONValue { try EventJSON.decode(JSONValue.self, from: Data(output.utf8)) }

        /// The failure a `--json` run puts on standard error, on its last line.
        func failure() throws -> JSONValue {
            let line = errors.split(separator: "\n").last.map(String.init) ?? ""
            return try EventJSON.decode(JSONValue.self, from: Data(line.utf8))
        }

        var everything: String { output + errors }
    }

    /// Where the project is, so that the rule book is found.
    static let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
    static let rulebook = project + "/deploy/rulebook"
    /// Built beside the tests.
    static let executable: String = {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(filePath: own).deletingLastPathComponent().appending(path: "onedoor").path
    }()

    private let process = Process()
    private let scratch: TemporaryFolder
    private let arguments: [String]

    private init(_ arguments: [String]) throws {
        self.arguments = arguments
        scratch = try TemporaryFolder()
        process.executableURL = URL(filePath: Self.executable)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: Self.project)
        // Files, not pipes: a pipe nobody empties would stop the program.
        for name in ["out", "err"] { try Data().write(to: URL(filePath: "\(scratch.path)/\(name)")) }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: "\(scratch.path)/out"))
        process.standardError = try FileHandle(forWritingTo: URL(filePath: "\(scratch.path)/err"))
        try process.run()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    /// Starts it and does not wait.
    static func start(_ arguments: String...) throws -> Program { try Program(arguments) }

    /// Runs it to its end.
    ///
    /// - Parameter seconds: Patience; longer means that it hangs.
    static func run(_ arguments: [String], atMost seconds: Int = 60) async throws -> Ended {
        try await Program(arguments).end(atMost: seconds)
    }

    static func run(_ arguments: String...) async throws -> Ended { try await run(arguments) }

    /// What it has said on standard output so far.
    var output: String { text("out") }
    var errors: String { text("err") }

    /// Waits until it has said something on either.
    func says(_ text: String, atMost seconds: Int = 30) async throws {
        let what = "\"\(text)\" of onedoor \(arguments.joined(separator: " "))"
        _ = try await Deadline(seconds: seconds).wait(for: what) {
            (output + errors).contains(text) ? true : nil
        }
    }

    /// Asks it to stop and waits.
    func stop() async throws -> Ended {
        process.terminate()
        return try await end(atMost: 20)
    }

    func end(atMost seconds: Int) async throws -> Ended {
        do {
            _ = try await Deadline(seconds: seconds).wait(for: "end of onedoor \(arguments.joined(separator: " "))") {
                process.isRunning ? nil : true
            }
        } catch {
            kill(process.processIdentifier, SIGKILL)
            throw error
        }
        return Ended(status: process.terminationStatus, output: output, errors: errors)
    }

    private func text(_ name: String) -> String {
        String(decoding: FileManager.default.contents(atPath: "\(scratch.path)/\(name)") ?? Data(), as: UTF8.self)
    }
}
