import ArgumentParser
import HubServer

/// The working-day calendar: checked, imported, shown.
struct CalendarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar", abstract: "工作日日历 – check a calendar, import a year's notice, show a year or a day.",
        subcommands: [Check.self, Import.self, Show.self])

    /// Where the calendar in force stands.
    struct Source: ParsableArguments {
        @Option(help: ArgumentHelp("中心的数据目录 – the hub's folder; without it the rule files.", valueName: "DIR"))
        var data: String?

        @Option(help: "规则目录 – folder with the rule book.")
        var rules = "deploy/rulebook"

        var inspection: CalendarInspection {
            CalendarInspection(rules: rules, folder: data.map { HubFolder($0) })
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "检查日历文件 – every mistake of a calendar or notice with line and remedy. Exit 65 when there is one.")

        @OptionGroup var source: Source
        @OptionGroup var output: OutputOptions

        @Argument(help: "日历或通知文件 – file with calendar: or announcement:.")
        var path: String

        func run() async throws {
            try await source.inspection.check(path, console: output.console)
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "看一年或一天 – a year as a table, or one day explained.")

        @OptionGroup var source: Source
        @OptionGroup var output: OutputOptions

        @Argument(help: "2026 或 2026-10-10 – a year or a day.")
        var asked: String?

        func run() async throws {
            try await source.inspection.show(asked, console: output.console)
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import",
            abstract: "导入放假通知 – make the next calendar of a notice, show every due date it moves, publish it.")

        @OptionGroup var folder: FolderOptions
        @OptionGroup var output: OutputOptions

        @Argument(help: "日历或通知文件 – file with calendar: or announcement:.")
        var path: String

        @Flag(help: "只看报告,不发布 – show the report, publish nothing.")
        var dryRun = false

        @Option(help: "先前报告的摘要,不同则不发布 – digest of the report seen before; another one stops the import.")
        var digest: String?

        @Option(help: ArgumentHelp("把每个移动的到期日存入新文件 – keep every move in a new file.", valueName: "FILE"))
        var report: String?

        func run() async throws {
            try await CalendarImport(folder: folder.folder()).run(
                path, dryRun: dryRun, expected: digest, kept: report, console: output.console)
        }
    }
}
