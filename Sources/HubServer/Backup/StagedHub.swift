import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#endif

/// A hub in the making inside its own folder, so that it also works where that folder is a mount point.
///
/// The log moves last: a folder without one is no hub.
struct StagedHub: Sendable {
    /// Where the files are put together.
    let folder: HubFolder
    private let target: HubFolder
    private let madeTarget: Bool

    /// Makes the folder, or takes an empty one.
    ///
    /// - Throws: ``CommandFailure`` when there is a hub, or anything else.
    init(in target: HubFolder) throws(CommandFailure) {
        self.target = target
        folder = HubFolder("\(target.path)/restore.partial")
        madeTarget = mkdir(target.path, 0o700) == 0
        guard madeTarget || errno == EEXIST else { throw BackupFile.failure(target.path, errno: errno) }
        let names = try? FileManager.default.contentsOfDirectory(atPath: target.path)
        guard let names else { throw BackupFile.failure(target.path, errno: ENOTDIR) }
        if names.contains("log.sqlite") {
            throw CommandFailure(
                .cannotCreate, code: "restore.exists", field: target.path, chinese: "这里已有一个中心",
                english: "there is a hub here already", remedy: "换一个空目录 / choose an empty folder")
        }
        // What an interrupted restore left is nobody's.
        guard names.allSatisfy({ $0 == "restore.partial" }) else {
            throw CommandFailure(
                .cannotCreate, code: "restore.notEmpty", field: target.path, chinese: "目录不为空",
                english: "the folder is not empty", remedy: "换一个空目录 / choose an empty folder")
        }
        try? FileManager.default.removeItem(atPath: folder.path)
        guard chmod(target.path, 0o700) == 0, mkdir(folder.path, 0o700) == 0 else {
            throw BackupFile.failure(folder.path, errno: errno)
        }
    }

    /// Puts everything in its place, the log last.
    func install() throws(CommandFailure) {
        for name in ["attachments", "secrets", "keys.sqlite", "log.sqlite"] {
            // A hub without files has no folder of them.
            if name == "attachments", access(folder.attachments, F_OK) != 0 { continue }
            if name == "log.sqlite" { try BackupFile.sync(target.path) }
            guard rename("\(folder.path)/\(name)", "\(target.path)/\(name)") == 0 else {
                throw BackupFile.failure("\(target.path)/\(name)", errno: errno)
            }
        }
        try BackupFile.sync(target.path)
        try? FileManager.default.removeItem(atPath: folder.path)
    }

    /// Removes everything that was put there.
    func discard() {
        for name in ["log.sqlite", "keys.sqlite", "secrets", "attachments", "restore.partial"] {
            try? FileManager.default.removeItem(atPath: "\(target.path)/\(name)")
        }
        if madeTarget { rmdir(target.path) }
    }
}
