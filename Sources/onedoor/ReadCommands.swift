import ArgumentParser
import HubServer

/// Cases of a running hub.
struct CaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "case", abstract: "案件 – show one case, or list them.", subcommands: [Show.self, List.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "show", abstract: "一个案件 – one case.")

        @OptionGroup var hub: HubOptions
        @OptionGroup var output: OutputOptions

        @Argument(help: "案件编号 – number of the case, such as DY23-00001.")
        var number: String

        func run() async throws {
            try await CaseReport(client: hub.client()).print(number, to: output.console)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "案件列表 – list of cases.")

        @OptionGroup var hub: HubOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await CaseReport(client: hub.client()).printList(to: output.console)
        }
    }
}

/// A case as it was known on a past day.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "按日回放 – a case as the hub and each department knew it on a day.")

    @OptionGroup var hub: HubOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "案件编号 – number of the case.")
    var number: String

    @Option(help: "时刻或日期,日期指当日结束前 – instant, or a day meaning before its end.")
    var asOf: String

    @Flag(help: "当时实情,而非当时所知 – as it truly was then, not as it was known.")
    var asItWas = false

    func run() async throws {
        try await ReplayReport(client: hub.client()).print(number, asOf: asOf, asItWas: asItWas, to: output.console)
    }
}
