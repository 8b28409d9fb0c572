import Mustache
import NIOConcurrencyHelpers

/// What one level of a template knows, by name; an absent thing is `false`, never missing.
typealias Fields = [String: Any]

/// The page templates, parsed once; every text is escaped, and a name that nothing answers to is reported.
struct Pages: Sendable {
    /// One rendered page and the names its template asked for in vain, which a test holds empty.
    struct Rendered {
        let html: String
        let missing: [String]
    }

    enum Page: String, CaseIterable, Sendable {
        case board, login, notices, problem, reminder
        case caseFile = "case"
    }

    private let library: MustacheLibrary

    /// - Throws: When a template does not parse, which a test would have found.
    init() throws {
        MustacheContentTypes.register(StrictHTML(), named: "STRICT-HTML")
        var library = MustacheLibrary()
        for (name, bytes) in Self.sources {
            try library.register(String(decoding: bytes, as: UTF8.self), named: name)
        }
        self.library = library
    }

    /// Fills one template.
    func render(_ page: Page, _ fields: Fields, in language: Language) -> Rendered {
        let missing = MissingNames()
        let root = PageRoot(fields: fields, words: Words(language: language, missing: missing), missing: missing)
        let html = library.render(root, withTemplate: page.rawValue) ?? ""
        return Rendered(html: html, missing: missing.names.withLockedValue { $0 })
    }

    /// The template texts by name.
    static let sources: [String: [UInt8]] = [
        "layout": PackageResources.layout_mustache, "board": PackageResources.board_mustache,
        "case": PackageResources.case_mustache, "login": PackageResources.login_mustache,
        "problem": PackageResources.problem_mustache, "notices": PackageResources.notices_mustache,
        "reminder": PackageResources.reminder_mustache,
    ]
}

/// Escapes scalar by scalar.
///
/// The library goes by whole characters, so a quote followed by a combining accent would pass unescaped and end an
/// attribute.
private struct StrictHTML: MustacheContentType {
    func escapeText(_ text: String) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "&": escaped += "&amp;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

private struct MissingNames: Sendable {
    let names = NIOLockedValueBox<[String]>([])

    func add(_ name: String) {
        names.withLockedValue { $0.append(name) }
    }
}

/// The bottom of the stack: what it does not know, no level above knew either.
private struct PageRoot: MustacheParent {
    let fields: Fields
    let words: Words
    let missing: MissingNames

    func child(named name: String) -> Any? {
        if name == "t" { return words }
        if let value = fields[name] { return value }
        missing.add(name)
        return nil
    }
}

/// The words of one language, `{{t.boardTitle}}`.
private struct Words: MustacheParent {
    let language: Language
    let missing: MissingNames

    func child(named name: String) -> Any? {
        guard let phrase = Phrase(rawValue: name) else {
            missing.add("t.\(name)")
            return nil
        }
        return phrase.text(in: language)
    }
}
