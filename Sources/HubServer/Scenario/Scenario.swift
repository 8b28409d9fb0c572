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
    private let otherDays: [String: String]
    private let kills: [DemoKill]
    private let console: Console

    private struct Report: Encodable {
        let title: Label
        let passed: Bool
        let steps: Int
        let restarts: Int
        let checks: [ScenarioCheck]
        let folder: String
        let address: String
    }

    /// Takes what the command line gave.
    ///
    /// - Parameters:
    ///   - path: The scenario file; the Danyang case, as `onedoor demo` plays it, when left out.
    ///   - folder: Where the hub is made; a folder of this process under the temporary folder when left out.
    ///   - expectations: `case.exit=2023-09-13`, to see a check fail.
    ///   - kills: `serve@12`, to see that nothing is lost.
    /// - Throws: ``CommandFailure`` when an option is malformed or the file cannot be read.
    package init(
        path: String?, folder: String?, replace: Bool, keepServing: Bool, port: Int, expectations: [String],
        kills: [String], console: Console
    ) throws(CommandFailure) {
        self.folder = DemoFolder(path: folder ?? "/tmp/onedoor-\(path == nil ? "demo" : "scenario")-\(getpid())")
        self.replace = replace
        self.keepServing = keepServing
        self.port = port
        self.console = console
        var days: [String: String] = [:]
        for text in expectations {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                throw CommandFailure(
                    .usage, code: "demo.expect", field: "--expect", chinese: "写法不对", english: "not a clock and a day",
                    remedy: "例如 case.exit=2023-09-13 / for example case.exit=2023-09-13")
            }
            days[parts[0]] = parts[1]
        }
        otherDays = days
        var planned: [DemoKill] = []
        for text in kills { planned.append(try DemoKill(text)) }
        self.kills = planned
        if let path {
            file = try ScenarioFile(path: path)
        } else {
            file = try ScenarioFile(path: try ShippedFiles.scenario("danyang"))
        }
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
        let play = ScenarioPlay(hub: hub, kills: kills, otherDays: otherDays, console: console)
        let checks: [ScenarioCheck]
        do throws(CommandFailure) {
            checks = try await play.play(file.steps)
        } catch {
            console.progressDone()
            await hub.stop()
            throw error
        }
        try await finish(checks, play, hub, beginning)
    }

    private static func moment(_ step: ScenarioFile.Step) -> DemoMoment? {
        if case .moment(let moment, _) = step.act { return moment }
        return nil
    }

    private func finish(
        _ checks: [ScenarioCheck], _ play: ScenarioPlay, _ hub: ScenarioHub, _ beginning: DemoMoment
    ) async throws(CommandFailure) {
        let failed = checks.filter { !$0.holds }
        console.result(
            Report(
                title: file.title, passed: failed.isEmpty, steps: await play.steps,
                restarts: await hub.processes.restarts, checks: checks, folder: folder.path, address: hub.address))
        guard failed.isEmpty else {
            await hub.stop()
            throw CommandFailure(
                .defect, code: "scenario.checks",
                field: failed.map { "\($0.place) \($0.what)" }.joined(separator: "; "),
                chinese: "\(failed.count) 项期望不符",
                english: "\(failed.count) of \(checks.count) expectations do not hold",
                remedy: "见上面带 ✗ 的行 / see the lines with ✗ above")
        }
        console.say("\n\(checks.count) 项期望全部符合 – all \(checks.count) expectations hold")
        if keepServing { try await serveOn(hub, beginning) }
        await hub.stop()
        if !keepServing { folder.removeIfTemporary() }
    }

    /// Keeps everything running until somebody stops it.
    private func serveOn(_ hub: ScenarioHub, _ beginning: DemoMoment) async throws(CommandFailure) {
        let token = (try? TokenFile.read("\(folder.tokens)/dispatcher.token")) ?? ""
        let year = beginning.text.prefix(4).suffix(2)
        console.say(
            """

            看板 board      \(hub.address)/board
            案件 case       \(hub.address)/cases/\(file.hubCode)\(year)-00001
            登录令牌 token   \(token)
                            (另存于 also in \(folder.tokens))
            停止 stop       Ctrl-C
            """)
        csupport_watch_stop_signals()
        while csupport_stop_requested() == 0 {
            try await hub.revive()
            // Sleeps: between two looks for a stop signal and for a process that died.
            try? await ContinuousClock().sleep(for: .milliseconds(200))
        }
    }
}
