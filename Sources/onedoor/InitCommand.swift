import ArgumentParser
import HubServer

/// Makes a new hub in an empty folder.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "新建一个中心 – make a new hub: log, keys, rule book; prints the recovery sheet.")

    @OptionGroup var folder: FolderOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("案件编号的字头,2–6 个大写字母 – front of every number.", valueName: "CODE"))
    var hubCode = "OD"

    @Option(help: ArgumentHelp("规则目录 – folder with the rule book to publish.", valueName: "DIR"))
    var rulebook: String?

    func run() async throws {
        let report = try await HubInitializer(folder: folder.folder(), hubCode: hubCode, isDemo: false, startingAt: nil)
            .run(rulebook: rulebook, console: output.console)
        output.console.say(report.sheet)
        output.console.result(report)
    }
}
