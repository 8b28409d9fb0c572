import FoundationEssentials

/// Files that come with the program: beside it, or where the program is run from.
enum ShippedFiles {
    /// The folder of the default rule book; `ONEDOOR_RULEBOOK` names another.
    static func rulebook() throws(CommandFailure) -> String {
        var candidates = ["deploy/rulebook"]
        if let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
            var path = own
            while let slash = path.lastIndex(of: "/") {
                path = String(path[..<slash])
                candidates.append("\(path)/deploy/rulebook")
            }
        }
        if let given = ProcessInfo.processInfo.environment["ONEDOOR_RULEBOOK"] { candidates.insert(given, at: 0) }
        guard let found = candidates.first(where: { FileManager.default.fileExists(atPath: "\($0)/deadlines.yaml") })
        else {
            throw CommandFailure(
                .configuration, code: "demo.rulebook", field: "deploy/rulebook", chinese: "找不到规则目录",
                english: "the rule book was not found",
                remedy: "在项目目录中运行,或设置 ONEDOOR_RULEBOOK / run in the project's folder, or set ONEDOOR_RULEBOOK")
        }
        return found
    }

    /// A scenario that stands beside the rule book.
    static func scenario(_ name: String) throws(CommandFailure) -> String {
        let path = "\(try rulebook())/../scenarios/\(name).yaml"
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure(
                .configuration, code: "demo.scenario", field: path, chinese: "找不到剧本文件",
                english: "the scenario was not found",
                remedy: "deploy/scenarios 应在 deploy/rulebook 旁边 / deploy/scenarios stands beside deploy/rulebook")
        }
        return path
    }
}
