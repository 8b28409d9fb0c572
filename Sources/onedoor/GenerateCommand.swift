import ArgumentParser
import HubServer

/// Makes a synthetic county, to try the program on and to measure it.
struct GenerateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract:
            "生成一个虚构的县 – make a synthetic county by seed: people, departments, towns, stations, two years of cases.",
        discussion: """
            同一种子、同一参数,日志的根相同 / the same seed and options give the same root of the log
            例如 / for example:  onedoor generate --data /tmp/county --seed 1 --events 100000
            """)

    @OptionGroup var folder: FolderOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("种子 – seed.", valueName: "N"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("低收入人口数,默认 20000 – low-income people.", valueName: "N"))
    var people: Int?

    @Option(help: ArgumentHelp("月数 – months of work.", valueName: "N"))
    var months = CountySettings.months

    @Option(help: ArgumentHelp("事件总数,约数 – about how many events the log shall have.", valueName: "N"))
    var events: Int?

    @Option(help: ArgumentHelp("规则目录,默认为自带规则 – folder with the rule book.", valueName: "DIR"))
    var rulebook: String?

    func run() async throws {
        let settings = try CountySettings(seed: seed, people: people, months: months, events: events)
        let report = try await County(folder: folder.folder(), settings: settings, rulebook: rulebook)
            .make(console: output.console)
        output.console.say(
            """
            \(report.events) 个事件 events,根 root \(report.root)
            \(report.people) 人 people,\(report.cases) 件 cases,\(report.commands) 条命令 commands
            令牌 tokens \(report.tokens)
            """)
        output.console.result(report)
    }
}
