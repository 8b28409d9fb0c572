import Foundation
import HubServer
import RuleBook

/// The rule book that ships, and small files of one section.
enum RuleFixture {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "deploy/rulebook").path

    private static let read = Result { try RuleSet(path: folder) }
    private static let laidDown = Result { try read.get().applied() }

    static func shipped() throws -> RuleSet { try read.get() }
    static func shippedBook() throws -> RuleBook { try laidDown.get() }

    static func set(_ texts: String...) throws -> RuleSet {
        try RuleSet(texts.enumerated().map { try RuleFile(name: "file\($0.offset).yaml", text: $0.element) })
    }

    /// A limit of two working days from one event to another, with some of its lines replaced.
    static func rule(
        id: String = "some.limit", version: Int = 1, terms: String = "{ limit: { workingDays: 2 } }",
        start: String = "{ event: ReferralDispatched, when: { kind: referral } }",
        stop: String = "{ event: ReferralCompleted }", from: String = "2023-01-01", more: String = ""
    ) -> String {
        """
          - id: \(id)
            version: \(version)
            name: { zh: 时限, en: Limit }
            scope: referral
            terms: \(terms)
            start:
              - \(start)
            stop:
              - \(stop)
            bound: ceiling
            owner: lead
            pausable: [applicant]
            ladder: normal
            promise: false
            basis: { text: 规定, status: houseRule }
            effectiveFrom: \(from)
            \(more)
        """
    }

    static func deadlines(_ rules: String...) -> String {
        "deadlines:\n" + rules.joined(separator: "\n") + "\n"
    }

    static func failure(_ text: String) -> RuleFileError? {
        do throws(RuleFileError) {
            _ = try RuleFile(name: "rules.yaml", text: text)
            return nil
        } catch {
            return error
        }
    }
}
