import ArgumentParser
import HubServer

/// Reckons a due date, or works through a file of worked examples.
struct DueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "due",
        abstract: "推算到期日 – reckon a due date: onedoor due case.exit --start 2023-08-15.",
        discussion: """
            规则取自 --rules 目录 / the rules come from the folder given with --rules.
            onedoor due 20wd --start 2025-09-22 --pause 2025-09-26/2025-10-10 --extend +10 --at 2025-10-20
            onedoor due --vectors FILE   逐例核对,不符时退出码为 1 / works through examples, exit 1 when one differs
            """)

    @OptionGroup var output: OutputOptions

    @Argument(help: "时限代号,或 20wd、7cd、24h、4wh、6mo、日期 – a clock's id, or a limit, or the day itself.")
    var rule: String?

    @Option(help: "起算日或时刻 – day or instant it starts.")
    var start: String?

    @Option(help: "收到:actual 或 nextWorkingDay – when the act counts as received.")
    var received: String?

    @Option(help: "末日逢休:nextWorkingDay 或 none – what happens when it ends on a day off.")
    var roll: String?

    @Option(help: "截止:endOfDay 或 closeOfBusiness – when the last day ends.")
    var cutoff: String?

    @Option(help: "中止,可多次:FROM/TO 或 FROM/ – a pause; may be given again.")
    var pause: [String] = []

    @Option(help: "延长,可多次:+10 或 =45 – an extension; may be given again.")
    var extend: [String] = []

    @Option(help: "问这一时刻的状态 – the time the state is asked for.")
    var at: String?

    @Option(help: "办结时刻 – when it was met.")
    var done: String?

    @Option(help: "示例文件 – a file of worked examples to check.")
    var vectors: String?

    @Option(help: "规则目录 – folder with the rule book.")
    var rules = "deploy/rulebook"

    func validate() throws {
        guard vectors == nil || (rule == nil && start == nil) else {
            throw ValidationError("--vectors 单独使用 / --vectors stands alone: leave out the clock and --start")
        }
        guard vectors != nil || (rule != nil && start != nil) else {
            throw ValidationError("请给出时限与 --start / give a clock and --start, or --vectors FILE")
        }
    }

    func run() async throws {
        let report = DueReport(rules: rules)
        if let vectors {
            try report.check(vectors: vectors, to: output.console)
        } else if let rule, let start {
            let conditions: DueConditions
            do throws(DueQuestion.Refusal) {
                conditions = try DueConditions(
                    received: received, roll: roll, cutoff: cutoff, pauses: pause, extensions: extend, now: at,
                    doneAt: done)
            } catch {
                throw CommandFailure(error)
            }
            try report.print(rule, start: start, conditions: conditions, to: output.console)
        }
    }
}
