import ArgumentParser
import FoundationEssentials
import HubServer

/// Flags every command has.
struct OutputOptions: ParsableArguments {
    @Flag(help: "以 JSON 输出结果 – print the result as one JSON document.")
    var json = false

    var console: Console { Console(json: json) }
}

/// Which hub on this machine.
struct FolderOptions: ParsableArguments {
    @Option(help: ArgumentHelp("中心的数据目录 – the hub's folder (or ONEDOOR_DATA).", valueName: "DIR"))
    var data: String?

    /// The folder, from the option or the environment.
    func folder() throws(CommandFailure) -> HubFolder {
        if let path = data ?? ProcessInfo.processInfo.environment["ONEDOOR_DATA"], !path.isEmpty {
            return HubFolder(path)
        }
        throw CommandFailure(
            .usage, code: "usage.data", field: "--data", chinese: "没有指出中心的数据目录",
            english: "the hub's folder was not given",
            remedy: "加上 --data DIR,或设置 ONEDOOR_DATA / add --data DIR or set ONEDOOR_DATA")
    }
}

/// Which running hub to ask, and as whom.
struct HubOptions: ParsableArguments {
    @Option(help: ArgumentHelp("中心的地址 – address of the hub (or ONEDOOR_HUB).", valueName: "URL"))
    var hub: String?

    @Option(help: ArgumentHelp("存放令牌的文件 – file with the token (or ONEDOOR_TOKEN_FILE).", valueName: "FILE"))
    var tokenFile: String?

    /// A client for the hub that was named.
    func client() throws(CommandFailure) -> HubClient {
        let environment = ProcessInfo.processInfo.environment
        let address = hub ?? environment["ONEDOOR_HUB"] ?? "http://127.0.0.1:8080"
        guard let file = tokenFile ?? environment["ONEDOOR_TOKEN_FILE"] else {
            throw CommandFailure(
                .usage, code: "usage.token", field: "--token-file", chinese: "没有给出令牌文件",
                english: "no token file was given",
                remedy:
                    "用 onedoor token issue 发放令牌存入文件,再加 --token-file FILE / issue a token into a file, then add --token-file FILE"
            )
        }
        return HubClient(base: address, token: try TokenFile.read(file))
    }
}
