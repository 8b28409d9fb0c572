import Foundation

/// Another run of this test bundle that plays one part only, to be traced or killed.
///
/// The parts are tests that do nothing unless the environment names a folder for them.
struct ChildRun {
    static let variable = "ONEDOOR_CHILD_FOLDER"

    /// The folder a part works in; nothing in a normal run.
    static var folder: String? { ProcessInfo.processInfo.environment[variable] }

    let process = Process()
    private let output: Pipe

    /// Starts a part.
    ///
    /// - Parameters:
    ///   - part: What its test is called, as a filter.
    ///   - wrapper: A program and its arguments that run it, such as `strace`.
    init(part: String, folder: String, wrapper: [String] = []) throws {
        let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = wrapper + [bundle, "--testing-library", "swift-testing", "--filter", part]
        process.environment = ProcessInfo.processInfo.environment.merging([Self.variable: folder]) { $1 }
        output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    /// Waits for its end and gives what it said.
    func wait() throws -> String {
        let said = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        return said
    }
}
