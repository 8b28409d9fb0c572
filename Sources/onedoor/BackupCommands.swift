import ArgumentParser
import HubServer

/// Makes and proves backups.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "备份 – back up a hub, or prove a backup.",
        subcommands: [Create.self, Verify.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create",
            abstract: "做备份 – copy log and keys up to the head of the moment; works beside a running server.",
            discussion: """
                备份不含部署密钥与传输密钥:前者在恢复单上,后者另行保存。
                The deployment key (recovery sheet) and secrets/feed.curve are not in it: keep them apart.
                """)

        @OptionGroup var folder: FolderOptions
        @OptionGroup var output: OutputOptions

        @Option(help: ArgumentHelp("备份目录,须不存在或为空 – folder of the backup, new or empty.", valueName: "DEST"))
        var to: String

        func run() async throws {
            try await BackupCreation(of: folder.folder(), to: BackupFolder(to)).run(console: output.console)
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify",
            abstract: "校验备份 – prove files, log and keys of a backup; exit 1 names what does not hold.")

        @OptionGroup var output: OutputOptions

        @Argument(help: ArgumentHelp("备份目录 – folder of the backup.", valueName: "DEST"))
        var backup: String

        func run() async throws {
            try await BackupVerification(of: BackupFolder(backup)).run(console: output.console)
        }
    }
}

/// Makes a hub from a backup.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "恢复 – make a hub from a backup in a new folder; the log gets a new epoch.",
        discussion: """
            部署密钥取自恢复单或密钥文件,二者择一。
            The deployment key comes from the recovery sheet or from its file: give one of the two.
            """)

    @OptionGroup var folder: FolderOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("备份目录 – folder of the backup.", valueName: "DEST"))
    var backup: String

    @Option(help: ArgumentHelp("恢复单或其中的密钥码 – file with the recovery sheet, or its code.", valueName: "FILE"))
    var recoverySheet: String?

    @Option(help: ArgumentHelp("部署密钥文件 – the old secrets/deployment.key.", valueName: "FILE"))
    var deploymentKey: String?

    @Option(help: ArgumentHelp("原传输密钥,不给则新生成 – the old secrets/feed.curve; else a new one is made.", valueName: "FILE"))
    var feedKey: String?

    func run() async throws {
        try await HubRestore(
            from: BackupFolder(backup), to: folder.folder(), deploymentKey: source(), feedKey: feedKey
        ).run(console: output.console)
    }

    private func source() throws(CommandFailure) -> HubRestore.DeploymentKeySource {
        switch (recoverySheet, deploymentKey) {
        case (let sheet?, nil): return .recoverySheet(sheet)
        case (nil, let file?): return .keyFile(file)
        case (nil, nil), (.some, .some):
            throw CommandFailure(
                .usage, code: "restore.deploymentKey", field: "--recovery-sheet", chinese: "须给出恢复单或部署密钥文件之一",
                english: "give either the recovery sheet or the deployment key's file",
                remedy: "加上 --recovery-sheet FILE 或 --deployment-key FILE / add one of the two")
        }
    }
}
