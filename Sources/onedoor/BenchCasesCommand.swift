import ArgumentParser
import HubBenchmarks
import HubServer

extension BenchCommand {
    /// How fast the whole hub works on synthetic counties.
    struct Cases: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "cases",
            abstract: "办件 – casework: commands over HTTP, search, rebuild, on counties of several sizes.",
            discussion: """
                --events 为最大一个县的事件数,默认 1000000,另测其十分之一和百分之一
                / --events is the length of the longest log, 1000000 by default; a tenth and a hundredth are measured beside
                """)

        @OptionGroup var options: BenchCommandOptions
        @OptionGroup var output: OutputOptions

        @Option(help: ArgumentHelp("在多少人中查找 – people to search among.", valueName: "N"))
        var people = 1_000_000

        func run() async throws {
            let asked = options.asked
            BenchOptions.watchStopSignals()
            let report: CasesReport
            do {
                report = try CasesBench(asked, people: people) { output.console.progress($0) }.run()
            } catch {
                output.console.progressDone()
                throw CommandFailure(error)
            }
            output.console.progressDone()
            for line in report.lines { output.console.say(line) }
            output.console.result(report)
            if !report.valid { throw ExitCode(ExitStatus.defect.rawValue) }
        }
    }
}
