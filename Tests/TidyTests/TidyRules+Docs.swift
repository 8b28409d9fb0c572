import Foundation

/// Documentation on what other targets use.
///
/// Types, protocols, type aliases, functions and initialisers that are `package` carry a doc comment. Free of it are
/// properties and cases, whose names and types say what they are (their reviewers still ask where a unit or a range is
/// missing); initialisers that only store what they are given; witnesses, which are documented once at the requirement
/// of a protocol of ours or of Swift; and one-liners directly under another, for which one comment may speak.
extension TidyRules {
    /// Beginnings of declarations whose meaning stands at a protocol: Swift's own, and the kernel's.
    private static let witnesses = [
        "init(from decoder", "func encode(to encoder", "func hash(into", "init?(_ text: String)", "init?(rawValue",
        "static func < ", "static func == ", "init(_ kind: Kind, from decoder", "static func fieldGroups(of kind",
        "mutating func evolve(with event", "func evolve(with event", "mutating func next() -> UInt64", "init() {}",
        "func error(", "func makeIterator(", "func handle(", "init(rawValue: ", "init(stringLiteral ",
        "init(integerLiteral ", "init(booleanLiteral ",
        "init(arrayLiteral ", "init(dictionaryLiteral ",
    ]

    /// The functions protocols of ours ask for, as ``signature(_:)`` writes them.
    static func requirements(in files: [SourceText]) -> Set<String> {
        var found: Set<String> = []
        for file in files {
            var isInside = false
            for (index, line) in file.code.enumerated() {
                if line.contains("package protocol ") { isInside = true }
                if line.hasPrefix("}") { isInside = false }
                if isInside, let asked = signature(file, index) { found.insert(asked) }
            }
        }
        return found
    }

    /// `func append(_` of `func append(_ batch: Append) async throws`: name and first label, also from the next line.
    private static func signature(_ file: SourceText, _ index: Int) -> String? {
        let next = index + 1 < file.code.count ? file.code[index + 1].drop { $0 == " " } : ""
        let line = file.code[index] + (file.code[index].hasSuffix("(") ? next : "")
        guard let range = line.range(of: "func ") else { return nil }
        return line[range.lowerBound...].prefix { $0 != ":" && $0 != ")" }.prefix { $0 != "<" }
            .split(separator: " ").prefix(2).joined(separator: " ")
    }

    static func missingDocs(in file: SourceText, requirements: Set<String> = []) -> [Finding] {
        let functions = Dictionary(Declarations(of: file).functions.map { ($0.line, $0) }) { first, _ in first }
        return file.code.enumerated().compactMap { index, line in
            let words = line.split(separator: " ").map(String.init)
            guard let declared = declaration(words) else { return nil }
            let text = words.drop { modifiers.contains($0) && $0 != "static" && $0 != "mutating" }
                .joined(separator: " ")
            if witnesses.contains(where: text.hasPrefix) { return nil }
            if declared == "func", let own = signature(file, index), requirements.contains(own) { return nil }
            if declared == "typealias", decidersOwn.contains(where: text.hasPrefix) { return nil }
            if declared == "init", let function = functions[index + 1], onlyStores(function.body) { return nil }
            return isDocumented(file, index)
                ? nil : Finding(path: file.path, line: index + 1, what: "no doc comment: \(text.prefix(60))")
        }
    }

    /// Associated types of `Decider`.
    private static let decidersOwn = ["typealias Command ", "typealias Event ", "typealias Refusal "]

    private static let modifiers: Set<String> = [
        "package", "static", "mutating", "final", "indirect", "nonisolated", "override", "convenience", "required",
        "borrowing", "consuming", "isolated", "class",
    ]

    /// The word that says what a line with `package` declares; nothing for properties and for lines that declare nothing.
    private static func declaration(_ words: [String]) -> String? {
        guard words.contains("package"), !words.contains("import") else { return nil }
        let kinds = ["struct", "enum", "actor", "protocol", "typealias", "func", "init", "class"]
        for word in words where word != "package" {
            let bare = String(word.prefix { $0.isLetter })
            // `class` alone is a modifier only before another of these words.
            if kinds.contains(bare) { return bare }
            guard modifiers.contains(word) || word.hasPrefix("@") || word.hasPrefix("(") else { return nil }
        }
        return nil
    }

    /// Whether a body does nothing but keep its arguments.
    private static func onlyStores(_ body: String) -> Bool {
        body.split(separator: "\n").map { $0.filter { $0 != " " } }.allSatisfy { line in
            guard !line.isEmpty, line != "{", line != "}" else { return true }
            guard let equals = line.firstIndex(of: "="), line.count(where: { $0 == "=" }) == 1 else { return false }
            let left = line[..<equals]
            let right = line[line.index(after: equals)...]
            let isPath = { (text: Substring) in
                text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" }
            }
            return isPath(left.hasPrefix("self.") ? left.dropFirst(5) : left) && isPath(right)
        }
    }

    private static func isDocumented(_ file: SourceText, _ index: Int) -> Bool {
        var above = index - 1
        // Attributes stand between a declaration and its comment.
        while above >= 0, file.lines[above].drop(while: { $0 == " " }).hasPrefix("@") { above -= 1 }
        if isOneLiner(file, index) {
            while above >= 0, isOneLiner(file, above) { above -= 1 }
        }
        return above >= 0 && file.lines[above].drop { $0 == " " }.hasPrefix("///")
    }

    private static func isOneLiner(_ file: SourceText, _ index: Int) -> Bool {
        let line = file.code[index]
        return line.contains("package ")
            && line.count(where: { $0 == "{" }) == line.count(where: { $0 == "}" })
            && line.count(where: { $0 == "(" }) == line.count(where: { $0 == ")" })
    }
}
