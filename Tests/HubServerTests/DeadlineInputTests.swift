import Foundation
import HubServer
import RuleBook
import Testing
import WorkingCalendar

/// Every malformed rule, calendar and date of a file or a command line has a message of its own (issue 5, bad input).
@Suite struct DeadlineInputTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        let code: RuleFileError.Code
        /// A word of the English sentence or remedy by which it is told from the others.
        let word: String

        var testDescription: String { name }
    }

    private static func rule(
        terms: String = "{ limit: { workingDays: 2 } }", pausable: String = "[applicant]", more: String = "",
        start: String = "{ event: ReferralDispatched, when: { kind: referral } }",
        stop: String = "{ event: ReferralCompleted }"
    ) -> String {
        RuleFixture.deadlines(RuleFixture.rule(terms: terms, start: start, stop: stop, more: more))
            .replacing("pausable: [applicant]", with: "pausable: \(pausable)")
    }

    static let rules: [Row] = [
        Row(
            name: "negative limit", text: rule(terms: "{ limit: { workingDays: -1 } }"), code: .invalidValue,
            word: "from 0 to 250"),
        Row(
            name: "limit out of range", text: rule(terms: "{ limit: { workingDays: 251 } }"), code: .invalidValue,
            word: "from 0 to 250"),
        Row(
            name: "calendar days out of range", text: rule(terms: "{ limit: { calendarDays: 3661 } }"),
            code: .invalidValue, word: "from 0 to 3660"),
        Row(
            name: "hours out of range", text: rule(terms: "{ limit: { hours: 8785 } }"), code: .invalidValue,
            word: "from 0 to 8784"),
        Row(
            name: "office hours out of range", text: rule(terms: "{ limit: { workingHours: 2001 } }"),
            code: .invalidValue, word: "from 0 to 2000"),
        Row(
            name: "months out of range", text: rule(terms: "{ limit: { months: 121 } }"), code: .invalidValue,
            word: "from 0 to 120"),
        Row(
            name: "mixed units", text: rule(terms: "{ limit: { workingDays: 2, hours: 4 } }"), code: .invalidValue,
            word: "exactly one of"),
        Row(name: "no unit", text: rule(terms: "{ limit: {} }"), code: .invalidValue, word: "exactly one of"),
        Row(
            name: "unknown unit", text: rule(terms: "{ limit: { days: 2 } }"), code: .invalidValue,
            word: "exactly one of"),
        Row(
            name: "limit as text", text: rule(terms: "{ limit: { workingDays: two } }"), code: .wrongType,
            word: "type"),
        Row(
            name: "a day that does not exist", text: rule(terms: "{ limit: { fixedDate: 2026-02-30 } }"),
            code: .invalidValue, word: "a date that exists"),
        Row(
            name: "unknown receipt rule", text: rule(terms: "{ limit: { workingDays: 2 }, received: soon }"),
            code: .invalidValue, word: "documented values"),
        Row(
            name: "unknown roll", text: rule(terms: "{ limit: { workingDays: 2 }, roll: back }"), code: .invalidValue,
            word: "documented values"),
        Row(
            name: "unknown cutoff", text: rule(terms: "{ limit: { workingDays: 2 }, cutoff: noon }"),
            code: .invalidValue, word: "documented values"),
        Row(
            name: "unknown pause reason", text: rule(pausable: "[holiday]"), code: .invalidValue,
            word: "documented values"),
        Row(
            name: "a pause no limit heeds", text: rule(terms: "{ limit: { hours: 2 } }"), code: .refused,
            word: "runs on"),
        Row(
            name: "unknown event", text: rule(stop: "{ event: ReferralComplete }"), code: .unknownEvent,
            word: "ReferralCompleted"),
        Row(
            name: "unknown property", text: rule(stop: "{ event: ReferralCompleted, when: { colour: red } }"),
            code: .unknownProperty, word: "no property colour"),
        Row(
            name: "a second start",
            text: rule(start: "{ event: ReferralDispatched }\n      - { event: ReferralDispatched }"),
            code: .secondStart, word: "listed twice"),
        Row(
            name: "started by what stops it", text: rule(start: "{ event: ReferralCompleted }"), code: .secondStart,
            word: "repeats: true"),
        Row(name: "unknown item", text: rule(more: "policyItems: [no.item]"), code: .refused, word: "no.item"),
        Row(
            name: "an item twice", text: rule(more: "policyItems: [no.item, no.item]"), code: .secondStart,
            word: "no.item is listed twice"),
        Row(
            name: "extension without ground", text: rule(more: "extendable: { grounds: [] }"), code: .refused,
            word: "List the grounds"),
        Row(
            name: "unknown ground", text: rule(more: "extendable: { grounds: [weather] }"), code: .invalidValue,
            word: "documented values"),
        Row(
            name: "extension that shortens",
            text: rule(more: "extendable: { grounds: [objection], total: 2 }"), code: .refused,
            word: "more than the limit"),
        Row(
            name: "two rules of one id",
            text: RuleFixture.deadlines(RuleFixture.rule(), RuleFixture.rule()), code: .overlappingVersions,
            word: "overlap"),
        Row(
            name: "no start",
            text: rule().replacing(
                "start:\n      - { event: ReferralDispatched, when: { kind: referral } }", with: "start: []"),
            code: .refused, word: "starts the limit"),
    ]

    static let calendars: [Row] = [
        Row(name: "off on a weekend", text: calendar(off: "2026-10-03"), code: .calendarDay, word: "off anyway"),
        Row(
            name: "make-up on a weekday", text: calendar(makeup: "2026-10-08"), code: .calendarDay,
            word: "no weekend day"),
        Row(
            name: "off and make-up", text: calendar(off: "2026-10-01", makeup: "2026-10-01"), code: .calendarDay,
            word: "both as off and as worked"),
        Row(
            name: "a day twice", text: calendar(off: "2026-10-01, 2026-10-01"), code: .calendarDay,
            word: "listed twice"),
        Row(
            name: "before the first day", text: calendar(off: "2019-10-01"), code: .calendarDay,
            word: "lies before first"),
        Row(
            name: "make-up in a year that is not announced", text: calendar(makeup: "2027-10-09"),
            code: .calendarYear, word: "not announced"),
        Row(
            name: "an announced year without days", text: calendar(off: ""), code: .calendarYear,
            word: "lists no day off"),
        Row(
            name: "firm before it begins", text: calendar(firm: "2025-12-28"), code: .calendarYear,
            word: "firmUntil lies before first"),
        Row(name: "no version", text: calendar(version: "\"\""), code: .calendarNotice, word: "no version"),
        Row(
            name: "office hours that overlap",
            text: calendar(more: "officeHours: [[\"09:00\", \"12:00\"], [\"11:00\", \"17:00\"]]"),
            code: .calendarNotice, word: "without overlap"),
        Row(
            name: "a time that does not exist", text: calendar(more: "officeHours: [[\"09:00\", \"25:00\"]]"),
            code: .invalidValue, word: "pairs of HH:MM"),
        Row(
            name: "a date that does not exist", text: calendar(off: "2026-02-29"), code: .invalidValue,
            word: "a date that exists"),
        Row(
            name: "a calendar of two sections", text: calendar() + "deadlines: []\n", code: .unknownSection,
            word: "one section"),
        Row(
            name: "contradicts an announced year", text: calendar(off: "2026-10-08", version: "T-2"),
            code: .calendarContradicts, word: "correction"),
        Row(
            name: "an announced year once more", text: notice(year: 2026), code: .calendarContradicts,
            word: "has been announced"),
        Row(
            name: "a year skipped", text: notice(year: 2028, day: "2028-01-03"), code: .calendarYear,
            word: "Import 2027 first"),
        Row(
            name: "a day outside the year", text: notice(day: "2026-10-01"), code: .calendarDay,
            word: "speaks of"),
        Row(
            name: "no holidays", text: notice().replacing(holiday("2027-01-01"), with: ""), code: .calendarYear,
            word: "lists no holiday"),
        Row(
            name: "no source", text: notice().replacing("source: 通知", with: "source: \" \""),
            code: .calendarNotice, word: "title or number"),
        Row(name: "an impossible year", text: notice(year: 999_999), code: .invalidValue, word: "1999"),
    ]

    private static func calendar(
        off: String = "2026-10-01", makeup: String = "", firm: String = "2026-12-28", version: String = "T-1",
        more: String = ""
    ) -> String {
        "calendar:\n  version: \(version)\n  first: 2026-01-01\n  firmUntil: \(firm)\n  offWeekdays: [\(off)]\n"
            + "  makeupWorkdays: [\(makeup)]\n" + (more.isEmpty ? "" : "  \(more)\n")
    }

    private static func holiday(_ day: String) -> String { "{ name: 元旦, first: \(day), last: \(day) }" }

    private static func notice(year: Int = 2027, day: String = "2027-01-01") -> String {
        "announcement:\n  year: \(year)\n  version: CN-\(year).9\n  announcedOn: 2026-11-20\n  source: 通知\n"
            + "  holidays: [\(holiday(day))]\n"
    }

    private static let base = CalendarDocument(
        version: "T-0", first: known("2026-01-01"), firmUntil: known("2026-12-28"), offWeekdays: [known("2026-10-01")],
        makeupWorkdays: [])

    private static func known(_ text: String) -> CivilDay { CivilDay(text) ?? .earliest }

    private func told(_ row: Row, _ errors: [RuleFileError]) throws {
        let error = try #require(
            errors.first { $0.code == row.code && "\($0)".contains(row.word) }, "\(errors)")
        #expect(error.place.line != nil, "\(error)")
        for text in [error.sentence.chinese, error.remedy.chinese, error.remedy.english] { #expect(!text.isEmpty) }
    }

    @Test(arguments: rules) func `a malformed rule has its own message`(row: Row) throws {
        var findings = RuleFindings()
        let file = RuleFile(name: "rules.yaml", text: row.text, findings: &findings)
        _ = RuleCheck(RuleSet([file], findings: &findings), against: RuleBook(), findings: &findings)
        try told(row, findings.errors)
    }

    @Test(arguments: calendars) func `a malformed calendar or notice has its own message`(row: Row) throws {
        var findings = RuleFindings()
        _ = CalendarFile(name: "calendar.yaml", text: row.text, after: Self.base, findings: &findings)
        try told(row, findings.errors)
    }

    @Test func `a correction that gives its reason is no contradiction`() {
        var findings = RuleFindings()
        let text = Self.calendar(off: "2026-10-08", version: "T-2", more: "notice: { source: 通知, correction: 更正 }")
        let file = CalendarFile(name: "calendar.yaml", text: text, after: Self.base, findings: &findings)
        #expect(findings.errors == [] && file.calendar(after: Self.base)?.version == "T-2")
    }

    @Test func `the shipped calendar is sound, and every mistake of one is told at its own line`() throws {
        let path = RuleFixture.folder + "/calendar.yaml"
        var findings = RuleFindings()
        _ = CalendarFile(path: path, after: nil, findings: &findings)
        #expect(findings.errors == [])
        let text = Self.calendar(off: "2026-10-01, 2026-10-03", makeup: "2026-10-08").replacing(
            "[2026-10-01, 2026-10-03]", with: "[2026-10-01,\n    2026-10-03]")
        _ = CalendarFile(name: "c.yaml", text: text, after: nil, findings: &findings)
        #expect(findings.errors.map(\.place.line) == [6, 7])
        #expect(findings.errors.map(\.place.key) == ["calendar.offWeekdays[1]", "calendar.makeupWorkdays[0]"])
    }

    static let questions: [(String, String, String, String, DueConditionsText)] = [
        ("a limit without unit", "20", "2026-03-02", "due.limitMalformed", .init()),
        ("a limit out of range", "251wd", "2026-03-02", "due.limitMalformed", .init()),
        ("an unknown clock", "no.such", "2026-03-02", "due.unknownRule", .init()),
        ("a start that does not exist", "3wd", "2026-02-30", "due.startMalformed", .init()),
        ("a start before the calendar", "3wd", "2003-12-31", "due.calendar", .init()),
        ("an end past the calendar", "250wd", "2038-06-01", "due.calendar", .init()),
        ("hours from a day", "24h", "2026-03-02", "due.hoursNeedInstant", .init()),
        ("a pause that ends first", "3wd", "2026-03-02", "due.pauseMalformed", .init(pause: "2026-03-05/2026-03-03")),
        ("a pause without a start", "3wd", "2026-03-02", "due.pauseMalformed", .init(pause: "/2026-03-03")),
        ("an extension of nothing", "3wd", "2026-03-02", "due.extensionMalformed", .init(extend: "+0")),
        ("an extension without sign", "3wd", "2026-03-02", "due.extensionMalformed", .init(extend: "10")),
        ("an unknown word", "3wd", "2026-03-02", "due.unknownWord", .init(received: "soon")),
        ("a moment that does not exist", "3wd", "2026-03-02", "due.momentMalformed", .init(now: "2026-13-01")),
    ]

    struct DueConditionsText: Sendable {
        var received: String?
        var pause: String?
        var extend: String?
        var now: String?

        func read() throws(DueQuestion.Refusal) -> DueConditions {
            try DueConditions(
                received: received, roll: nil, cutoff: nil, pauses: pause.map { [$0] } ?? [],
                extensions: extend.map { [$0] } ?? [], now: now, doneAt: nil)
        }
    }

    @Test(arguments: questions) func `a malformed question about a date has its own message`(
        name: String, rule: String, start: String, code: String, conditions: DueConditionsText
    ) throws {
        do throws(DueQuestion.Refusal) {
            let book: RuleBook
            do { book = try RuleFixture.shippedBook() } catch {
                Issue.record("\(error)")
                return
            }
            _ = try DueQuestion(rule: rule, start: start, conditions: conditions.read()).answer(from: book)
            Issue.record("\(name) is answered")
        } catch {
            #expect(error.code == code, "\(error)")
            #expect(!error.sentence.chinese.isEmpty && !error.sentence.english.isEmpty)
        }
    }
}
