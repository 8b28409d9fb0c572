import EventSourcing
import FoundationEssentials
import GRDB
import Glibc

/// A file that may or may not be a log: looked at without writing a byte to it.
struct StoredFile {
    private let path: String

    init(path: String) {
        self.path = path
    }

    /// Checks length, identity and format before anything opens the file for writing.
    ///
    /// GRDB writes to whatever it opens as a pool, so a foreign file must be known for one before that.
    func check() throws(EventLogError) {
        try checkLength()
        do {
            // At rest the file alone is looked at, so that not even shared memory is left beside one that is refused.
            let queue = try hasWAL ? Self.open(path) : Self.open(Self.uri(path, "immutable=1"))
            defer { try? queue.close() }
            _ = try queue.read { db in try OpeningCheck(db).identity() }
        } catch {
            throw EventLogError.from(error)
        }
    }

    /// Whether a write-ahead log holds anything.
    private var hasWAL: Bool {
        var waiting = stat()
        return stat("\(path)-wal", &waiting) == 0 && waiting.st_size > 0
    }

    /// The file as SQLite's URI; what has a meaning in one is escaped.
    static func uri(_ path: String, _ query: String) -> String {
        let escaped = path.map { character -> String in
            switch character {
            case "%": "%25"
            case "?": "%3f"
            case "#": "%23"
            default: String(character)
            }
        }
        return "file:\(escaped.joined())?\(query)"
    }

    /// A connection opened with `SQLITE_OPEN_READONLY`: safe beside a running server.
    static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "onedoor.log.reader"
        configuration.readonly = true
        configuration.foreignKeysEnabled = false
        configuration.busyMode = .timeout(5)
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Puts a file, or the names in a folder, on stable storage.
    static func sync(_ path: String) throws(EventLogError) {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw EventLogError(.unavailable, detail: "the file cannot be opened: errno \(errno)")
        }
        defer { close(descriptor) }
        guard fsync(descriptor) != 0 else { return }
        let reason = errno
        let isFull = reason == ENOSPC || reason == EDQUOT
        throw EventLogError(isFull ? .full : .unavailable, detail: "the file cannot be synced: errno \(reason)")
    }

    /// A file shorter than its header says has lost its end, unless the write-ahead log still holds it.
    private func checkLength() throws(EventLogError) {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw EventLogError(.unavailable, detail: "the file cannot be read: errno \(errno)")
        }
        defer { close(descriptor) }
        var header = [UInt8](repeating: 0, count: 100)
        guard read(descriptor, &header, header.count) == header.count,
            header.starts(with: Array("SQLite format 3\u{0}".utf8))
        else { throw EventLogError(.damaged, detail: "this is no SQLite file") }
        var status = stat()
        guard fstat(descriptor, &status) == 0, !hasWAL else { return }
        let pageSize = Int64(header[16]) << 8 | Int64(header[17])
        let pages = header[28..<32].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        // A page size of 1 stands for 65536, which we never choose.
        if pageSize * pages > status.st_size {
            throw EventLogError(.damaged, detail: "the file is shorter than its header says")
        }
    }
}
