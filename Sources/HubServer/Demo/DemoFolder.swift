import EventSourcing
import FoundationEssentials

/// Where a demo keeps its hub, its departments and its tokens.
struct DemoFolder: Sendable {
    let path: String

    var hub: HubFolder { HubFolder("\(path)/hub") }
    var tokens: String { "\(path)/tokens" }

    func department(_ code: DepartmentCode) -> String { "\(path)/departments/\(code)" }

    /// Marks a folder as a demo's, so that `--replace` never removes anything else.
    private var mark: String { "\(path)/.onedoor-demo" }

    /// Makes the folder; an earlier demo in it goes when `replace` says so.
    func prepare(replace: Bool) throws(CommandFailure) {
        let files = FileManager.default
        if let found = try? files.contentsOfDirectory(atPath: path), !found.isEmpty {
            guard files.fileExists(atPath: mark) else {
                throw CommandFailure(
                    .cannotCreate, code: "demo.folder", field: path, chinese: "目录里已有别的东西",
                    english: "the folder holds something else", remedy: "换一个空目录 / choose an empty folder")
            }
            guard replace else {
                throw CommandFailure(
                    .unconfirmed, code: "demo.exists", field: path, chinese: "这里已有一次演示",
                    english: "there is a demo here already", remedy: "加上 --replace 重新开始 / add --replace to start over")
            }
            do {
                try files.removeItem(atPath: path)
            } catch {
                throw unwritable
            }
        }
        do {
            for folder in [path, tokens, "\(path)/departments"] {
                try files.createDirectory(
                    atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            }
            try Data("demo\n".utf8).write(to: URL(filePath: mark))
        } catch {
            throw unwritable
        }
    }

    /// Removes a folder nobody asked for by name.
    func removeIfTemporary() {
        guard path.hasPrefix("/tmp/onedoor-"), FileManager.default.fileExists(atPath: mark) else { return }
        try? FileManager.default.removeItem(atPath: path)
    }

    private var unwritable: CommandFailure {
        CommandFailure(
            .cannotCreate, code: "demo.folder", field: path, chinese: "目录无法写入", english: "the folder cannot be written",
            remedy: "检查路径与权限 / check the path and its rights")
    }
}
