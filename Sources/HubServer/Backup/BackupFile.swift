import Crypto
import FeedProtocol
import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#endif

/// Files of a backup: read in pieces, made for the owner alone, on stable storage before anything depends on them.
enum BackupFile {
    /// What identifies the content of a file.
    struct Content: Hashable, Sendable {
        let bytes: UInt64
        let sha256: HexBytes
    }

    private static let piece = 1 << 20

    /// Reads a whole file.
    ///
    /// - Throws: ``CommandFailure`` naming the file.
    static func content(of path: String) throws(CommandFailure) -> Content {
        try read(path) { (_: ArraySlice<UInt8>) throws(CommandFailure) in }
    }

    /// Copies a file to a new one of mode 0600.
    ///
    /// - Returns: What was read, which is what was written.
    static func copy(_ source: String, to target: String) throws(CommandFailure) -> Content {
        let descriptor = try make(target)
        defer { close(descriptor) }
        let content = try read(source) { (bytes: ArraySlice<UInt8>) throws(CommandFailure) in
            try write(bytes, to: descriptor, target)
        }
        guard fsync(descriptor) == 0 else { throw failure(target, errno: errno) }
        return content
    }

    /// Writes a new file of mode 0600.
    static func create(_ path: String, _ bytes: [UInt8]) throws(CommandFailure) {
        let descriptor = try make(path)
        defer { close(descriptor) }
        try write(bytes[...], to: descriptor, path)
        guard fsync(descriptor) == 0 else { throw failure(path, errno: errno) }
    }

    /// Puts the names in a folder on stable storage.
    static func sync(_ folder: String) throws(CommandFailure) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(folder, errno: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(folder, errno: errno) }
    }

    /// What the system's refusal means at the command line.
    static func failure(_ path: String, errno reason: Int32) -> CommandFailure {
        switch reason {
        case ENOSPC, EDQUOT:
            CommandFailure(
                .cannotCreate, code: "file.full", field: path, chinese: "磁盘已满", english: "the disk is full",
                remedy: "腾出空间后再试 / free some space")
        case ENOENT:
            CommandFailure(
                .cannotCreate, code: "file.missing", field: path, chinese: "没有这个文件或目录",
                english: "there is no such file or folder", remedy: "检查路径 / check the path")
        default:
            CommandFailure(
                .cannotCreate, code: "file.unusable", field: path, chinese: "文件或目录无法使用(\(reason))",
                english: "the file or folder cannot be used: errno \(reason)",
                remedy: "检查权限与磁盘 / check the rights and the disk")
        }
    }

    private static func make(_ path: String) throws(CommandFailure) -> Int32 {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path, errno: errno) }
        return descriptor
    }

    private static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32, _ path: String) throws(CommandFailure) {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR else { throw failure(path, errno: errno) }
            rest = rest.dropFirst(max(count, 0))
        }
    }

    private static func read(
        _ path: String, _ take: (ArraySlice<UInt8>) throws(CommandFailure) -> Void
    ) throws(CommandFailure) -> Content {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path, errno: errno) }
        defer { close(descriptor) }
        var hash = SHA256()
        var bytes: UInt64 = 0
        var buffer = [UInt8](repeating: 0, count: piece)
        while true {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 || errno == EINTR else { throw failure(path, errno: errno) }
            guard count != 0 else { break }
            guard count > 0 else { continue }
            buffer[..<count].withUnsafeBytes { hash.update(bufferPointer: $0) }
            bytes += UInt64(count)
            try take(buffer[..<count])
        }
        return Content(bytes: bytes, sha256: HexBytes(Data(hash.finalize())))
    }
}
