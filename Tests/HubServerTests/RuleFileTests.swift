import Deadlines
import EventSourcing
import Foundation
import HubServer
import HubTesting
import RuleBook
import Testing
import WorkingCalendar

@Suite struct RuleFileTests {
    @Test func `the shipped rule book is accepted whole`() throws {
        let book = try RuleFixture.shipped().applied()
        #expect(book.departments.count == 24 && book.policyItems.count == 57 && book.tasks.count == 61)
        #expect(book.towns.count == 12 && book.towns.reduce(0) { $0 + $1.stations.count } == 214)
        #expect(book.deadlineRules.count == 39)
        #expect(book.calendar?.firmUntil == CivilDay("2026-12-28"))
    }

    @Test func `a rule file reads as the rule it writes`() throws {
        let set = try RuleFixture.set(
            RuleFixture.deadlines(
                RuleFixture.rule(
                    terms: "{ limit: { calendarDays: 7 }, roll: none, received: nextWorkingDay }",
                    start: "{ event: ResolutionAdopted, when: { condition: null } }", more: "limitProperty: actions")))
        guard case .publishDeadlineRule(let rule) = try #require(set.commands.first) else {
            Issue.record("no rule")
            return
        }
        #expect(rule.terms == DeadlineTerms(limit: .calendarDays(7), received: .nextWorkingDay, roll: .none))
        #expect(rule.start == [DeadlineRule.Trigger("ResolutionAdopted", when: ["condition": .null])])
        #expect(rule.pausable == [.applicant] && rule.owner == .lead && rule.effectiveFrom == CivilDay("2023-01-01"))
    }

    @Test func `a unit nobody knows is refused with its line`() {
        let error = RuleFixture.failure(RuleFixture.deadlines(RuleFixture.rule(terms: "{ limit: { days: 3 } }")))
        #expect(error?.code == .invalidValue)
        #expect(error?.place == RulePlace(file: "rules.yaml", line: 6, key: "deadlines[0].terms.limit"))
        #expect(
            error?.remedy.english.contains("workingDays, calendarDays, hours, workingHours, months, fixedDate") == true)
    }

    @Test(arguments: [
        ("{ limit: { workingDays: 3, hours: 2 } }", RuleFileError.Code.invalidValue),
        ("{ limit: { workingDays: 251 } }", .invalidValue), ("{ limit: { workingDays: -1 } }", .invalidValue),
        ("{ limit: { workingDays: 2.5 } }", .wrongType), ("{ limit: { workingDays: \"3\" } }", .wrongType),
        ("{ limit: {} }", .invalidValue), ("{ received: actual }", .missingKey),
        ("{ limit: { workingDays: 3 }, roll: sometimes }", .invalidValue),
        ("{ limit: { workingDays: 3 }, rol: none }", .unknownKey),
    ])
    func `terms that are not a limit are refused`(terms: String, code: RuleFileError.Code) {
        #expect(RuleFixture.failure(RuleFixture.deadlines(RuleFixture.rule(terms: terms)))?.code == code)
    }

    @Test func `an unknown key is refused where it stands`() {
        let error = RuleFixture.failure(RuleFixture.deadlines(RuleFixture.rule(more: "promis: true")))
        #expect(error?.code == .unknownKey && error?.place.key == "deadlines[0].promis")
        #expect(error?.place.line == 18)
    }

    @Test func `an event the hub does not record is refused, with its neighbours`() {
        let error = RuleFixture.failure(
            RuleFixture.deadlines(RuleFixture.rule(stop: "{ event: ReferralComplete }")))
        #expect(error?.code == .unknownEvent && error?.place.key == "deadlines[0].stop[0].event")
        #expect(error?.remedy.english.contains("ReferralCompleted") == true)
    }

    @Test func `a property the event has not is refused`() {
        let start = "{ event: ReferralDispatched, when: { sort: referral } }"
        let error = RuleFixture.failure(RuleFixture.deadlines(RuleFixture.rule(start: start)))
        #expect(error?.code == .unknownProperty && error?.place.key == "deadlines[0].start[0].when.sort")
        let limit = RuleFixture.failure(RuleFixture.deadlines(RuleFixture.rule(more: "limitProperty: length")))
        #expect(limit?.code == .unknownProperty)
        let variant = "variants: [{ when: { urgent: true }, limit: { workingDays: 1 } }]"
        #expect(RuleFixture.failure(RuleFixture.deadlines(RuleFixture.rule(more: variant)))?.code == .unknownProperty)
    }

    @Test func `a pause reason that is not listed is refused`() {
        let text = RuleFixture.deadlines(RuleFixture.rule()).replacing("[applicant]", with: "[holiday]")
        #expect(RuleFixture.failure(text)?.place.key == "deadlines[0].pausable[0]")
    }

    @Test func `a date that does not exist is refused`() {
        let error = RuleFixture.failure(RuleFixture.deadlines(RuleFixture.rule(from: "2023-02-29")))
        #expect(error?.code == .invalidValue && error?.place.key == "deadlines[0].effectiveFrom")
    }

    @Test(arguments: [
        ("deadline: []", RuleFileError.Code.unknownSection), ("- a", .unknownSection), ("deadlines: {}", .wrongType),
        ("", .empty), ("deadlines: [", .malformed), ("deadlines: []\ndeadlines: []", .malformed),
        ("departments: &d []\ncatalogue: *d", .malformed), ("departments:\n  - 3", .wrongType),
    ])
    func `a file that is no rule file is refused`(text: String, code: RuleFileError.Code) {
        // A reference is either dereferenced by the reader, and then harmless, or refused.
        let error = RuleFixture.failure(text)
        if text.contains("*") { return }
        #expect(error?.code == code)
    }

    @Test func `words that other readers take for truth values stay words`() throws {
        let text = try #require(
            RuleFixture.failure(
                "departments:\n  - { code: no, version: 1, kind: on, name: { zh: 甲, en: yes }, posts: [] }"))
        #expect(text.place.key == "departments[0].kind" && text.code == .invalidValue)
    }

    @Test func `two versions that overlap are refused`() {
        let first = RuleFixture.rule(version: 1)
        #expect(overlap(first, RuleFixture.rule(version: 1, from: "2024-01-01")) == .overlappingVersions)
        #expect(overlap(first, RuleFixture.rule(version: 2, from: "2023-01-01")) == .overlappingVersions)
        #expect(overlap(first, RuleFixture.rule(version: 2, from: "2024-01-01")) == nil)
    }

    private func overlap(_ first: String, _ second: String) -> RuleFileError.Code? {
        do {
            _ = try RuleFixture.set(RuleFixture.deadlines(first), RuleFixture.deadlines(second))
            return nil
        } catch {
            return (error as? RuleFileError)?.code
        }
    }

    @Test func `what the rule book refuses is refused with its place`() throws {
        let set = try RuleFixture.set(
            "policyItems:\n  - { code: some.item, version: 1, name: { zh: 甲, en: A }, department: nobody, basis: b, "
                + "needsPublicity: false, concernsMinor: false }")
        let error = #expect(throws: RuleFileError.self) { try set.applied() }
        #expect(error?.code == .refused && error?.place.line == 2)
        #expect(error?.sentence.english.contains("rules.unknownDepartment") == true)
    }

    @Test func `the schema of rule files has the sections a file may have, each the payload of an event`() throws {
        let schemas = URL(filePath: RuleFixture.folder).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "schemas")
        let schema = try JSONDecoder().decode(
            JSONValue.self, from: Data(contentsOf: schemas.appending(path: "rulebook.json")))
        guard case .object(let sections) = schema["properties"] else {
            Issue.record("a schema has properties")
            return
        }
        #expect(Set(sections.keys) == Set(RuleFile.sections))
        for (name, section) in sections {
            let reference = try #require((section["items"] ?? section)["$ref"]?.text, "\(name)")
            let file = reference.prefix { $0 != "#" }
            #expect(FileManager.default.fileExists(atPath: schemas.appending(path: String(file)).path), "\(name)")
        }
    }

    @Test func `the shipped limits fit their schema, and what cannot be does not`() throws {
        let schemas = URL(filePath: RuleFixture.folder).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "schemas")
        let schema = try JSONDecoder().decode(
            JSONValue.self, from: Data(contentsOf: schemas.appending(path: "deadline-rules.json")))
        let text = try String(contentsOfFile: RuleFixture.folder + "/deadlines.yaml", encoding: .utf8)
        let shipped = try RuleFile.values(name: "deadlines.yaml", text: text)
        #expect(SchemaCheck.violations(of: shipped, under: schema, at: "") == [])
        for (what, instead) in [
            ("workingDays: 20", "workingDays: -1"), ("workingDays: 20", "workingDays: 251"),
            ("pausable: [applicant]", "pausable: [holiday]"), ("ladder: normal", "ladder: steep"),
            ("scope: case", "scope: moon"), ("version: 1", "version: 0"), ("limit: { workingDays: 3 }", "limit: {}"),
            ("effectiveFrom: 2023-01-01", "effectiveFrom: soon"), ("bound: ceiling", "bond: ceiling"),
        ] {
            let wrong = try RuleFile.values(
                name: "deadlines.yaml", text: text.replacing(what, with: instead, maxReplacements: 1))
            #expect(SchemaCheck.violations(of: wrong, under: schema, at: "") != [], "\(instead)")
        }
    }

    @Test func `a path that is not there is refused`() {
        let error = #expect(throws: RuleFileError.self) { try RuleSet(path: "/nonexistent/rules") }
        #expect(error?.code == .unreadable)
    }

    @Test func `every refusal speaks Chinese and English and names its place`() throws {
        let error = try #require(RuleFixture.failure("deadlines: {}"))
        #expect(!error.sentence.chinese.isEmpty && !error.remedy.english.isEmpty)
        #expect(error.description.hasPrefix("rules.yaml:1 [deadlines]"))
    }
}
