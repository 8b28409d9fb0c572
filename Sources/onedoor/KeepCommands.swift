import ArgumentParser
import HubServer

/// Proves a log.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract:
            "校验日志 – recompute every hash of the log; works beside a running server. Exit 1 names the first bad position."
    )

    @OptionGroup var folder: FolderOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await HubVerification(folder: folder.folder()).run(console: output.console)
    }
}

/// Makes the views anew.
struct RebuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild", abstract: "重建视图 – make the views anew from the log; the server must be stopped.")

    @OptionGroup var folder: FolderOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await HubRebuild(folder: folder.folder()).run(console: output.console)
    }
}

/// Rules go into the log as events.
struct RulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "规则 – check rule files, publish them into the log, show how they differ.",
        subcommands: [Check.self, Publish.self, Diff.self])

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "检查规则 – every mistake of rule files with file, line and remedy. Exit 65 when there is one.")

        @OptionGroup var output: OutputOptions

        @Argument(help: "规则文件或目录 – rule file or folder.")
        var path: String

        func run() async throws {
            try await RuleInspection(path: path, folder: nil).run(console: output.console)
        }
    }

    struct Diff: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "diff", abstract: "比较规则 – how rule files differ from the log. Exit 1 when they do.")

        @OptionGroup var folder: FolderOptions
        @OptionGroup var output: OutputOptions

        @Argument(help: "规则文件或目录 – rule file or folder.")
        var path: String

        func run() async throws {
            try await RuleInspection(path: path, folder: folder.folder()).run(console: output.console)
        }
    }

    struct Publish: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "publish", abstract: "发布规则 – publish a rule file, or every file of a folder.")

        @OptionGroup var folder: FolderOptions
        @OptionGroup var output: OutputOptions

        @Argument(help: "规则文件或目录 – rule file or folder.")
        var path: String

        func run() async throws {
            try await RulePublication(folder: folder.folder()).run(path, console: output.console)
        }
    }
}

/// Proves a configuration without serving.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "检查规则 – check rule files; with --data also how they differ from the log. Exit 1 when they do.")

    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("中心的数据目录 – the hub's folder.", valueName: "DIR"))
    var data: String?

    @Argument(help: "规则文件或目录 – rule file or folder.")
    var path: String

    func run() async throws {
        try await RuleInspection(path: path, folder: data.map { HubFolder($0) }).run(console: output.console)
    }
}

/// What this is.
struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: "版本 – the version.")

    @OptionGroup var output: OutputOptions

    func run() {
        ProgramVersion.print(to: output.console)
    }
}
