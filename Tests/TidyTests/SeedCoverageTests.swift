import Foundation
import Testing

/// Every capability of the five articles is shown, planned or said to be no software.
@Suite struct SeedCoverageTests {
    private static let page = "Tests/SeedCoverage.md"
    /// How many capabilities each group of the articles' table has.
    private static let groups = [
        "IN": 21, "TR": 16, "DI": 10, "JM": 11, "DL": 10, "WA": 14, "RE": 8, "PO": 9, "OU": 7, "AU": 9, "CI": 11,
        "SF": 13,
        "EM": 6, "PD": 5, "CK": 1, "AR": 4,
    ]

    private static func rows() throws -> [(id: String, shown: String)] {
        try SourceTree.text(page).split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 2, cells[0].contains("-"), !cells[0].hasPrefix("---") else { return nil }
            return (cells[0], cells[1])
        }
    }

    @Test func `every capability of the articles stands in the page, once`() throws {
        let expected = Self.groups.flatMap { group, count in (1...count).map { "\(group)-\($0)" } }
        #expect(try Self.rows().map(\.id).sorted() == expected.sorted())
    }

    @Test func `what shows a capability exists, and what does not yet is planned or explained`() throws {
        let text = try SourceTree.text(Self.page)
        let start = try #require(text.range(of: "Later parts:")).upperBound
        let end = try #require(text[start...].range(of: ".\n")).lowerBound
        let later = Set(
            text[start..<end].replacing("\n", with: " ").split(separator: ",").map {
                $0.trimmingCharacters(in: .whitespaces)
            })
        for (id, shown) in try Self.rows() {
            if shown.hasPrefix("later: ") {
                #expect(later.contains(String(shown.dropFirst(7))), "\(id): \(shown)")
            } else if shown.hasPrefix("no software: ") {
                #expect(shown.count > 20, "\(id) needs a reason")
            } else {
                let parts = shown.split(separator: "`", maxSplits: 1)
                let file = String(try #require(parts.first, "\(id) is shown by nothing"))
                let source = try SourceTree.text(file)
                guard file.hasPrefix("Tests/") else { continue }
                let name = try #require(parts.last).drop { $0 == ":" || $0 == " " }
                #expect(source.contains("`\(name)`"), "\(id): \(file) has no test “\(name)”")
            }
        }
    }
}
