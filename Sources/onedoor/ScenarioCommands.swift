import ArgumentParser
import HubServer

/// Plays a scenario file and checks what it expects.
struct ScenarioCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scenario",
        abstract:
            "按剧本演一个案件并核对期望 – play a case from a file through the public API and check what it expects. Exit 1 when something does not hold.",
        discussion: """
            剧本格式见 schemas/scenario.json,例子见 deploy/scenarios
            / the format is schemas/scenario.json; examples are in deploy/scenarios
            """)

    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("剧本文件 – scenario file (YAML).", valueName: "FILE"))
    var file: String

    @Option(help: ArgumentHelp("中心目录,须为空 – folder of the hub, empty or new.", valueName: "DIR"))
    var folder: String?

    @Flag(help: "目录里若是旧演示则先删除 – remove an earlier demo in the folder first.")
    var replace = false

    @Flag(help: "演完继续提供页面 – keep serving afterwards.")
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
            path: file, folder: folder, replace: replace, keepServing: serve, port: port, expectations: expect,
            kills: kill, console: output.console
        ).run()
    }
}
