import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#endif

/// What the program prints: words for people, or one JSON document for scripts; errors go to standard error.
package struct Console: Sendable {
    package let json: Bool
    /// Whether only failures are told, for a process another one has started.
    private let isSilent: Bool

    package init(json: Bool, silent: Bool = false) {
        self.json = json
        isSilent = silent
    }

    /// Whether standard output is a terminal, so that progress may overwrite its line.
    package var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// One line for a person; nothing with `--json`.
    package func say(_ line: String) {
        if !json, !isSilent { Self.write(line + "\n", to: STDOUT_FILENO) }
    }

    /// The result for a script; nothing without `--json`.
    package func result(_ value: some Encodable) {
        guard json, !isSilent else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else { return }
        Self.write(String(decoding: data, as: UTF8.self) + "\n", to: STDOUT_FILENO)
    }

    /// Progress on standard error: in place on a terminal, else only what `say` prints at the end.
    package func progress(_ line: String) {
        guard !json, !isSilent, isatty(STDERR_FILENO) == 1 else { return }
        Self.write("\r\u{1B}[K\(line)", to: STDERR_FILENO)
    }

    /// Ends a line of progress.
    package func progressDone() {
        guard !json, !isSilent, isatty(STDERR_FILENO) == 1 else { return }
        Self.write("\r\u{1B}[K", to: STDERR_FILENO)
    }

    /// A text on standard output as it is, for files.
    package func text(_ text: String) {
        Self.write(text, to: STDOUT_FILENO)
    }

    /// A text on standard error as it is.
    package func complain(_ text: String) {
        Self.write(text + "\n", to: STDERR_FILENO)
    }

    /// Says what went wrong and what to do.
    package func fail(_ failure: CommandFailure) {
        if json {
            let report = FailureReport(
                error: failure.code, exit: failure.status.rawValue, field: failure.field, chinese: failure.chinese,
                english: failure.english, remedy: failure.remedy)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            if let data = try? encoder.encode(report) {
                Self.write(String(decoding: data, as: UTF8.self) + "\n", to: STDERR_FILENO)
            }
            return
        }
        let field = failure.field.isEmpty ? "" : " [\(failure.field)]"
        Self.write(
            "错误 \(failure.chinese)\(field)\nerror: \(failure.english) (\(failure.code))\n  → \(failure.remedy)\n",
            to: STDERR_FILENO)
    }

    private struct FailureReport: Encodable {
        let error: String
        let exit: Int32
        let field: String
        let chinese: String
        let english: String
        let remedy: String
    }

    /// Writes all bytes; a reader that went away is no error of ours.
    private static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return }
            done += count
        }
    }
}
