import EventSourcing

/// Writes JSON values as YAML 1.2 for people to read and compare: keys sorted, two spaces a level.
enum YAMLText {
    static func of(_ value: JSONValue) -> String {
        var text = ""
        write(value, to: &text, indent: 0)
        return text
    }

    private static func write(_ value: JSONValue, to text: inout String, indent: Int) {
        let margin = String(repeating: " ", count: indent)
        switch value {
        case .object(let members) where !members.isEmpty:
            for (name, member) in members.sorted(by: { $0.key < $1.key }) {
                text += margin + scalar(name) + ":"
                writeInner(member, to: &text, indent: indent + 2)
            }
        case .array(let elements) where !elements.isEmpty:
            for element in elements {
                guard case .object(let members) = element, !members.isEmpty else {
                    text += margin + "-"
                    writeInner(element, to: &text, indent: indent + 2)
                    continue
                }
                var inner = ""
                write(element, to: &inner, indent: indent + 2)
                text += margin + "- " + inner.dropFirst(indent + 2)
            }
        case .object, .array, .null, .bool, .integer, .string: text += margin + flow(value) + "\n"
        }
    }

    /// What stands after a colon or hyphen: a short value on the same line, a list of words too, else a block.
    private static func writeInner(_ value: JSONValue, to text: inout String, indent: Int) {
        let line = flow(value)
        if !line.isEmpty, line.count <= 96 - indent || !isBlock(value) {
            text += " " + line + "\n"
        } else {
            text += "\n"
            write(value, to: &text, indent: indent)
        }
    }

    private static func isBlock(_ value: JSONValue) -> Bool {
        switch value {
        case .object(let members): !members.isEmpty
        case .array(let elements): !elements.isEmpty
        case .null, .bool, .integer, .string: false
        }
    }

    /// One line; empty for what is no leaf and holds no leaves alone.
    private static func flow(_ value: JSONValue) -> String {
        switch value {
        case .null: return "null"
        case .bool(let flag): return flag ? "true" : "false"
        case .integer(let number): return String(number)
        case .string(let text): return scalar(text)
        case .object(let members): return members.isEmpty ? "{}" : ""
        case .array(let elements):
            guard !elements.contains(where: isBlock) else { return "" }
            return "[" + elements.map(flow).joined(separator: ", ") + "]"
        }
    }

    /// Plain where no reader can take it for anything but this text, else in double quotes as JSON has them.
    private static func scalar(_ text: String) -> String {
        let letters = text.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "_/.$".utf8.contains(byte)
        }
        let isWord = text.utf8.first.map {
            !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) && $0 != UInt8(ascii: ".")
        }
        let reserved = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
        if letters, isWord == true, !reserved { return text }
        var quoted = "\""
        for character in text.unicodeScalars {
            switch character {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            default: quoted.unicodeScalars.append(character)
            }
        }
        return quoted + "\""
    }
}
