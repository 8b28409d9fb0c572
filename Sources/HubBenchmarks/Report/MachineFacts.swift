import CLogPeer
import CSupport
import FoundationEssentials
import Glibc

/// Reads what a result must stand beside: processor, kernel, load, commit.
enum MachineFacts {
    static func read(folder: String) -> BenchReport.Machine {
        let load = loadAverage()
        return BenchReport.Machine(
            processor: field("model name", in: "/proc/cpuinfo") ?? "unknown",
            cores: sysconf(Int32(_SC_NPROCESSORS_ONLN)),
            memoryMebibytes: (field("MemTotal", in: "/proc/meminfo").flatMap(leadingNumber) ?? 0) / 1024,
            kernel: text("/proc/sys/kernel/osrelease") ?? "unknown",
            sqlite: String(cString: clogpeer_sqlite_version()), commit: commit(), isDebugBuild: isDebugBuild,
            loadBefore: load, loadAfter: load, folder: folder, isMemoryFileSystem: isMemoryFileSystem(folder))
    }

    /// Of the last minute.
    static func loadAverage() -> Double {
        text("/proc/loadavg").flatMap { Double($0.prefix { $0 != " " }) } ?? 0
    }

    /// Resident memory of this process, KiB.
    static func residentKibibytes() -> Int {
        field("VmRSS", in: "/proc/self/status").flatMap(leadingNumber) ?? 0
    }

    static var isDebugBuild: Bool {
        #if DEBUG
            true
        #else
            false
        #endif
    }

    static func isMemoryFileSystem(_ folder: String) -> Bool {
        csupport_is_memory_file_system(folder) == 1
    }

    static func freeBytes(_ folder: String) -> UInt64? {
        var system = statvfs()
        return statvfs(folder, &system) == 0 ? UInt64(system.f_bavail) * UInt64(system.f_frsize) : nil
    }

    /// Size of a file, 0 when there is none.
    static func fileBytes(_ path: String) -> Int {
        var entry = stat()
        return stat(path, &entry) == 0 ? Int(entry.st_size) : 0
    }

    /// The path this program was started from.
    static func executable() -> String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    }

    /// The commit of the checkout this program lies in.
    private static func commit() -> String? {
        var folder = executable()
        while let slash = folder.lastIndex(of: "/") {
            folder = String(folder[..<slash])
            let entry = "\(folder)/.git"
            guard access(entry, F_OK) == 0 else { continue }
            // In a linked work tree `.git` is a file that names the folder.
            let link = text(entry).flatMap { $0.hasPrefix("gitdir: ") ? String($0.dropFirst(8)) : nil }
            let git = link ?? entry
            guard let head = text("\(git)/HEAD") else { return nil }
            guard head.hasPrefix("ref: ") else { return head }
            let name = String(head.dropFirst(5))
            let common = text("\(git)/commondir").map { $0.hasPrefix("/") ? $0 : "\(git)/\($0)" } ?? git
            return text("\(git)/\(name)") ?? text("\(common)/\(name)") ?? packed(name, in: "\(common)/packed-refs")
        }
        return nil
    }

    private static func packed(_ name: String, in path: String) -> String? {
        text(path)?.split(separator: "\n").first { $0.hasSuffix(" \(name)") }.map { String($0.prefix { $0 != " " }) }
    }

    /// A small file without the white space at its end.
    private static func text(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while bytes.count < 1 << 20 {
            let count = fread(&buffer, 1, buffer.count, file)
            guard count > 0 else { break }
            bytes += buffer.prefix(count)
        }
        while let last = bytes.last, last == 10 || last == 32 { bytes.removeLast() }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    private static func field(_ name: String, in path: String) -> String? {
        guard let line = text(path)?.split(separator: "\n").first(where: { $0.hasPrefix(name) }),
            let colon = line.firstIndex(of: ":")
        else { return nil }
        return String(line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" })
    }

    private static func leadingNumber(_ text: String) -> Int? { Int(text.prefix { $0.isNumber }) }
}
