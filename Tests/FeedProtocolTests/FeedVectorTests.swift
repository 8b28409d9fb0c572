import Foundation
import Testing

/// The frozen bytes of the feed against a program that knows only the formats page.
@Suite struct FeedVectorTests {
    private var vectors: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Vectors")
    }

    /// Recomputes the vectors beside `folder`'s stored file; Debian's own Python has the package it needs.
    private func check(in folder: URL) throws -> (status: Int32, said: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-B", folder.appending(path: "feed_vectors.py").path, "--check"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let said = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, said)
    }

    @Test func `the feed's vectors hold for a program in another language`() throws {
        let (status, said) = try check(in: vectors)
        #expect(status == 0, "python3 and python3-cryptography must be installed; it said: \(said)")
    }

    @Test func `one changed digit of a vector is found`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "feed-vectors-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let script = "feed_vectors.py"
        try FileManager.default.copyItem(at: vectors.appending(path: script), to: folder.appending(path: script))
        let stored = try String(contentsOf: vectors.appending(path: "feed.json"), encoding: .utf8)
        let changed = stored.replacing("\"chain1\": \"8c7fc475", with: "\"chain1\": \"8c7fc476")
        #expect(changed != stored)
        try Data(changed.utf8).write(to: folder.appending(path: "feed.json"))
        let (status, said) = try check(in: folder)
        #expect(status != 0 && said.contains("feed.json differs"))
    }
}
