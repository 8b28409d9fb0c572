import FoundationEssentials
import Glibc

/// The folder of a run: new and removed at the end, or named by the caller and kept.
struct BenchFolder: Sendable {
    let path: String
    private let isRemoved: Bool

    /// - Throws: ``BenchFailure`` when it cannot be made or has no room.
    init(_ options: BenchOptions) throws(BenchFailure) {
        if let reuse = options.reuse {
            guard mkdir(reuse, 0o700) == 0 || errno == EEXIST else { throw .folder(reuse, errno: errno) }
            path = reuse
            isRemoved = false
        } else {
            let parent = options.directory ?? "/var/tmp"
            path = "\(parent)/onedoor-bench-\(getpid())-\(options.seed & 0xffff)"
            guard mkdir(path, 0o700) == 0 else { throw .folder(parent, errno: errno) }
            isRemoved = !options.keep
        }
        // Our log, the peers' logs and their write-ahead logs: about 4 KiB an event in all.
        let needed = UInt64(options.events) * 4096 + 64 << 20
        guard let free = MachineFacts.freeBytes(path), free < needed, options.reuse == nil else { return }
        remove()
        throw BenchFailure(
            .cannotCreate, code: "bench.space", field: path, chinese: "磁盘空间不足",
            english: "there are \(free >> 20) MiB free, and about \(needed >> 20) MiB are needed",
            remedy: "腾出空间、换目录或减少 --events / free some space, use --directory, or give fewer --events")
    }

    /// A folder inside.
    func folder(_ name: String) throws(BenchFailure) -> String {
        let inner = "\(path)/\(name)"
        guard mkdir(inner, 0o700) == 0 || errno == EEXIST else { throw .folder(inner, errno: errno) }
        return inner
    }

    /// Removes it unless it is to stay.
    func remove() {
        if isRemoved { try? FileManager.default.removeItem(atPath: path) }
    }

    /// Removes one folder inside, whatever becomes of the rest.
    func remove(_ name: String) {
        try? FileManager.default.removeItem(atPath: "\(path)/\(name)")
    }
}
