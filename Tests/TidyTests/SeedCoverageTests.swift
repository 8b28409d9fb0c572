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

    private static func laterParts() throws -> Set<String> {
        let text = try SourceTree.text(page)
        let start = try #require(text.range(of: "Later parts:")).upperBound
        let end = try #require(text[start...].range(of: ".\n")).lowerBound
        return Set(
            text[start..<end].replacing("\n", with: " ").split(separator: ",").map {
                $0.trimmingCharacters(in: .whitespaces)
            })
    }

    @Test func `every case the articles tell is played or left to a later part, and every scenario is one of them`()
        throws
    {
        let cases = try SourceTree.text(Self.page).split(separator: "\n").map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }.filter { $0.count == 3 && $0[0] != "case" && !$0[0].hasPrefix("---") }
        // The Danyang case, and the rows of the other cases.
        #expect(cases.count == 10)
        let later = try Self.laterParts()
        var played: Set<String> = []
        for row in cases {
            if row[1] == "–" { #expect(row[2] != "–", "\(row[0]) is shown nowhere") } else { played.insert(row[1]) }
            for part in row[2].split(separator: ",").map({ $0.trimmingCharacters(in: .whitespaces) }) where part != "–"
            {
                #expect(later.contains(part), "\(row[0]): \(part)")
            }
        }
        let folder = "deploy/scenarios"
        let files = try FileManager.default.contentsOfDirectory(
            atPath: SourceTree.root.appending(path: folder).path)
        #expect(played == Set(files.map { "`\(folder)/\($0)`" }))
    }

    @Test func `an event the model names and the log does not know says where it comes from`() throws {
        let text = try SourceTree.text(Self.page)
        let start = try #require(text.range(of: "| event | where |")).upperBound
        let rows = text[start...].split(separator: "\n").map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }.filter { $0.count == 2 && !$0[0].hasPrefix("---") }
        let later = try Self.laterParts()
        let folder = SourceTree.root.appending(path: "schemas/events").path
        let known = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(rows.contains { $0[0] == "ExportMade" })
        #expect(Set(rows.map { $0[0] }).count == rows.count)
        for row in rows {
            #expect(!known.contains("\(row[0]).v1.json"), "\(row[0]) is there: take it off the page")
            guard row[1].hasPrefix("later: ") else { continue }
            #expect(later.contains(String(row[1].dropFirst("later: ".count))), "\(row[0]): \(row[1])")
        }
    }

    @Test func `what shows a capability exists, and what does not yet is planned or explained`() throws {
        let later = try Self.laterParts()
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
