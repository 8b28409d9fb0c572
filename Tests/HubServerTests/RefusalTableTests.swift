import EventSourcing
import Foundation
import HubAPI
import HubServer
import Testing

/// Every refusal stands in the table that is shipped, tells both languages and what to do, and has a test.
@Suite struct RefusalTableTests {
    private static let project = APIDescriptionTests.project

    @Test func `the committed table is the one the program generates`() throws {
        let committed = try String(contentsOfFile: Self.project + "/schemas/refusals.md", encoding: .utf8)
        #expect(
            committed == GeneratedText.refusals, "write it anew: .build/debug/onedoor refusals > schemas/refusals.md")
    }

    @Test func `every refusal has a code of its own, both sentences and a remedy`() {
        let rows = RefusalTable.rows
        #expect(Set(rows.map(\.code)).count == rows.count)
        for row in rows {
            #expect(row.chinese.unicodeScalars.contains { $0.value > 0x3400 }, "\(row.code)")
            #expect(row.english.contains(" "), "\(row.code)")
            #expect(!row.remedy.isEmpty, "\(row.code)")
            #expect(row.remedy.contains(" / "), "\(row.code) says what to do in both languages")
            #expect((400...599).contains(row.status), "\(row.code)")
        }
    }

    @Test func `every enumeration of refusals is in the table`() throws {
        let declared = try Self.sources("Sources").flatMap { source in
            source.matches(of: /enum (\w+): String, ToldRefusal/).map { String($0.output.1) }
        }
        #expect(Set(declared) == Set(RefusalTable.plain.map { "\($0)" }))
    }

    @Test func `every code that a refusal with values tells is in the table`() throws {
        let known = Set(RefusalTable.rows.map(\.code))
        for folder in [
            "Sources/Casework", "Sources/RuleBook", "Sources/Registry", "Sources/CaseDesk", "Sources/HubAPI",
        ] {
            for source in try Self.sources(folder) {
                // Fields look like codes, so only what stands under `code` counts.
                let told = source.components(separatedBy: "var ").filter { $0.hasPrefix("code: String") }.joined()
                let codes =
                    told.matches(of: /case \.\w+: "([a-z]\w+\.[a-z]\w+)"/).map { String($0.output.1) }
                    + source.matches(of: /code: "([a-zA-Z]+(?:\.[a-zA-Z]+)?)"/).map { String($0.output.1) }
                for code in codes where source.contains("Refusal") || source.contains("DeskError(") {
                    #expect(known.contains(code), "\(code) is told, and not in the table")
                }
            }
        }
    }

    @Test func `every refusal has a test that names it`() throws {
        // Texts in quotation marks, cases, and what each file speaks of.
        var quoted: Set<Substring> = []
        let files = try Self.sources("Tests").map { text -> (cases: Set<Substring>, subjects: Set<Substring>) in
            quoted.formUnion(text.split(separator: "\"").filter { !$0.contains(" ") })
            let words = text.split { !($0.isLetter || $0.isNumber || $0 == ".") }
            let cases = words.filter { $0.contains(".") }.flatMap { word in
                word.split(separator: ".", omittingEmptySubsequences: false).dropFirst()
            }
            return (Set(cases), Set(words.compactMap { $0.split(separator: ".").first }))
        }
        var speaking: [String: [Set<Substring>]] = [:]
        for row in RefusalTable.rows where speaking[row.enumeration] == nil {
            let subject = row.enumeration.replacing(/(Refusal|Error)$/, with: "")
            speaking[row.enumeration] = files.filter { file in
                file.subjects.contains { $0.hasPrefix(subject) }
            }.map(\.cases)
        }
        let untested = RefusalTable.rows.filter { row in
            // A case of the requests is told by its code only: its name is too common.
            let names =
                ["APIRefusal", "RequestRefusal"].contains(row.enumeration) ? [] : speaking[row.enumeration] ?? []
            return !quoted.contains(Substring(row.code)) && !names.contains { $0.contains(Substring(row.name)) }
        }
        #expect(untested.map(\.code) == [], "name each in a test that makes it happen")
    }

    private static func sources(_ folder: String) throws -> [String] {
        let files = FileManager.default.enumerator(atPath: "\(project)/\(folder)")
        return try (files?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".swift") }.map {
            try String(contentsOfFile: "\(project)/\(folder)/\($0)", encoding: .utf8)
        }
    }
}
