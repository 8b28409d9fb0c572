/// The types and functions a file declares, found in its code without comments and texts.
struct Declarations {
    struct Function {
        let name: String
        /// Line of the declaration, from 1.
        let line: Int
        /// Lines from the declaration through its last brace; 0 without a body.
        let lines: Int
        /// The code between its braces.
        let body: String
    }

    struct TypeName {
        let name: String
        let line: Int
    }

    private(set) var functions: [Function] = []
    private(set) var types: [TypeName] = []

    private static let typeWords: Set<String> = ["struct", "class", "enum", "actor", "protocol", "typealias"]

    init(of file: SourceText) {
        let text = Array(file.code.joined(separator: "\n").utf8)
        var line = 1
        var at = 0
        while at < text.count {
            if text[at] == UInt8(ascii: "\n") { line += 1 }
            guard Self.isWord(text[at]) else {
                at += 1
                continue
            }
            let word = Self.word(in: text, at: at)
            let end = at + word.utf8.count
            let before = at == 0 ? UInt8(ascii: " ") : text[at - 1]
            if word == "func" || (word == "init" && before != UInt8(ascii: ".") && Self.opens(text, end)) {
                let name = word == "init" ? "init" : Self.name(in: text, after: end)
                let body = Self.body(in: text, from: end)
                let lines = body.map { range in text[at..<range.upperBound].count { $0 == UInt8(ascii: "\n") } + 1 }
                functions.append(
                    Function(
                        name: name, line: line, lines: lines ?? 0,
                        body: body.map { String(decoding: text[$0], as: UTF8.self) } ?? ""))
            } else if Self.typeWords.contains(word), before != UInt8(ascii: ".") {
                let name = Self.name(in: text, after: end)
                if name.first?.isUppercase == true { types.append(TypeName(name: name, line: line)) }
            }
            at = end
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_") || byte > 0x7f
    }

    private static func word(in text: [UInt8], at start: Int) -> String {
        String(decoding: text[start...].prefix(while: isWord), as: UTF8.self)
    }

    private static func name(in text: [UInt8], after end: Int) -> String {
        let rest = text[end...].drop { $0 == UInt8(ascii: " ") }
        let name = rest.prefix(while: isWord)
        return name.isEmpty ? "operator" : String(decoding: name, as: UTF8.self)
    }

    /// Whether a parameter list follows, as it does an initialiser's declaration.
    private static func opens(_ text: [UInt8], _ end: Int) -> Bool {
        end < text.count && [UInt8(ascii: "("), UInt8(ascii: "?"), UInt8(ascii: "<")].contains(text[end])
    }

    /// The braces of a declaration with what stands between; nothing for a requirement of a protocol.
    private static func body(in text: [UInt8], from start: Int) -> Range<Int>? {
        var at = start
        var depth = 0
        var sawParameters = false
        while at < text.count {
            switch text[at] {
            case UInt8(ascii: "("), UInt8(ascii: "["):
                depth += 1
                sawParameters = true
            case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: "{") where depth == 0: return at..<closing(of: at, in: text)
            case UInt8(ascii: "}") where depth == 0: return nil
            case UInt8(ascii: "\n") where depth == 0 && sawParameters:
                let rest = text[at...].drop { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: " ") }
                let continues = ["{", "->", "where", "throws", "async", "rethrows"]
                guard continues.contains(where: { rest.starts(with: $0.utf8) }) else { return nil }
            default: break
            }
            if depth < 0 { return nil }
            at += 1
        }
        return nil
    }

    private static func closing(of opening: Int, in text: [UInt8]) -> Int {
        var depth = 0
        var at = opening
        while at < text.count {
            if text[at] == UInt8(ascii: "{") { depth += 1 }
            if text[at] == UInt8(ascii: "}") { depth -= 1 }
            at += 1
            if depth == 0 { break }
        }
        return at
    }
}
