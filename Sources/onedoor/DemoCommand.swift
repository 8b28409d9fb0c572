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

    @OptionGroup var play: PlayOptions

    func run() async throws {
        try await play.scenario(nil, console: output.console).run()
    }
}
