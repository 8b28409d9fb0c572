import ArgumentParser
import HubServer

/// Deadlines of a running hub, explained.
struct DeadlineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deadline", abstract: "时限 – why a date is what it is, and whose every day was.",
        subcommands: [Explain.self, Days.self])

    /// The certificate of one deadline.
    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "explain", abstract: "时限凭证 – the certificate of a due date, day by day.",
            discussion: "--json 给出可离线复算的凭证 / --json gives the certificate that anyone can compute again.")

        @OptionGroup var hub: HubOptions
        @OptionGroup var output: OutputOptions

        @Argument(help: "时限标识,见 board --json – its id, as board --json names it.")
        var id: String

        func run() async throws {
            try await DeadlineReport(client: hub.client()).explain(id, to: output.console)
        }
    }

    /// Whose every working day of a case was.
    struct Days: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "days", abstract: "工作日归属 – whose every working day of a case was.")

        @OptionGroup var hub: HubOptions
        @OptionGroup var output: OutputOptions

        @Argument(help: "案件编号 – number of the case.")
        var number: String

        @Option(help: "时刻或日期,日期指当日结束前 – instant, or a day meaning before its end.")
        var asOf: String?

        func run() async throws {
            try await DeadlineReport(client: hub.client()).days(of: number, asOf: asOf, to: output.console)
        }
    }
}
