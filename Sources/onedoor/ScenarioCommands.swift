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

    @OptionGroup var play: PlayOptions

    func run() async throws {
        try await play.scenario(file, console: output.console).run()
    }
}
