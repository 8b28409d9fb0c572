import CSupport
import CaseDesk
import EventSourcing
import FoundationEssentials
import RuleBook

#if canImport(Glibc)
    import Glibc
#endif

/// Plays a scenario file through the public API of a hub of its own, with the demo clock, and checks what it expects.
package struct Scenario: Sendable {
    private let file: ScenarioFile
    private let folder: DemoFolder
    private let replace: Bool
    private let keepServing: Bool
    private let port: Int
    private let console: Console

    private struct Report: Encodable {
        let title: Label
        let passed: Bool
        let steps: Int
        let checks: [ScenarioCheck]
        let folder: String
    }

    /// Takes what the command line gave.
    ///
    /// - Parameter folder: Where the hub is made; a folder of this process under the temporary folder when left out.
    package init(
        _ file: ScenarioFile, folder: String?, replace: Bool, keepServing: Bool, port: Int, console: Console
    ) {
        self.file = file
        self.folder = DemoFolder(path: folder ?? "/tmp/onedoor-scenario-\(getpid())")
        self.replace = replace
        self.keepServing = keepServing
        self.port = port
        self.console = console
    }

    /// Plays, checks, and serves on if asked to.
    ///
    /// - Throws: ``CommandFailure``; exit 1 when a check does not hold or a step is refused that should not be.
    package func run() async throws(CommandFailure) {
        guard let beginning = file.steps.lazy.compactMap(Self.moment).first else {
            throw CommandFailure(
                .badInput, code: "scenario.beginning", field: "steps", chinese: "剧本没有时刻",
                english: "the scenario has no moment", remedy: "第一步写 at: 2023-08-14 09:30 / begin with at:")
        }
        console.say("\(file.title.chinese)\n\(file.title.english)")
        try folder.prepare(replace: replace)
        let hub = try await ScenarioHub.start(file, in: folder, at: beginning, port: port, console: console)
        let checks: [ScenarioCheck]
        do throws(CommandFailure) {
            checks = try await ScenarioPlay(hub: hub, console: console).play(file.steps)
        } catch {
            console.progressDone()
            await hub.stop()
            throw error
        }
        try await finish(checks, hub)
    }

    private static func moment(_ step: ScenarioFile.Step) -> DemoMoment? {
        if case .moment(let moment, _) = step.act { return moment }
        return nil
    }

    private func finish(_ checks: [ScenarioCheck], _ hub: ScenarioHub) async throws(CommandFailure) {
        let failed = checks.filter { !$0.holds }
        console.result(
            Report(
                title: file.title, passed: failed.isEmpty, steps: file.steps.count, checks: checks, folder: folder.path)
        )
        guard failed.isEmpty else {
            await hub.stop()
            throw CommandFailure(
                .defect, code: "scenario.checks", field: failed.map(\.place).joined(separator: "; "),
                chinese: "\(failed.count) 项期望不符",
                english: "\(failed.count) of \(checks.count) expectations do not hold",
                remedy: "见上面带 ✗ 的行 / see the lines with ✗ above")
        }
        console.say("\n\(checks.count) 项期望全部符合 – all \(checks.count) expectations hold")
        if keepServing { try await serveOn(hub) }
        await hub.stop()
        if !keepServing { folder.removeIfTemporary() }
    }

    private func serveOn(_ hub: ScenarioHub) async throws(CommandFailure) {
        console.say("\n看板 board      \(hub.address)/board\n令牌 tokens     \(folder.tokens)\n停止 stop       Ctrl-C")
        csupport_watch_stop_signals()
        while csupport_stop_requested() == 0 {
            try await hub.revive()
            // Sleeps: between two looks for a stop signal and for a process that died.
            try? await ContinuousClock().sleep(for: .milliseconds(200))
        }
    }
}
