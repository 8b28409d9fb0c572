import ArgumentParser
import HubServer

/// The main job: the Danyang case from door to door, through real processes.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract:
            "演示丹阳案 – play the Danyang case through real processes and check every date. Exit 1 when a check fails.",
        discussion: """
            要看一项检查失败的样子 / to see a check fail:  onedoor demo --expect case.exit=2023-09-13
            """)

    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("演示目录,须为空 – folder of the demo, empty or new.", valueName: "DIR"))
    var folder: String?

    @Flag(help: "目录里若是旧演示则先删除 – remove an earlier demo in the folder first.")
    var replace = false

    @Flag(help: "演示完继续提供页面 – keep serving afterwards.")
    var serve = false

    @Option(help: "页面端口;0 任选 – port of the pages; 0 takes a free one.")
    var port = 0

    @Option(help: ArgumentHelp("改动一个预期到期日 – expect another due date for a clock.", valueName: "CLOCK=DAY"))
    var expect: [String] = []

    @Option(
        help: ArgumentHelp("在某一步强杀进程 – kill -9 serve, feed or an adapter before a step.", valueName: "PROCESS@STEP"))
    var kill: [String] = []

    func run() async throws {
        try await Scenario(
            path: nil, folder: folder, replace: replace, keepServing: serve, port: port, expectations: expect,
            kills: kill, console: output.console
        ).run()
    }
}
