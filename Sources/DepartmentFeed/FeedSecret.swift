import FoundationEssentials
import Glibc
package import ZeroMQTransport

/// The hub's CURVE secret on disk: 32 bytes, 0600, read by the feed process only.
package enum FeedSecret {
    /// Reads the secret.
    ///
    /// - Throws: ``FeedEnd`` `configuration` when the file is missing, has another length, or others may read it.
    package static func read(at path: String) throws(FeedEnd) -> CurveKeyPair {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw fault(path, "无法读取传输密钥", "the CURVE secret cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        var information = stat()
        guard fstat(descriptor, &information) == 0, information.st_mode & 0o077 == 0 else {
            throw fault(path, "传输密钥权限过宽，应为0600", "others may read the CURVE secret; set its mode to 0600")
        }
        var bytes = [UInt8](repeating: 0, count: 33)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        guard count == 32 else {
            throw fault(path, "传输密钥应为32字节", "the CURVE secret must have 32 bytes; restore it from the backup")
        }
        do {
            return try CurveKeyPair(secretKey: Data(bytes.prefix(32)))
        } catch {
            throw fault(path, "传输密钥不可用", "the CURVE secret cannot be used: \(error)")
        }
    }

    /// Makes a new secret where there is none yet.
    ///
    /// - Throws: ``FeedEnd`` `configuration` when the file exists or cannot be written.
    package static func make(at path: String) throws(FeedEnd) -> CurveKeyPair {
        let keys: CurveKeyPair
        do {
            keys = try CurveKeyPair()
        } catch {
            throw fault(path, "无法生成传输密钥", "no CURVE keys can be made: \(error)")
        }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw fault(path, "无法写入传输密钥", "the CURVE secret cannot be made: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        let written = keys.secretKey.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard written == 32, fsync(descriptor) == 0 else {
            throw fault(path, "无法写入传输密钥", "the CURVE secret cannot be written; check the disk")
        }
        return keys
    }

    private static func fault(_ path: String, _ chinese: String, _ english: String) -> FeedEnd {
        FeedEnd(.configuration, field: path, chinese: chinese, english: english)
    }
}
