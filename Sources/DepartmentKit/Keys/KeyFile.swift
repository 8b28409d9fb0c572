import FeedProtocol
import FoundationEssentials
import Glibc

/// A secret of 32 bytes in a file that only its owner can read.
enum KeyFile {
    /// Writes a new one.
    ///
    /// - Throws: ``AdapterFault``; an existing file is never replaced.
    static func create(_ path: String, _ secret: Data) throws(AdapterFault) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failed(path, errno) }
        defer { close(descriptor) }
        let text = Array("\(HexBytes(secret))\n".utf8)
        guard write(descriptor, text, text.count) == text.count, fsync(descriptor) == 0 else {
            throw failed(path, errno)
        }
    }

    /// Reads one, and refuses it when others could have read it too.
    static func read(_ path: String) throws(AdapterFault) -> Data {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            guard errno != ENOENT else { throw missing(path) }
            throw failed(path, errno)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failed(path, errno) }
        guard status.st_mode & 0o077 == 0, status.st_uid == geteuid() else {
            throw AdapterFault(
                .configuration, code: "keys.loose", field: path, chinese: "密钥文件可被他人读取,拒绝使用",
                english: "others may read this key file, so it is not used",
                remedy: "若确认未泄露: chmod 600 并属于本用户;否则重新生成并登记 / chmod 600 and own it if you are sure nobody read it; "
                    + "else make new keys and enrol again")
        }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        let hex = text.last == "\n" ? String(text.dropLast()) : text
        guard let secret = HexBytes(hex)?.bytes, secret.count == 32 else {
            throw AdapterFault(
                .configuration, code: "keys.malformed", field: path, chinese: "密钥文件内容不对",
                english: "this key file does not hold 64 characters 0-9 a-f",
                remedy: "从备份恢复该文件 / restore the file from your backup")
        }
        return secret
    }

    private static func missing(_ path: String) -> AdapterFault {
        AdapterFault(
            .configuration, code: "keys.missing", field: path, chinese: "没有密钥文件",
            english: "there is no such key file", remedy: "先运行 onedoor adapter init / run onedoor adapter init first")
    }

    private static func failed(_ path: String, _ code: Int32) -> AdapterFault {
        if code == EEXIST {
            return AdapterFault(
                .configuration, code: "keys.exist", field: path, chinese: "密钥已存在,不会覆盖",
                english: "the key exists already and is never replaced",
                remedy: "已登记过则无需再做;确要更换请先移走该目录 / nothing to do if it is enrolled; to renew, move the folder away")
        }
        return AdapterFault(
            .cannotCreate, code: "keys.unavailable", field: path, chinese: "无法读写密钥文件",
            english: "the key file cannot be used: \(String(cString: strerror(code)))",
            remedy: "检查目录和权限 / check the folder and its permissions")
    }
}
