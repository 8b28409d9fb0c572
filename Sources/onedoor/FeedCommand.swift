import ArgumentParser
import HubServer

/// The child process that speaks ZeroMQ; started by `serve`.
struct FeedCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feed",
        abstract: "数据通道进程,由 serve 启动 – the feed process; serve starts it and hands it descriptor 3.")

    @Option(help: ArgumentHelp("传输密钥文件 – file of the CURVE secret.", valueName: "FILE"))
    var secret: String

    @Flag(help: "只记警告与错误 – log warnings and errors only.")
    var quiet = false

    func run() throws {
        try FeedEntryPoint.run(secret: secret, quiet: quiet)
    }
}
