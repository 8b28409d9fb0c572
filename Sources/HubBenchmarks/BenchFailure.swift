import EventSourcing

#if canImport(Glibc)
    import Glibc
#endif

/// Why a benchmark could not run at all; a run that ran and proved nothing is a report that is not valid.
package struct BenchFailure: Error, Hashable, Sendable {
    /// What kind of failure, for the exit code.
    package enum Kind: Hashable, Sendable {
        case usage, cannotCreate, log, stopped
    }

    package let kind: Kind
    /// Stable, for scripts.
    package let code: String
    /// The option or folder concerned.
    package let field: String
    package let chinese: String
    package let english: String
    package let remedy: String

    package init(_ kind: Kind, code: String, field: String, chinese: String, english: String, remedy: String) {
        self.kind = kind
        self.code = code
        self.field = field
        self.chinese = chinese
        self.english = english
        self.remedy = remedy
    }

    static func folder(_ path: String, errno number: Int32) -> Self {
        Self(
            .cannotCreate, code: "bench.folder", field: path, chinese: "目录无法写入",
            english: "the folder cannot be written: \(String(cString: strerror(number)))",
            remedy: "用 --directory 指出真实磁盘上可写的目录 / name a writable folder on a real disk with --directory")
    }

    static func log(_ error: EventLogError, _ what: String) -> Self {
        Self(
            .log, code: "bench.log", field: what, chinese: "日志无法使用",
            english: "the log cannot be used: \(error.code) \(error.detail)",
            remedy: "检查磁盘空间,或换一个目录 / check the space on the disk, or use another folder")
    }

    static let stopped = Self(
        .stopped, code: "bench.stopped", field: "", chinese: "测量被中断,未得出结果",
        english: "the measurement was interrupted; there is no result", remedy: "重新运行 / run it again")
}
