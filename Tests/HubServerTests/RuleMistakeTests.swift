import EventSourcing
import Foundation
import HubServer
import RuleBook
import Testing

/// Every mistake a rule file can hold is told with its file, its line and what to do, all of them in one run.
@Suite struct RuleMistakeTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        let code: RuleFileError.Code
        let line: Int
        /// A word of the English remedy.
        let remedy: String

        var testDescription: String { name }
    }

    private static let department =
        "departments:\n  - { code: minzheng, version: 1, kind: statutory, name: { zh: 民政, en: Civil affairs }, "
        + "posts: [{ code: minzheng/head, name: { zh: 头, en: Head }, head: true }] }\n"

    private static func item(_ more: String = "", code: String = "some.item", department: String = "minzheng") -> String
    {
        "  - { code: \(code), version: 1, name: { zh: 甲, en: A }, department: \(department), basis: b, "
            + "needsPublicity: false, concernsMinor: false\(more) }\n"
    }

    private static func task(
        items: String = "some.item", lead: String = "minzheng", part: String = "lead", kind: String = "referral",
        groups: String = "identity", more: String = ""
    ) -> String {
        "  - { code: some.task, version: 1, kind: \(kind), name: { zh: 甲, en: A }, items: [\(items)], "
            + "participants: [{ department: \(lead), part: \(part), slice: [{ person: applicant, groups: [\(groups)] }] }], "
            + "basis: b, purpose: p\(more) }\n"
    }

    private static func town(
        villages: String = "",
        stations: String = "{ code: t.station, name: { zh: 站, en: S }, capabilities: [], posts: [] }"
    ) -> String {
        "  - { code: huangtang, version: 1, kind: town, name: { zh: 镇, en: Town }, villages: [\(villages)], "
            + "stations: [\(stations)] }\n"
    }

    private static let village = "{ code: v01, name: { zh: 村, en: V } }"
    private static let court =
        department
        + "  - { code: fayuan, version: 1, kind: judicial, name: { zh: 法院, en: Court }, posts: [] }\n"
    private static let charity =
        department
        + "  - { code: cishan, version: 1, kind: voluntary, name: { zh: 慈善, en: Charity }, posts: [] }\n"

    static let mistakes: [Mistake] = [
        Mistake(
            name: "unknown section", text: "policies: []\n", code: .unknownSection, line: 1, remedy: "policyItems"),
        Mistake(
            name: "unknown key", text: "policyItems:\n" + item(", colour: red"), code: .unknownKey, line: 2,
            remedy: "spelling"),
        Mistake(
            name: "missing key",
            text: "policyItems:\n  - code: some.item\n    version: 1\n", code: .missingKey, line: 2, remedy: "required"),
        Mistake(
            name: "wrong type", text: "departments:\n  - 3\n", code: .wrongType, line: 2, remedy: "another type"),
        Mistake(
            name: "unknown pause reason", text: department + "policyItems:\n" + item(", pauses: [holiday]"),
            code: .invalidValue, line: 4, remedy: "documented values"),
        Mistake(
            name: "unknown provenance", text: department + "policyItems:\n" + item(", provenance: guessed"),
            code: .invalidValue, line: 4, remedy: "documented values"),
        Mistake(
            name: "unknown capability",
            text: "towns:\n" + town(stations: "{ code: t.s, name: { zh: 站, en: S }, capabilities: [fly], posts: [] }"),
            code: .invalidValue, line: 2, remedy: "documented values"),
        Mistake(
            name: "a day that does not exist",
            text: department + "policyItems:\n" + item(", effectiveFrom: 2023-02-30"), code: .invalidValue, line: 4,
            remedy: "must be"),
        Mistake(
            name: "unknown department", text: "policyItems:\n" + item(department: "nobody"), code: .refused, line: 2,
            remedy: "Register the department nobody"),
        Mistake(
            name: "duplicate id", text: department + "policyItems:\n" + item() + item(), code: .overlappingVersions,
            line: 5, remedy: "another code"),
        Mistake(
            name: "overlapping effective dates",
            text: department + "policyItems:\n" + item(", effectiveFrom: 2023-01-01")
                + item(", effectiveFrom: 2023-01-01").replacing("version: 1", with: "version: 2"),
            code: .overlappingVersions, line: 5, remedy: "later effectiveFrom"),
        Mistake(
            name: "a version left out",
            text: department + "policyItems:\n" + item().replacing("version: 1", with: "version: 2"), code: .refused,
            line: 4, remedy: "version 1"),
        Mistake(
            name: "promise longer than the law",
            text: department + "policyItems:\n"
                + item(", limit: { workingDays: 9 }, statutory: { workingDays: 7 }"), code: .refused, line: 4,
            remedy: "shorten limit"),
        Mistake(
            name: "an item of a court", text: court + "policyItems:\n" + item(department: "fayuan"), code: .refused,
            line: 5, remedy: "judicial"),
        Mistake(
            name: "item without a task", text: department + "policyItems:\n" + item(), code: .itemWithoutTask,
            line: 4, remedy: "Add a task"),
        Mistake(
            name: "unknown item in a task", text: department + "catalogue:\n" + task(items: "no.item"), code: .refused,
            line: 4, remedy: "Publish the policy item no.item"),
        Mistake(
            name: "no lead", text: department + "catalogue:\n" + task(items: "", part: "coHandler"), code: .refused,
            line: 4, remedy: "exactly one lead"),
        Mistake(
            name: "a court in a task", text: court + "catalogue:\n" + task(items: "", lead: "fayuan"), code: .refused,
            line: 5, remedy: "gets no referral"),
        Mistake(
            name: "a charity ordered", text: charity + "catalogue:\n" + task(items: "", lead: "cishan"),
            code: .refused, line: 5, remedy: "offer"),
        Mistake(
            name: "an offer to an authority", text: department + "catalogue:\n" + task(items: "", kind: "offer"),
            code: .refused, line: 4, remedy: "make it a referral"),
        Mistake(
            name: "a group never given", text: department + "catalogue:\n" + task(items: "", groups: "narrative"),
            code: .refused, line: 4, remedy: "never gets narrative"),
        Mistake(
            name: "post of another department", text: department.replacing("minzheng/head", with: "jiaoyu/head"),
            code: .refused, line: 2, remedy: "belongs to another department"),
        Mistake(
            name: "town without station", text: "towns:\n" + town(stations: ""), code: .townWithoutStation, line: 2,
            remedy: "Add a station without village"),
        Mistake(
            name: "village without point", text: "towns:\n" + town(villages: village), code: .villageWithoutPoint,
            line: 2, remedy: "village: v01"),
        Mistake(
            name: "village twice", text: "towns:\n" + town(villages: "\(village), \(village)"), code: .refused,
            line: 2, remedy: "listed twice"),
        Mistake(
            name: "point in an unknown village",
            text: "towns:\n"
                + town(stations: "{ code: t.s, village: v09, name: { zh: 站, en: S }, capabilities: [], posts: [] }"),
            code: .refused, line: 2, remedy: "v09"),
        Mistake(
            name: "holder of an unknown post",
            text: "holders:\n  - { post: minzheng/head, from: 2023-01-01 }\n", code: .refused, line: 2,
            remedy: "register it"),
        Mistake(
            name: "holders overlap",
            text: department + "holders:\n  - { post: minzheng/head, from: 2023-01-01, until: 2023-06-30 }\n"
                + "  - { post: minzheng/head, from: 2023-06-30 }\n",
            code: .refused, line: 5, remedy: "begin later"),
        Mistake(
            name: "succeeded department still named",
            text: department
                + "  - { code: xinju, version: 1, kind: statutory, name: { zh: 新局, en: New }, posts: [] }\n"
                + "successions:\n  - { department: minzheng, successor: xinju, from: 2024-01-01, basis: b }\n"
                + "policyItems:\n" + item() + "catalogue:\n" + task(lead: "xinju"),
            code: .succeededInItem, line: 7, remedy: "names xinju"),
        Mistake(
            name: "retired item in a task",
            text: department + "policyItems:\n" + item() + "catalogue:\n" + task()
                + "retirements:\n  - { code: some.item, from: 2024-01-01, reason: r }\n",
            code: .retiredItemInTask, line: 6, remedy: "without some.item"),
        Mistake(
            name: "retirement of an unknown item",
            text: "retirements:\n  - { code: some.item, from: 2024-01-01, reason: r }\n", code: .refused, line: 2,
            remedy: "some.item"),
        Mistake(
            name: "pause the clock does not know",
            text: department + "policyItems:\n" + item(", pauses: [court]") + "catalogue:\n" + task()
                + RuleFixture.deadlines(RuleFixture.rule(id: "referral.handle")),
            code: .pauseNotAllowed, line: 4, remedy: "Remove court"),
        Mistake(
            name: "unknown event", text: RuleFixture.deadlines(RuleFixture.rule(stop: "{ event: ReferralComplete }")),
            code: .unknownEvent, line: 10, remedy: "ReferralCompleted"),
    ]

    private func errors(_ texts: String...) -> [RuleFileError] {
        var findings = RuleFindings()
        let files = texts.enumerated().map {
            RuleFile(name: "file\($0.offset).yaml", text: $0.element, findings: &findings)
        }
        let set = RuleSet(files, findings: &findings)
        _ = RuleCheck(set, against: RuleBook(), findings: &findings)
        return findings.errors
    }

    @Test(arguments: mistakes) func `a mistake is told with file, line and remedy`(mistake: Mistake) throws {
        let found = errors(mistake.text)
        let error = try #require(found.first { $0.code == mistake.code }, "\(found)")
        #expect(error.place.file == "file0.yaml" && error.place.line == mistake.line, "\(error)")
        #expect(error.remedy.english.contains(mistake.remedy), "\(error)")
        for text in [error.sentence.chinese, error.sentence.english, error.remedy.chinese] { #expect(!text.isEmpty) }
    }

    @Test func `all mistakes of all files are told in one run, by file and line`() {
        let found = errors(
            Self.department + "policyItems:\n" + Self.item(", colour: red", code: "first.item")
                + Self.item(code: "second.item", department: "nobody"),
            "deadlines: {}\n",
            "catalogue:\n" + Self.task(items: "first.item", groups: "narrative, no-group"))
        #expect(found.map(\.code) == [.unknownKey, .refused, .wrongType, .invalidValue])
        #expect(found.map(\.place.file) == ["file0.yaml", "file0.yaml", "file1.yaml", "file2.yaml"])
        #expect(found.map(\.place.line) == [4, 5, 1, 2])
    }

    @Test func `one entry tells all its mistakes`() {
        let text = RuleFixture.deadlines(
            RuleFixture.rule(
                terms: "{ limit: { workingDays: 2 }, rol: none }", start: "{ event: Nothing }",
                stop: "{ event: ReferralCompleted, when: { colour: red } }", more: "promis: true"))
        #expect(errors(text).map(\.code) == [.unknownKey, .unknownEvent, .unknownProperty, .unknownKey])
    }

    @Test func `what only follows from another mistake is not told`() {
        let found = errors(
            "departments:\n  - { code: minzheng, version: 1, kind: wrong, name: { zh: 民政, en: A }, posts: [] }\n"
                + "policyItems:\n" + Self.item() + "catalogue:\n" + Self.task())
        #expect(found.map(\.code) == [.invalidValue] && found.first?.place.line == 2)
    }

    @Test func `a path that does not fit is told for each task that makes it too long`() throws {
        let shipped = try RuleFixture.shipped()
        let text =
            "catalogue:\n"
            + ["long.one", "long.two"].map { code in
                Self.task(items: "", more: ", limit: { workingDays: 12 }").replacing("some.task", with: code)
            }.joined()
        var findings = RuleFindings()
        let set = RuleSet([RuleFile(name: "more.yaml", text: text, findings: &findings)], findings: &findings)
        _ = RuleCheck(set, against: try shipped.applied(), findings: &findings)
        #expect(findings.errors.map(\.code) == [.pathOverruns, .pathOverruns])
        #expect(findings.errors.map(\.place.line) == [2, 3])
        #expect(findings.errors.first?.remedy.english == "Shorten one of its limits.")
    }

    @Test func `a change in place differs from the log with the properties that changed`() throws {
        let log = try RuleFixture.set(RuleFixture.deadlines(RuleFixture.rule())).applied()
        var findings = RuleFindings()
        let files = try RuleFixture.set(
            RuleFixture.deadlines(RuleFixture.rule(terms: "{ limit: { workingDays: 5 } }", more: "repeats: true")))
        let check = RuleCheck(files, against: log, findings: &findings)
        #expect(check.differences.map(\.kind) == [.changedInPlace])
        #expect(check.differences.first?.changed == ["repeats", "terms"])
        #expect(findings.errors.map(\.code) == [.refused])
        let next = try RuleFixture.set(
            RuleFixture.deadlines(
                RuleFixture.rule(version: 2, terms: "{ limit: { workingDays: 5 } }", from: "2024-01-01")))
        #expect(try RuleCheck(next, against: log).differences.first?.changed == ["effectiveFrom", "terms"])
    }
}
