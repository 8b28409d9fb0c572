import Casework
import EventSourcing
import Foundation
import Testing

/// Every transition, every invariant and every event type has a test that names it, or a place where it will have one.
@Suite struct TransitionCatalogTests {
    private static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

    /// The sources of all tests but this file, by path.
    private static let sources: [String: String] = {
        var found: [String: String] = [:]
        let files = FileManager.default.enumerator(at: tests, includingPropertiesForKeys: nil)
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift", file.lastPathComponent != "TransitionCatalogTests.swift",
                let text = try? String(contentsOf: file, encoding: .utf8)
            else { continue }
            found[file.path] = text
        }
        return found
    }()

    /// The names of tests and of rows of tables of tests: what a report of a failure shows.
    private static let names: String = sources.values.flatMap { text in
        text.split(separator: "\n").filter { $0.contains("func `") || $0.contains("name: \"T") }
    }.joined(separator: "\n")

    private static func isNamed(_ id: String, in text: String) -> Bool {
        text.range(of: "(?<![A-Za-z0-9-])\(id)(?![0-9])", options: .regularExpression) != nil
    }

    @Test func `every transition T01 to T29 has a test that names it`() {
        #expect(ReferralTransition.allCases.map(\.rawValue) == (1...29).map { $0 < 10 ? "T0\($0)" : "T\($0)" })
        for transition in ReferralTransition.allCases {
            #expect(Self.isNamed(transition.rawValue, in: Self.names), "\(transition.rawValue) has no test")
            #expect(!transition.commands.isEmpty)
        }
    }

    /// What tests assert, and the tables they assert it of: the text of each `#expect`, `#require`, `expect(…)` of a
    /// specification, and of the arguments of a test.
    private static let assertions: [String] = sources.values.flatMap { text in
        let opening = /(?:[^A-Za-z]expect|#require|@Test)\(/
        return text.matches(of: opening).map { balanced(in: text[$0.range.lowerBound...]) }
    }

    /// The text up to the bracket that closes the first one opened.
    private static func balanced(in text: Substring) -> String {
        var depth = 0
        for index in text.indices {
            if text[index] == "(" { depth += 1 }
            guard text[index] == ")" else { continue }
            depth -= 1
            if depth == 0 { return String(text[...index]) }
        }
        return String(text)
    }

    /// Whether a test expects an event type by its name, or as what a decider decides.
    ///
    /// `kinds == [.promiseBroken]` and `then: [.received(…)]` are such; that a source speaks of it is not enough.
    private static func isAsserted(_ kind: CaseworkEvent.Kind) -> Bool {
        let short = caseName(of: kind)
        return assertions.contains { assertion in
            if assertion.contains("\"\(kind.rawValue)\"") { return true }
            let isOfKinds =
                assertion.contains("inds ==") || assertion.contains("made ==") || assertion.contains("byCentre ==")
                || assertion.contains("kind) ==")
            if isOfKinds, assertion.contains(".\(short)]") || assertion.contains(".\(short),") { return true }
            guard let then = assertion.range(of: "then: [") else { return false }
            return assertion[then.upperBound...].contains(".\(short)(")
        }
    }

    @Test(arguments: CaseworkEvent.Kind.allCases)
    func `every event type of casework is what some test expects`(kind: CaseworkEvent.Kind) {
        #expect(Self.isAsserted(kind), "\(kind.rawValue) is expected by no test")
    }

    /// The case of the event's own enum, which tests write with a dot.
    private static func caseName(of kind: CaseworkEvent.Kind) -> String {
        switch kind {
        case .request(let kind): "\(kind)"
        case .caseFile(let kind): "\(kind)"
        case .intake(let kind): "\(kind)"
        case .relief(let kind): "\(kind)"
        case .inquiry(let kind): "\(kind)"
        case .visit(let kind): "\(kind)"
        case .review(let kind): "\(kind)"
        case .followUp(let kind): "\(kind)"
        case .meeting(let kind): "\(kind)"
        case .referral(let kind): "\(kind)"
        case .deadline(let kind): "\(kind)"
        case .desk(let kind): "\(kind)"
        }
    }

    /// Where an invariant is shown.
    private enum Shown {
        /// By a test whose name holds these words; none means that its name holds the invariant's own number.
        case test(String? = nil)
        /// By what a later issue builds.
        case later(String)
    }

    private static let invariants: [Int: Shown] = [
        1: .test(),
        2: .test(),
        3: .test(),
        4: .test(),
        5: .test(), 6: .test(),
        7: .test("a request for return stops receipt and remit, and handling runs on"),
        8: .test(), 9: .test(), 10: .test(),
        11: .test("a limit is extended once, by a supervisor"),
        12: .test(),
        13: .later("registry, data comparison and warnings"),
        14: .later("benefits and their termination"),
        15: .test("an item has one path at a time and ends with one decision"),
        16: .test(),
        17: .later("publicity"),
        18: .test("whatever a disclosure grants, no property or part outside it appears"),
        19: .test("no entry holds a part outside the department's grant"),
        20: .test("a replay knows what was recorded by then and nothing later"),
        21: .test("a repeated command answers the same for ever and appends nothing"),
        22: .test("an erasure leaves the log whole"),
        23: .test(),
        24: .test(),
        25: .later("outcomes and statistics"),
    ]

    @Test(arguments: 1...25) func `every invariant has a test that shows it, or the issue that will`(number: Int) throws
    {
        switch try #require(Self.invariants[number], "I-\(number) is not in the table") {
        case .test(let words):
            let isThere = words.map(Self.names.contains) ?? Self.isNamed("I-\(number)", in: Self.names)
            #expect(isThere, "I-\(number) has no test")
        case .later(let issue):
            #expect(!issue.isEmpty)
        }
    }
}
