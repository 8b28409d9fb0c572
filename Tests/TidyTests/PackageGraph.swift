import Foundation

/// The targets of `Package.swift`, read from its text: level, name and the targets each one uses.
struct PackageGraph {
    struct Target: Hashable {
        let name: String
        /// The number of the comment it stands under; nothing for test targets.
        let level: Int?
        /// Our own targets and the products of others alike, `.grdb` for a product.
        let uses: [String]
    }

    let targets: [Target]

    init(manifest: String) {
        var level: Int?
        var found: [Target] = []
        var pending: String?
        for line in manifest.split(separator: "\n", omittingEmptySubsequences: false) {
            let line = line.drop { $0 == " " }
            if line.hasPrefix("// ") {
                let words = line.dropFirst(3)
                if let number = Int(words.prefix { $0.isNumber }), words.contains(":") { level = number }
                if words.hasPrefix("Tests") { level = nil }
                continue
            }
            if Self.openings.contains(where: line.hasPrefix) { pending = "" }
            guard var text = pending else { continue }
            text += line
            pending = text
            guard Self.isClosed(text) else { continue }
            pending = nil
            guard let name = Self.quoted(text, after: "name: ").first else { continue }
            let list =
                text.range(of: "dependencies: [").map { String(text[$0.upperBound...].prefix { $0 != "]" }) } ?? ""
            let uses = list.split(separator: ",").map { item in
                String(item.filter { $0 != "\"" && $0 != " " })
            }
            found.append(Target(name: name, level: level, uses: uses.filter { !$0.isEmpty }))
        }
        targets = found
    }

    func target(_ name: String) -> Target? { targets.first { $0.name == name } }

    /// Targets that use one on their own level or above.
    var upwardUses: [String] {
        targets.flatMap { target -> [String] in
            guard let level = target.level else { return [] }
            return target.uses.compactMap { name in
                guard let used = self.target(name)?.level, used >= level else { return nil }
                return "\(target.name) uses \(name)"
            }
        }
    }

    private static let openings = [".target(", ".executableTarget(", ".testTarget(", ".systemLibrary("]

    private static func isClosed(_ text: String) -> Bool {
        var depth = 0
        for character in text {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
        }
        return depth == 0
    }

    private static func quoted(_ text: String, after label: String) -> [String] {
        text.range(of: label).map { range in
            text[range.upperBound...].split(separator: "\"", maxSplits: 1).prefix(1).map(String.init)
        } ?? []
    }
}
