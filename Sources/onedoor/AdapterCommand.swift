import ArgumentParser
import HubServer

/// What a department runs: `onedoor adapter --department CODE` follows the feed.
struct AdapterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adapter",
        abstract: "部门适配器 – a department's adapter: follows its feed, keeps its slice, carries its acts.",
        subcommands: [
            Run.self, Init.self, Pin.self, Inbox.self, Show.self, Status.self, Receive.self, Accept.self, Start.self,
            RequestReturn.self, Progress.self, CoResult.self, Complete.self, Fail.self, FollowUpProgress.self,
            AcceptOffer.self, DeclineOffer.self,
        ], defaultSubcommand: Run.self)

    /// Which department, and where its adapter keeps its files.
    struct Place: ParsableArguments {
        @Option(help: "部门代码 – department.")
        var department: String

        @Option(help: ArgumentHelp("适配器目录 – folder of the adapter.", valueName: "DIR"))
        var dir = "."

        func desk() throws -> AdapterDesk {
            try AdapterDesk(department: department, path: dir)
        }
    }

    struct Run: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "run", abstract: "运行,直到停止 – follow the feed until stopped.")

        @OptionGroup var place: Place

        @Option(help: "默认岗位,如 jiaoyu/aid – post that acts unless an act names another.")
        var post: String?

        @Flag(help: "只记警告与错误 – log warnings and errors only.")
        var quiet = false

        func run() async throws {
            try await place.desk().run(post: post, logger: ProgramLog.logger("adapter", quiet: quiet))
        }
    }

    struct Init: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "init", abstract: "生成密钥并打印登记单 – make the keys and print the sheet for the centre.")

        @OptionGroup var place: Place
        @OptionGroup var output: OutputOptions

        @Option(help: ArgumentHelp("另存登记单 – write the sheet to a file too.", valueName: "FILE"))
        var out: String?

        func run() async throws {
            try place.desk().initialise(out: out, console: output.console)
        }
    }

    struct Pin: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pin", abstract: "绑定中心的交接单 – pin the hub from the sheet the centre printed.")

        @OptionGroup var place: Place
        @OptionGroup var output: OutputOptions

        @Option(help: ArgumentHelp("交接单文件 – the hand-over sheet.", valueName: "FILE"))
        var sheet: String

        func run() async throws {
            try place.desk().pin(sheet: sheet, console: output.console)
        }
    }

    struct Inbox: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "inbox", abstract: "收件箱 – the referrals of this department.")

        @OptionGroup var place: Place
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await place.desk().ask(AdapterQuestion.inbox, console: output.console)
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "一件转办及已放出的内容 – one referral with what was released.")

        @OptionGroup var place: Place
        @OptionGroup var output: OutputOptions

        @Argument(help: "转办编号 – number or id of the referral.")
        var referral: String

        func run() async throws {
            try await place.desk().ask(AdapterQuestion.show(referral), console: output.console)
        }
    }

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status", abstract: "连接与进度 – connection, place in the feed, acts that wait.")

        @OptionGroup var place: Place
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await place.desk().ask(AdapterQuestion.status, console: output.console)
        }
    }
}
