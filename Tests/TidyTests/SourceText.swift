/// One source file, as written and with comments and texts blanked, so that rules look at code only.
struct SourceText {
    /// Path from the root of the package, `Sources/Deadlines/Due.swift`.
    let path: String
    /// The lines as written.
    let lines: [String]
    /// The same lines with comments, string literals and quoted names as spaces.
    let code: [String]

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var blanker = Blanker(Array(text.utf8))
        code = blanker.blanked().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// The target a file of `Sources` belongs to.
    var target: String? {
        let parts = path.split(separator: "/")
        return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
    }

    /// The file name without folder.
    var name: String { String(path.split(separator: "/").last ?? "") }

    /// Modules imported, with the line of each.
    var imports: [(module: String, line: Int)] {
        code.enumerated().compactMap { index, line in
            let words = line.split(separator: " ").map(String.init)
            guard let at = words.firstIndex(of: "import"), at + 1 < words.count,
                words[..<at].allSatisfy({ $0.hasPrefix("@") || Self.accessLevels.contains($0) })
            else { return nil }
            let kinds = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
            let name = kinds.contains(words[at + 1]) && at + 2 < words.count ? words[at + 2] : words[at + 1]
            return (String(name.prefix { $0 != "." }), index + 1)
        }
    }

    private static let accessLevels = ["public", "package", "internal", "fileprivate", "private"]
}

/// Replaces everything that is not code by spaces; newlines stay, so that lines keep their numbers.
private struct Blanker {
    private let bytes: [UInt8]
    private var at = 0
    private var output: [UInt8] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        output.reserveCapacity(bytes.count)
    }

    mutating func blanked() -> [UInt8] {
        while at < bytes.count {
            if starts("//") {
                while at < bytes.count, bytes[at] != UInt8(ascii: "\n") { blank() }
            } else if starts("/*") {
                blankComment()
            } else if let hashes = literalHashes() {
                blankLiteral(hashes: hashes)
            } else if bytes[at] == UInt8(ascii: "`") {
                blankQuotedName()
            } else {
                output.append(bytes[at])
                at += 1
            }
        }
        return output
    }

    private func starts(_ text: StaticString, from offset: Int = 0) -> Bool {
        guard at + offset + text.utf8CodeUnitCount <= bytes.count else { return false }
        return text.withUTF8Buffer { buffer in
            buffer.enumerated().allSatisfy { bytes[at + offset + $0.offset] == $0.element }
        }
    }

    private mutating func blank(_ count: Int = 1) {
        for _ in 0..<count where at < bytes.count {
            output.append(bytes[at] == UInt8(ascii: "\n") ? UInt8(ascii: "\n") : UInt8(ascii: " "))
            at += 1
        }
    }

    private mutating func blankComment() {
        var depth = 0
        repeat {
            if starts("/*") {
                depth += 1
                blank(2)
            } else if starts("*/") {
                depth -= 1
                blank(2)
            } else {
                blank()
            }
        } while depth > 0 && at < bytes.count
    }

    /// A quoted name counts as one word, whatever its rule says.
    private mutating func blankQuotedName() {
        output.append(UInt8(ascii: "x"))
        at += 1
        while at < bytes.count, bytes[at] != UInt8(ascii: "`"), bytes[at] != UInt8(ascii: "\n") {
            output.append(UInt8(ascii: "x"))
            at += 1
        }
        if at < bytes.count, bytes[at] == UInt8(ascii: "`") {
            output.append(UInt8(ascii: "x"))
            at += 1
        }
    }

    /// How many `#` stand before a literal that begins here; nothing when none begins.
    private func literalHashes() -> Int? {
        var hashes = 0
        while at + hashes < bytes.count, bytes[at + hashes] == UInt8(ascii: "#") { hashes += 1 }
        return at + hashes < bytes.count && bytes[at + hashes] == UInt8(ascii: "\"") ? hashes : nil
    }

    private func hashesFollow(_ count: Int, from offset: Int) -> Bool {
        (0..<count).allSatisfy { at + offset + $0 < bytes.count && bytes[at + offset + $0] == UInt8(ascii: "#") }
    }

    private mutating func blankLiteral(hashes: Int) {
        blank(hashes)
        let quotes = starts("\"\"\"") ? 3 : 1
        blank(quotes)
        while at < bytes.count {
            if bytes[at] == UInt8(ascii: "\\"), hashesFollow(hashes, from: 1) {
                let isInterpolation = at + 1 + hashes < bytes.count && bytes[at + 1 + hashes] == UInt8(ascii: "(")
                blank(1 + hashes)
                if isInterpolation { blankInterpolation() } else { blank() }
            } else if quotes == 3 ? starts("\"\"\"") : starts("\""), hashesFollow(hashes, from: quotes) {
                blank(quotes + hashes)
                return
            } else {
                blank()
            }
        }
    }

    /// Code inside a text is code too little to matter; its texts must still end where they end.
    private mutating func blankInterpolation() {
        var depth = 0
        repeat {
            if let hashes = literalHashes() {
                blankLiteral(hashes: hashes)
                continue
            }
            if bytes[at] == UInt8(ascii: "(") { depth += 1 }
            if bytes[at] == UInt8(ascii: ")") { depth -= 1 }
            blank()
        } while depth > 0 && at < bytes.count
    }
}
