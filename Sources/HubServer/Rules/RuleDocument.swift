import EventSourcing
import Foundation
import RuleBook
import Yams

/// A YAML file as plain JSON values, with the line of every key.
///
/// Scalars are read as YAML 1.2 has them, so `no` and `on` are texts; fractions are refused, since no rule has any.
struct RuleDocument {
    /// More nodes than any rule book has; stops a small file from unfolding into a huge one by references.
    private static let mostNodes = 200_000

    let file: String
    private(set) var root = JSONValue.null
    private var lines: [String: Int] = [:]
    private var nodes = 0
    /// Values no rule can have; the reading goes on.
    private(set) var errors: [RuleFileError] = []

    /// Reads YAML, or JSON, which is part of it.
    init(file: String, text: String) throws(RuleFileError) {
        self.file = file
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch {
            throw Self.malformed(error, file: file)
        }
        guard let node else {
            throw RuleFileError(
                .empty, at: RulePlace(file: file), Label("文件是空的。", "The file is empty."),
                remedy: Label("写入规则或删除文件。", "Write rules into it or remove it."))
        }
        root = try value(of: node, at: "")
    }

    /// Opens a file; nothing where it cannot be read far enough, which stands among the findings then.
    static func open(_ path: String, findings: inout RuleFindings) -> RuleDocument? {
        guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8)
        else {
            findings.add(
                RuleFileError(
                    .unreadable, at: RulePlace(file: path),
                    Label("读不到文件，或不是 UTF-8。", "The file cannot be read as UTF-8."),
                    remedy: Label("检查路径和权限。", "Check the path and its permissions.")))
            return nil
        }
        return read(text, from: path, findings: &findings)
    }

    /// The same of text that has been read, with the values no rule can have among the findings.
    static func read(_ text: String, from file: String, findings: inout RuleFindings) -> RuleDocument? {
        do throws(RuleFileError) {
            let document = try RuleDocument(file: file, text: text)
            for error in document.errors { findings.add(error) }
            return document
        } catch {
            findings.add(error)
            return nil
        }
    }

    /// The place of a key: its own line, else that of the nearest key around it.
    func place(_ key: String) -> RulePlace {
        var near = Substring(key)
        while true {
            if let line = lines[String(near)] { return RulePlace(file: file, line: line, key: key) }
            guard let cut = near.lastIndex(where: { $0 == "." || $0 == "[" }) else { break }
            near = near[..<cut]
        }
        return RulePlace(file: file, line: lines[""], key: key)
    }

    private mutating func value(of node: Node, at path: String) throws(RuleFileError) -> JSONValue {
        lines[path] = node.mark?.line
        nodes += 1
        guard nodes <= Self.mostNodes else {
            throw RuleFileError(
                .malformed, at: RulePlace(file: file), Label("文件过大。", "The file is too large."),
                remedy: Label("拆成几个文件，不用引用。", "Split it and use no references."))
        }
        switch node {
        case .scalar(let scalar):
            return value(of: scalar, at: path)
        case .sequence(let sequence):
            var elements: [JSONValue] = []
            for (index, element) in sequence.enumerated() {
                elements.append(try value(of: element, at: "\(path)[\(index)]"))
            }
            return .array(elements)
        case .mapping(let mapping):
            var members: [String: JSONValue] = [:]
            for (key, member) in mapping {
                guard let name = key.scalar?.string else { throw unusable(path) }
                let inner = path.isEmpty ? name : "\(path).\(name)"
                members[name] = try value(of: member, at: inner)
                // The line of the key is where people look, not that of its first member.
                lines[inner] = key.mark?.line
            }
            return .object(members)
        case .alias:
            throw unusable(path)
        }
    }

    private mutating func value(of scalar: Node.Scalar, at path: String) -> JSONValue {
        guard scalar.style == .plain else { return .string(scalar.string) }
        switch scalar.string {
        case "", "~", "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        default: break
        }
        if let number = Int64(scalar.string), !scalar.string.hasPrefix("+") { return .integer(number) }
        if Double(scalar.string) != nil {
            errors.append(
                RuleFileError(
                    .wrongType, at: place(path), Label("不用小数。", "Fractions are not used."),
                    remedy: Label("写整数，或加引号作为文字。", "Write a whole number, or quote it if it is a text.")))
        }
        return .string(scalar.string)
    }

    private func unusable(_ path: String) -> RuleFileError {
        RuleFileError(
            .malformed, at: place(path), Label("此处不能使用引用或复合键。", "References and compound keys are not used here."),
            remedy: Label("直接写出内容。", "Write the content out."))
    }

    private static func malformed(_ error: any Error, file: String) -> RuleFileError {
        var line: Int?
        var problem = "not YAML"
        switch error as? YamlError {
        case .scanner(_, let text, let mark, _), .parser(_, let text, let mark, _), .composer(_, let text, let mark, _):
            line = mark.line
            problem = text
        case .duplicatedKeysInMapping(let duplicates, let context):
            line = context.mark.line
            problem = "the key \(duplicates.first ?? "") stands twice"
        case .reader(let text, _, _, _):
            problem = text
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded, nil:
            break
        }
        return RuleFileError(
            .malformed, at: RulePlace(file: file, line: line),
            Label("不是有效的 YAML。", "This is no valid YAML: \(problem)."),
            remedy: Label("检查缩进、冒号和引号。", "Check indentation, colons and quotes."))
    }
}
