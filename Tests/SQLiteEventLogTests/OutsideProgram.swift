import Foundation

/// A program of the system that a test asks for a second opinion.
struct OutsideProgram {
    let status: Int32
    let said: String

    /// Runs a program to its end.
    init(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        said = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        status = process.terminationStatus
    }

    /// Checks a log file with the program of `Tests/MerkleLogTests`.
    static func checkLog(_ path: String) throws -> OutsideProgram {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return try OutsideProgram("python3", "-B", tests.appending(path: "MerkleLogTests/check_log.py").path, path)
    }
}
