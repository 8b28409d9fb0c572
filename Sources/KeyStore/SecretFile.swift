import FoundationEssentials
import Glibc

/// A small file only its owner may touch.
enum SecretFile {
    /// Makes a folder with mode 0700; one that exists must be as strict.
    static func makeFolder(_ path: String) throws(KeyStoreError) {
        guard mkdir(path, 0o700) != 0 else { return }
        guard errno == EEXIST else { throw KeyStoreError(.fileFailed(path, errno: errno)) }
        try requireStrictMode(path)
    }

    /// Writes a new file with mode 0600, down to the disk, its name included.
    static func create(_ path: String, _ content: Data) throws(KeyStoreError) {
        let file = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw KeyStoreError(errno == EEXIST ? .alreadyExists(path) : .fileFailed(path, errno: errno))
        }
        defer { close(file) }
        var rest = content
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            guard written > 0 || errno == EINTR else { throw KeyStoreError(.fileFailed(path, errno: errno)) }
            if written > 0 { rest = rest.dropFirst(written) }
        }
        guard fsync(file) == 0 else { throw KeyStoreError(.fileFailed(path, errno: errno)) }
        try syncFolder(of: path)
    }

    /// Reads a file of at most 4096 bytes.
    ///
    /// - Parameter strict: Whether others' permissions are refused; the manager of credentials sets its own.
    static func read(_ path: String, strict: Bool) throws(KeyStoreError) -> Data {
        let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            throw KeyStoreError(errno == ENOENT ? .missingFile(path) : .fileFailed(path, errno: errno))
        }
        defer { close(file) }
        if strict { try requireStrictMode(path) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(file, &buffer, buffer.count)
        guard count >= 0 else { throw KeyStoreError(.fileFailed(path, errno: errno)) }
        return Data(buffer.prefix(count))
    }

    /// Refuses a file or folder that others than its owner may use.
    static func requireStrictMode(_ path: String) throws(KeyStoreError) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw KeyStoreError(errno == ENOENT ? .missingFile(path) : .fileFailed(path, errno: errno))
        }
        guard status.st_mode & 0o077 == 0 else { throw KeyStoreError(.loosePermissions(path)) }
    }

    static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    /// Puts what a file holds on stable storage.
    static func sync(_ path: String) throws(KeyStoreError) {
        let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw KeyStoreError(.fileFailed(path, errno: errno)) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw KeyStoreError(.fileFailed(path, errno: errno)) }
    }

    private static func syncFolder(of path: String) throws(KeyStoreError) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let file = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { throw KeyStoreError(.fileFailed(folder, errno: errno)) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw KeyStoreError(.fileFailed(folder, errno: errno)) }
    }
}
