import CSupport
import DepartmentKit
import EventSourcing
import FoundationEssentials
import Logging

#if canImport(Glibc)
    import Glibc
#endif

/// The main job: a fresh hub and seven adapters as real processes, the Danyang case played, every date checked.
package struct Demo: Sendable {
    private let folder: DemoFolder
    private let replace: Bool
    private let keepServing: Bool
    private let port: Int
    private let expectations: [String: String]
    private let kills: [DemoKill]
    private let console: Console

    private struct Report: Encodable {
        let passed: Bool
        let steps: Int
        let restarts: Int
        let checks: [DemoChecks.Check]
        let folder: String
        let address: String
    }

    /// Takes what the command line gave.
    ///
    /// - Parameters:
    ///   - folder: Folder of the demo; nothing makes one for this process under the temporary folder.
    ///   - expectations: `case.exit=2023-09-13`, to see a check fail.
    ///   - kills: `serve@12`, to see that nothing is lost.
    /// - Throws: ``CommandFailure`` when an option is malformed.
    package init(
        folder: String?, replace: Bool, keepServing: Bool, port: Int, expectations: [String], kills: [String],
        console: Console
    ) throws(CommandFailure) {
        self.folder = DemoFolder(path: folder ?? "/tmp/onedoor-demo-\(getpid())")
        self.replace = replace
        self.keepServing = keepServing
        self.port = port
        self.console = console
        var expected: [String: String] = [:]
        for text in expectations {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                throw CommandFailure(
                    .usage, code: "demo.expect", field: "--expect", chinese: "写法不对", english: "not a clock and a day",
                    remedy: "例如 case.exit=2023-09-13 / for example case.exit=2023-09-13")
            }
            expected[parts[0]] = parts[1]
        }
        self.expectations = expected
        var planned: [DemoKill] = []
        for text in kills { planned.append(try DemoKill(text)) }
        self.kills = planned
    }

    /// Plays, checks, and serves on if asked to.
    ///
    /// - Throws: ``CommandFailure``; exit 1 when a check does not hold.
    package func run() async throws(CommandFailure) {
        guard let beginning = DemoMoment(DemoStory.beginning) else { preconditionFailure("the story begins on a date") }
        console.say("一口通演示 OneDoor demo · 丹阳案 · \(folder.path)")
        try folder.prepare(replace: replace)
        let ports = try FreePorts.take(web: port, feeds: DemoStory.departments.count + 1)
        let setup = DemoSetup(folder: folder, console: console, feedPort: ports.feed)
        let tokens = try await setup.make(startingAt: beginning)
        let executable = try OwnExecutable.path()
        let processes = DemoProcesses(executable: executable, console: console)
        let address = "http://127.0.0.1:\(ports.web)"
        let stage = DemoStage(
            folder: folder, console: console, processes: processes, address: address, tokens: tokens, kills: kills,
            startingAt: beginning)
        let outcome: Result<[DemoChecks.Check], CommandFailure>
        do throws(CommandFailure) {
            try await start(processes, ports)
            try await stage.move(to: beginning)
            try await DemoStory(stage: stage).play()
            console.progressDone()
            outcome = .success(try await DemoChecks(stage: stage, expectations: expectations).run())
        } catch {
            console.progressDone()
            outcome = .failure(error)
        }
        try await finish(outcome, stage, processes, address)
    }

    private func start(_ processes: DemoProcesses, _ ports: FreePorts) async throws(CommandFailure) {
        try await processes.start(
            .init(
                name: "serve",
                arguments: [
                    "serve", "--data", folder.hub.path, "--port", "\(ports.web)", "--feed-port", "\(ports.feed)",
                    "--quiet",
                ]))
        for department in DemoStory.departments {
            guard let code = DepartmentCode(department) else { continue }
            try await processes.start(
                .init(
                    name: department,
                    arguments: [
                        "adapter", "run", "--department", department, "--dir", folder.department(code), "--quiet",
                    ]))
        }
    }

    private func finish(
        _ outcome: Result<[DemoChecks.Check], CommandFailure>, _ stage: DemoStage, _ processes: DemoProcesses,
        _ address: String
    ) async throws(CommandFailure) {
        let checks: [DemoChecks.Check]
        switch outcome {
        case .failure(let failure):
            await processes.stop()
            throw failure
        case .success(let found): checks = found
        }
        console.say("\n检查 checks")
        for check in checks {
            let sign = check.holds ? "✓" : "✗"
            let found = check.holds ? check.found : "应为 expected \(check.expected),实为 found \(check.found)"
            console.say("  \(sign) \(check.what): \(found.isEmpty ? "–" : found)")
        }
        let failed = checks.filter { !$0.holds }
        console.result(
            Report(
                passed: failed.isEmpty, steps: await stage.steps, restarts: await processes.restarts, checks: checks,
                folder: folder.path, address: address))
        guard failed.isEmpty else {
            await processes.stop()
            throw CommandFailure(
                .defect, code: "demo.checks", field: failed.map(\.what).joined(separator: "; "),
                chinese: "\(failed.count) 项检查不符", english: "\(failed.count) checks do not hold",
                remedy: "见上面带 ✗ 的行 / see the lines with ✗ above")
        }
        console.say("\n\(checks.count) 项检查全部符合 – all \(checks.count) checks hold")
        if keepServing { try await serveOn(processes, address) }
        await processes.stop()
    }

    /// Keeps everything running until somebody stops it.
    private func serveOn(_ processes: DemoProcesses, _ address: String) async throws(CommandFailure) {
        let token = (try? TokenFile.read(folder.token(.dispatcher))) ?? ""
        console.say(
            """

            看板 board      \(address)/board
            案件 case       \(address)/cases/DY23-00001
            登录令牌 token   \(token)
                            (另存于 also in \(folder.tokens))
            停止 stop       Ctrl-C
            """)
        csupport_watch_stop_signals()
        while csupport_stop_requested() == 0 {
            try await processes.revive()
            // Sleeps: between two looks for a stop signal and for processes that died.
            try? await ContinuousClock().sleep(for: .milliseconds(200))
        }
    }
}
