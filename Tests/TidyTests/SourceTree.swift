import Foundation

/// The files of this package, found from the place of this file.
enum SourceTree {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// All Swift files under `Sources` and `Tests`.
    static let swift: [SourceText] = texts(under: ["Sources", "Tests"], endings: [".swift"])

    /// The Swift files of the program alone.
    static var sources: [SourceText] { swift.filter { $0.path.hasPrefix("Sources/") } }

    /// C and its headers too, for what a wrapper could still let through.
    static let headers: [SourceText] = texts(under: ["Sources"], endings: [".h", ".c", ".modulemap"])

    /// Every text file that is committed, for names that must stand nowhere.
    static let everything: [SourceText] = texts(
        under: [""],
        endings: [
            ".swift", ".h", ".c", ".md", ".yaml", ".yml", ".json", ".css", ".mustache", ".sh", ".py", "run", "test",
            "ignore",
        ])

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    private static func texts(under folders: [String], endings: [String]) -> [SourceText] {
        folders.flatMap { folder -> [SourceText] in
            let start = folder.isEmpty ? root : root.appending(path: folder)
            let names = FileManager.default.enumerator(atPath: start.path)
            var found: [SourceText] = []
            while let name = names?.nextObject() as? String {
                if name == ".build" || name == ".git" {
                    names?.skipDescendants()
                    continue
                }
                guard endings.contains(where: name.hasSuffix),
                    let text = try? String(contentsOf: start.appending(path: name), encoding: .utf8)
                else { continue }
                found.append(SourceText(path: folder.isEmpty ? name : "\(folder)/\(name)", text: text))
            }
            return found.sorted { $0.path < $1.path }
        }
    }
}

/// One place where a rule is broken.
struct Finding: Hashable, CustomStringConvertible {
    let path: String
    let line: Int
    let what: String

    var description: String { "\(path):\(line) \(what)" }
}

/// What may stand although a rule forbids it; each entry needs a reason beside it.
enum Allowed {
    static let findings: Set<Finding> = []

    static func removed(from findings: [Finding]) -> [Finding] {
        findings.filter { !Self.findings.contains($0) }
    }
}
