import ArgumentParser
import HubServer

/// Tokens for people and programs.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "令牌 – issue and revoke tokens; works beside a running server.",
        subcommands: [Issue.self, Revoke.self])

    struct Issue: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "issue", abstract: "发放令牌 – issue a token; it is shown once.")

        @OptionGroup var folder: FolderOptions
        @OptionGroup var output: OutputOptions

        @Option(
            help: "角色 – role: dispatcher, supervisor, approver, meetingOffice, station, auditor, operator, department …"
        )
        var role: String

        @Option(help: "谁用、做什么用 – who it is for.")
        var label: String

        @Option(help: "部门代码,部门角色必填 – department, for its roles.")
        var department: String?

        @Option(help: "岗位,如 jiaoyu/aid – post.")
        var post: String?

        @Option(help: "镇街,站点角色必填 – town, for station roles.")
        var town: String?

        @Option(help: ArgumentHelp("写入文件(0600)而不显示 – write it to a file instead of showing it.", valueName: "FILE"))
        var out: String?

        func run() async throws {
            let request = TokenRequest(
                role: role, label: label, department: department, post: post, town: town, file: out)
            try await TokenDesk(folder: folder.folder()).issue(request, console: output.console)
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke", abstract: "吊销令牌 – revoke every token of an account.")

        @OptionGroup var folder: FolderOptions
        @OptionGroup var output: OutputOptions

        @Argument(help: "账号 – the account shown when the token was issued.")
        var account: String

        func run() async throws {
            try await TokenDesk(folder: folder.folder()).revoke(account, console: output.console)
        }
    }
}

/// Departments that subscribe.
struct DepartmentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "department", abstract: "部门 – enrol a department's keys.", subcommands: [Keys.self])

    struct Keys: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "keys",
            abstract: "登记部门公钥 – register the public keys from a department's sheet; prints the hand-over sheet.")

        @OptionGroup var folder: FolderOptions
        @OptionGroup var output: OutputOptions

        @Option(help: "部门代码 – department.")
        var department: String

        @Option(help: ArgumentHelp("adapter init 打印的表 – the sheet printed by adapter init.", valueName: "FILE"))
        var sheet: String

        @Option(help: ArgumentHelp("交接表写入文件 – write the hand-over sheet to a file.", valueName: "FILE"))
        var out: String?

        func run() async throws {
            try await DepartmentEnrolment(folder: folder.folder())
                .run(department: department, sheet: sheet, out: out, console: output.console)
        }
    }
}
