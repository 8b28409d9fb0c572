import CSupport
import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#endif

/// Where one backup lies: a folder that has its name only once it is whole.
package struct BackupFolder: Hashable, Sendable {
    /// Absolute, without a final slash.
    package let path: String

    /// - Parameter path: Relative to the working folder, or absolute; need not exist.
    package init(_ path: String) {
        let absolute = URL(filePath: path).standardizedFileURL.path
        self.path = absolute.count > 1 && absolute.hasSuffix("/") ? String(absolute.dropLast()) : absolute
    }

    var log: String { "\(path)/log.sqlite" }
    var keys: String { "\(path)/keys.sqlite" }
    var attachments: String { "\(path)/attachments" }
    var manifest: String { "\(path)/backup.json" }

    /// Where it is being made; never taken for a backup.
    var unfinished: BackupFolder { BackupFolder(path + ".partial") }

    var parent: String { URL(filePath: path).deletingLastPathComponent().path }

    /// Nothing is there yet, or an empty folder.
    var isFree: Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return errno == ENOENT }
        return (try? FileManager.default.contentsOfDirectory(atPath: path))?.isEmpty ?? false
    }

    /// What a backup and its making may leave in a folder, and nothing else.
    private static let names = ["log.sqlite", "keys.sqlite", "backup.json"].flatMap { name in
        [name, "\(name)-journal", "\(name)-wal", "\(name)-shm"]
    }

    /// Removes the files of a backup, however far it came.
    func clear() {
        for name in Self.names { unlink("\(path)/\(name)") }
        try? FileManager.default.removeItem(atPath: attachments)
    }

    /// Removes the folder with the files of a backup; one with anything else in it stays.
    func discard() {
        clear()
        rmdir(path)
    }
}

/// The folder in which one process makes a backup; given up, it is gone.
struct UnfinishedBackup: ~Copyable {
    let folder: BackupFolder
    private let target: BackupFolder
    private let descriptor: Int32

    /// Makes the folder, or takes over what an interrupted backup left.
    ///
    /// - Throws: ``CommandFailure`` when another process is at it, or the place cannot be written.
    init(of target: BackupFolder) throws(CommandFailure) {
        guard target.isFree else {
            throw CommandFailure(
                .cannotCreate, code: "backup.exists", field: target.path, chinese: "目标已存在且不为空",
                english: "the destination exists and is not empty", remedy: "换一个新目录 / choose a new folder")
        }
        let unfinished = target.unfinished
        guard mkdir(unfinished.path, 0o700) == 0 || (errno == EEXIST && chmod(unfinished.path, 0o700) == 0) else {
            throw BackupFile.failure(unfinished.path, errno: errno)
        }
        let descriptor = open(unfinished.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw BackupFile.failure(unfinished.path, errno: errno) }
        guard csupport_lock_exclusive(descriptor) == 0 else {
            close(descriptor)
            throw CommandFailure(
                .tryAgain, code: "backup.running", field: unfinished.path, chinese: "另一个备份正在写入这里",
                english: "another backup is being made here",
                remedy: "等它结束,或换一个目录 / wait for it, or choose another folder")
        }
        // The folder itself stays: it carries the lock.
        unfinished.clear()
        folder = unfinished
        self.target = target
        self.descriptor = descriptor
    }

    /// Gives the backup its name.
    ///
    /// - Throws: ``CommandFailure`` when the name was taken meanwhile; then nothing is left.
    consuming func finish() throws(CommandFailure) {
        try BackupFile.sync(folder.path)
        guard rename(folder.path, target.path) == 0 else { throw BackupFile.failure(target.path, errno: errno) }
        try BackupFile.sync(target.parent)
    }

    deinit {
        // After `finish` the unfinished name is gone, and there is nothing to remove.
        folder.discard()
        csupport_unlock(descriptor)
        close(descriptor)
    }
}
