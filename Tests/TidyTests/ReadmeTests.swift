import Foundation
import Testing

/// What the README says is held by a test is.
@Suite struct ReadmeTests {
    /// A test named in the table of promises: its file and its name.
    private static func named(in readme: String) -> [(file: String, name: String)] {
        readme.split(separator: "\n").filter { $0.hasPrefix("| ") && $0.contains("`Tests/") }.flatMap { line in
            line.split(separator: "<br>").compactMap { entry in
                let parts = entry.split(separator: "`", maxSplits: 2, omittingEmptySubsequences: false)
                guard parts.count == 3, parts[1].hasPrefix("Tests/"), parts[1].hasSuffix(".swift") else { return nil }
                let name = parts[2].drop { $0 == ":" || $0 == " " }
                return (String(parts[1]), name.trimmingCharacters(in: CharacterSet(charactersIn: " |")))
            }
        }
    }

    @Test func `each sentence of the promise names tests that exist`() throws {
        let named = Self.named(in: try SourceTree.text("README.md"))
        #expect(named.count >= 10)
        for (file, name) in named {
            let source = try SourceTree.text(file)
            #expect(source.contains("`\(name)`") || source.contains("= \"\(name)\""), "\(file) has no test “\(name)”")
        }
    }
}
