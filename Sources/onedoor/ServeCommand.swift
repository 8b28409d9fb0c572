import ArgumentParser
import HubServer

/// Serves a hub: API, pages, views, and the feed as a child process.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "运行中心 – serve the hub until stopped.")

    @OptionGroup var folder: FolderOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "监听地址 – address to listen at.")
    var host = "127.0.0.1"

    @Option(help: "端口 – port of the API and the pages; 0 takes a free one.")
    var port = 8080

    @Option(help: "部门数据通道的监听地址 – address the feed listens at.")
    var feedHost = "127.0.0.1"

    @Option(help: "数据通道的第一个端口 – first port of the feed: control, then one a department; 0 takes free ones.")
    var feedPort = 8090

    @Option(help: "通知渠道的设置文件 – settings of the ways notices leave the hub: webhooks, mail; none without it.")
    var notices: String?

    @Option(help: "派单后多少分钟未送达部门系统即告警 – minutes after which a referral not yet delivered is an alarm.")
    var deliveryMinutes = 15

    @Flag(help: "只报警告与错误 – tell warnings and errors only.")
    var quiet = false

    func run() async throws {
        let place = try folder.folder()
        try await HubServe(
            folder: place, host: host, port: port, feedHost: feedHost, feedPort: feedPort,
            notices: try notices.map { try NoticeSettings(file: $0) } ?? .none, deliveryMinutes: deliveryMinutes,
            console: Console(json: output.json, silent: quiet),
            logger: ProgramLog.logger("serve", quiet: quiet)
        ).run()
    }
}
