import EventSourcing
import Foundation
import Glibc
import HubTesting
import SQLiteEventLog
import Testing

/// Acknowledged means on the disk: counted from outside, and held against processes killed without warning.
@Suite struct DurabilityTests {
    @Test func `each append is synced before it is answered`() async throws {
        var generator = SeededGenerator.printed()
        let filled = try await FilledLog(&generator)
        let trace = "\(filled.folder.path)/trace"
        let child = try ChildRun(
            part: "ChildParts", folder: filled.folder.path,
            wrapper: ["strace", "-f", "--seccomp-bpf", "-y", "-e", "trace=fdatasync,fsync", "-o", trace])
        let said = try child.wait()
        #expect(child.process.terminationStatus == 0, "strace must be installed; the child said: \(said)")
        var answers = 0
        var isSynced = false
        for line in try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n") {
            if line.contains("log.sqlite-wal>") { isSynced = true }
            // The child syncs this file after each answer, so that answers stand in the trace too.
            if line.contains("/answers>") && line.contains("sync(") {
                #expect(isSynced, "answer \(answers + 1) came before a sync")
                answers += 1
                isSynced = false
            }
        }
        #expect(answers == ChildParts.appends)
        #expect(try await filled.open().head().position == Position(UInt64(FilledLog.events + ChildParts.appends)))
    }

    @Test func `opening makes the names of the files last before the first answer`() async throws {
        var generator = SeededGenerator.printed()
        let filled = try await FilledLog(&generator)
        let trace = "\(filled.folder.path)/trace"
        let child = try ChildRun(
            part: "ChildParts", folder: filled.folder.path,
            wrapper: ["strace", "-f", "--seccomp-bpf", "-y", "-e", "trace=openat,fsync,fdatasync", "-o", trace])
        _ = try child.wait()
        var isMade = false
        var isLasting = false
        for line in try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n") {
            if line.contains("log.sqlite-wal\"") && line.contains("O_CREAT") && line.contains("log.sqlite-wal>") {
                isMade = true
            }
            if isMade && line.contains("sync(") && line.contains("<\(filled.folder.path)>") { isLasting = true }
            if line.contains("/answers>") && line.contains("sync(") { break }
        }
        #expect(isMade)
        // It is made by a connection that only looks, and yet the writer's first sync must cover its name.
        #expect(isLasting)
    }

    @Test func `no answered append is lost when the process is killed`() async throws {
        var generator = SeededGenerator.printed()
        let filled = try await FilledLog(&generator)
        for _ in 0..<5 {
            let child = try ChildRun(part: "ChildParts", folder: filled.folder.path)
            let answers = "\(filled.folder.path)/answers"
            let enough = Int.random(in: 1...ChildParts.appends, using: &generator)
            try? FileManager.default.removeItem(atPath: answers)
            while child.process.isRunning && (try? Data(contentsOf: URL(fileURLWithPath: answers)).count) ?? 0 < enough
            {
                await Task.yield()
            }
            kill(child.process.processIdentifier, SIGKILL)
            _ = try child.wait()
            let answered = (try? Data(contentsOf: URL(fileURLWithPath: answers)).count) ?? 0
            let before = try await filled.verify()
            #expect(before.finding == nil)
            let log = try filled.open()
            var known = 0
            for number in 0..<ChildParts.appends {
                let ids = ChildParts.ids(of: number, process: child.process.processIdentifier)
                guard let acceptance = try await log.acceptance(of: ids.command, by: ids.actor) else { break }
                let place = try #require(acceptance.0.events?.lowerBound)
                #expect(try await log.event(at: place) != nil)
                known += 1
            }
            #expect(known >= answered && known <= answered + 1)
            await log.close()
        }
    }
}

/// What a child process does; nothing in a normal run.
@Suite struct ChildParts {
    static let appends = 20

    /// The ids of one command of one process, which the parent can tell afterwards.
    static func ids(of number: Int, process: Int32) -> (command: UniqueID, actor: AccountID) {
        let at = Instant(milliseconds: 1)
        return (
            UniqueID(versionSevenAt: at, random: (UInt64(number), UInt64(process))),
            AccountID(UniqueID(versionSevenAt: at, random: (0, UInt64(process))))
        )
    }

    @Test(.enabled(if: ChildRun.folder != nil)) func `appends one after the other and notes each answer`() async throws
    {
        let folder = try #require(ChildRun.folder)
        let log = try SQLiteEventLog.open(in: folder, clock: PushedClock())
        var system = SystemRandomNumberGenerator()
        var samples = EventSamples(generator: SeededGenerator(seed: system.next()), logID: log.identity.logID)
        let answers = open("\(folder)/answers", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        for number in 0..<Self.appends {
            let ids = Self.ids(of: number, process: getpid())
            try await log.append(
                samples.append([try samples.event()], commandID: ids.command, actor: ids.actor))
            try #require(write(answers, "x", 1) == 1)
            try #require(fdatasync(answers) == 0)
        }
        close(answers)
        await log.close()
    }
}
