import ArgumentParser
import HubBenchmarks
import HubServer

extension BenchCommand {
    /// How fast the deadline board is with many cases.
    struct Board: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "board",
            abstract: "看板 – the deadline board: pages, counts, one event, a calendar change, memory.",
            discussion: "案件由同一个写入器写入视图 / the cases are written into the views by the writer that ships.")

        @OptionGroup var options: BenchCommandOptions
        @OptionGroup var output: OutputOptions

        @Option(help: ArgumentHelp("在办案件数 – open cases.", valueName: "N"))
        var cases = 1_000_000

        @Option(help: ArgumentHelp("旁边的已结案件数,逗号分隔 – closed cases beside them, with commas.", valueName: "N,N"))
        var closed = "100000,1000000,3000000"

        func validate() throws {
            guard (1...10_000_000).contains(cases) else { throw ValidationError("--cases 1–10000000") }
            let counts = closed.split(separator: ",").map { Int($0) ?? -1 }
            guard counts.allSatisfy({ $0 > 0 }), counts == counts.sorted() else {
                throw ValidationError("--closed 为由小到大的正整数 / takes whole numbers, ascending")
            }
        }

        func run() async throws {
            let asked = options.asked
            let rules = try RuleSet.shipped().commands
            BenchOptions.watchStopSignals()
            let report: CasesReport
            do {
                report = try await BoardBench(
                    asked, cases: cases, closed: closed.split(separator: ",").compactMap { Int($0) }, rules: rules
                ) { output.console.progress($0) }.run()
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
