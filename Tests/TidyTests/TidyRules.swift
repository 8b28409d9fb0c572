import Foundation

/// The rules of the house, each a function from one file to the places that break it.
enum TidyRules {
    static let longestFile = 400
    static let longestFunction = 70

    static func length(of file: SourceText) -> [Finding] {
        // The empty piece after the last newline is no line.
        let count = file.lines.last == "" ? file.lines.count - 1 : file.lines.count
        return count > longestFile ? [Finding(path: file.path, line: count, what: "\(count) lines")] : []
    }

    static func functionLengths(in file: SourceText) -> [Finding] {
        Declarations(of: file).functions.filter { $0.lines > longestFunction }
            .map { Finding(path: file.path, line: $0.line, what: "\($0.name) has \($0.lines) lines") }
    }

    static func names(in file: SourceText) -> [Finding] {
        let banned = ["Util", "Helper", "Manager"]
        var findings: [Finding] = []
        if let word = banned.first(where: file.name.contains) {
            findings.append(Finding(path: file.path, line: 1, what: "file name with \(word)"))
        }
        for type in Declarations(of: file).types {
            guard let word = banned.first(where: type.name.contains) else { continue }
            findings.append(Finding(path: file.path, line: type.line, what: "type name with \(word)"))
        }
        return findings
    }

    static func calls(in file: SourceText) -> [Finding] {
        let banned = [
            "fatalError(", "Task {", "Task{", "Task.detached", "Task.init", "Thread.sleep", "Task.sleep", "usleep(",
        ]
        return file.code.enumerated().flatMap { index, line in
            var words = banned.filter { contains(line, call: $0) }
            if hasForceUnwrap(line) { words.append("!") }
            return words.map { Finding(path: file.path, line: index + 1, what: "\($0) is not used here") }
        }
    }

    /// Sleeping is left to loops that must pause, in targets that may wait and in tests of other processes.
    ///
    /// A comment `Sleeps:` says what for.
    static func sleeps(in file: SourceText) -> [Finding] {
        let mayWait = ["Sources/HubServer/", "Sources/CaseDesk/", "Tests/HubEndToEndTests/"]
        return file.code.enumerated().compactMap { index, line in
            guard line.contains(".sleep(") else { return nil }
            let isExplained = file.lines[max(0, index - 3)...index].contains { $0.contains("// Sleeps:") }
            return isExplained && mayWait.contains { file.path.hasPrefix($0) }
                ? nil : Finding(path: file.path, line: index + 1, what: "sleeps without a reason, or where nobody may")
        }
    }

    /// Whether a line calls it by this very name, not by a longer one that ends alike.
    private static func contains(_ line: String, call: String) -> Bool {
        var rest = Substring(line)
        while let range = rest.range(of: call) {
            let before = range.lowerBound == line.startIndex ? nil : line[line.index(before: range.lowerBound)]
            if before.map({ !$0.isLetter && !$0.isNumber && $0 != "_" }) ?? true { return true }
            rest = rest[range.upperBound...]
        }
        return false
    }

    /// A `!` right after a value: forced unwrap, `try!`, `as!`, or an optional that unwraps itself.
    private static func hasForceUnwrap(_ line: String) -> Bool {
        var before: Character = " "
        var rest = Substring(line)
        while let character = rest.popFirst() {
            if character == "!", before.isLetter || before.isNumber || [")", "]", "}", ">", "_"].contains(before),
                rest.first != "="
            {
                return true
            }
            before = character
        }
        return false
    }

    static func unprovedSendability(in file: SourceText) -> [Finding] {
        file.code.enumerated().compactMap { index, line in
            guard line.contains("@unchecked Sendable") || line.contains("nonisolated(unsafe)") else { return nil }
            let above = file.lines[max(0, index - 3)...index]
            return above.contains { $0.contains("//") && $0.contains("Proof:") }
                ? nil : Finding(path: file.path, line: index + 1, what: "no written proof within three lines above")
        }
    }

    static func socketOptions(in file: SourceText) -> [Finding] {
        let banned = [
            "ZMQ_HEARTBEAT_", "ZMQ_XPUB_MANUAL", "ZMQ_XPUB_NODROP", "ZMQ_CONFLATE", "ZMQ_ROUTER_HANDOVER",
        ]
        return file.code.enumerated().flatMap { index, line in
            banned.filter(line.contains).map {
                Finding(path: file.path, line: index + 1, what: "\($0) is forbidden (reference: event log, traps)")
            }
        }
    }

    /// Names of the tools a text was written with, and folders of the machine it was written on.
    ///
    /// They are put together here, because they may stand nowhere, not even in this file.
    static func toolNames(in file: SourceText) -> [Finding] {
        let banned = [
            ["cla", "ude"], ["anthr", "opic"], ["chat", "gpt"], ["open", "ai"], ["co", "pilot"], ["gem", "ini"],
            ["/wor", "k/wt"], ["/wor", "k/main"], ["/wor", "k/shared"], ["/wor", "k/bin"],
        ].map { $0.joined() }
        return file.lines.enumerated().flatMap { index, line in
            let lowered = line.lowercased()
            return banned.filter(lowered.contains).map {
                Finding(path: file.path, line: index + 1, what: "names \($0)")
            }
        }
    }
}
