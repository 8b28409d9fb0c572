import ArgumentParser
import HubServer

/// How a scenario is played: `onedoor demo` and `onedoor scenario` take the same.
struct PlayOptions: ParsableArguments {
    @Option(help: ArgumentHelp("中心目录,须为空 – folder of the hub, empty or new.", valueName: "DIR"))
    var folder: String?

    @Flag(help: "目录里若是旧演示则先删除 – remove an earlier demo in the folder first.")
    var replace = false

    @Flag(help: "演完继续提供页面 – keep serving afterwards.")
    var serve = false

    @Option(help: "页面端口;0 任选 – port of the pages; 0 takes a free one.")
    var port = 0

    @Option(help: ArgumentHelp("改动一个预期到期日 – expect another due date for a clock.", valueName: "CLOCK=DAY"))
    var expect: [String] = []

    @Option(
        help: ArgumentHelp("在某一步强杀进程 – kill -9 serve, feed or an adapter before a step.", valueName: "PROCESS@STEP"))
    var kill: [String] = []

    /// - Parameter file: The scenario; `nil` for the Danyang case of the demo.
    /// - Throws: ``CommandFailure`` when an option cannot be read.
    func scenario(_ file: String?, console: Console) throws(CommandFailure) -> Scenario {
        try Scenario(
            path: file, folder: folder, replace: replace, keepServing: serve, port: port, expectations: expect,
            kills: kill, console: console)
    }
}
