import HubTesting
import Testing
import WorkingCalendar

/// A year's notice becomes the next calendar, and every mistake in it has its own message.
@Suite struct CalendarAnnouncementTests {
    private static func days(_ texts: String...) -> [CivilDay] { texts.map(day) }

    /// 2025 as announced, 2026 still provisional.
    private static let base = CalendarDocument(
        version: "CN-2025.1", first: day("2025-01-01"), firmUntil: day("2025-12-28"),
        offWeekdays: days("2025-01-01", "2025-10-01", "2025-10-02", "2026-01-01", "2026-02-16", "2026-02-17"),
        makeupWorkdays: days("2025-10-11"))

    /// The notice of 4 November 2025, as it was published.
    private static let notice = CalendarAnnouncement(
        year: 2026, version: "CN-2026.1", announcedOn: day("2025-11-04"), source: "国办发明电〔2025〕7号",
        holidays: [
            .init(name: "元旦", first: day("2026-01-01"), last: day("2026-01-03"), work: days("2026-01-04")),
            .init(
                name: "春节", first: day("2026-02-15"), last: day("2026-02-23"), work: days("2026-02-14", "2026-02-28")),
            .init(name: "清明节", first: day("2026-04-04"), last: day("2026-04-06")),
            .init(name: "劳动节", first: day("2026-05-01"), last: day("2026-05-05"), work: days("2026-05-09")),
            .init(name: "端午节", first: day("2026-06-19"), last: day("2026-06-21")),
            .init(name: "中秋节", first: day("2026-09-25"), last: day("2026-09-27")),
            .init(
                name: "国庆节", first: day("2026-10-01"), last: day("2026-10-07"),
                work: days("2026-09-20", "2026-10-10")),
        ])

    private static func changed(
        year: Int = 2026, version: String = "CN-2026.1", source: String = "国办发明电〔2025〕7号",
        holidays: [CalendarAnnouncement.Holiday]? = nil, correction: String? = nil
    ) -> CalendarAnnouncement {
        CalendarAnnouncement(
            year: year, version: version, announcedOn: day("2025-11-04"), source: source,
            holidays: holidays ?? notice.holidays, correction: correction)
    }

    private static func holiday(_ first: String, _ last: String, work: [CivilDay]? = nil) -> [CalendarAnnouncement
        .Holiday]
    {
        [.init(name: "元旦", first: day(first), last: day(last), work: work)]
    }

    @Test func `the notice for 2026 gives the days off and the make-up days of 2026, and nothing else changes`() throws
    {
        #expect(Self.notice.mistakes(after: Self.base) == [])
        let next = Self.notice.applied(to: Self.base)
        #expect(next.mistakes == [])
        #expect(next.firmUntil == day("2026-12-28") && next.version == "CN-2026.1")
        #expect(next.notice?.source == "国办发明电〔2025〕7号")
        #expect(
            next.offWeekdays.filter { $0.year == 2026 }.map(\.description) == [
                "2026-01-01", "2026-01-02", "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20",
                "2026-02-23", "2026-04-06", "2026-05-01", "2026-05-04", "2026-05-05", "2026-06-19", "2026-09-25",
                "2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07",
            ])
        #expect(
            next.makeupWorkdays.filter { $0.year == 2026 }
                == Self.days(
                    "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"))
        #expect(next.offWeekdays.filter { $0.year == 2025 } == Self.base.offWeekdays.filter { $0.year == 2025 })
        #expect(next.firstContradiction(of: Self.base) == nil)
        #expect(next.changes(from: Self.base).contains(day("2026-02-14")))
    }

    static let mistakes: [(String, CalendarAnnouncement, String, CalendarMistake.Kind)] = [
        row("no version", changed(version: ""), "version", .versionMissing),
        row("no source", changed(source: " "), "source", .sourceMissing),
        row("an announced year again", changed(year: 2025), "year", .announcedAlready(2025)),
        row("a year skipped", changed(year: 2027), "year", .yearSkipped(2027, next: 2026)),
        row("no holidays", changed(holidays: []), "holidays", .noHolidays(2026)),
        row(
            "reversed", changed(holidays: holiday("2026-01-03", "2026-01-01")), "holidays[0].last",
            .holidayReversed("元旦")
        ),
        row(
            "a day of another year", changed(holidays: holiday("2025-10-01", "2025-10-03")), "holidays[0].first",
            .dayOutsideYear(day("2025-10-01"), 2026)
        ),
        row(
            "make-up on a weekday", changed(holidays: holiday("2026-01-01", "2026-01-03", work: days("2026-01-05"))),
            "holidays[0].work[0]", .makeupOnWeekday(day("2026-01-05"))
        ),
        row(
            "off and make-up", changed(holidays: holiday("2026-01-01", "2026-01-03", work: days("2026-01-03"))),
            "holidays[0].work[0]", .offAndMakeup(day("2026-01-03"))
        ),
        row(
            "make-up twice",
            changed(holidays: holiday("2026-01-01", "2026-01-03", work: days("2026-01-04", "2026-01-04"))),
            "holidays[0].work[1]", .listedTwice(day("2026-01-04"))
        ),
        row(
            "make-up in another year",
            changed(holidays: holiday("2026-01-01", "2026-01-03", work: days("2027-01-02"))), "holidays[0].work[0]",
            .dayOutsideYear(day("2027-01-02"), 2026)
        ),
        row(
            "two holidays at once",
            changed(
                holidays: holiday("2026-01-01", "2026-01-03") + holiday("2026-01-03", "2026-01-03")),
            "holidays[1].first", .holidaysOverlap(day("2026-01-03"))
        ),
    ]

    private static func row(
        _ name: String, _ notice: CalendarAnnouncement, _ key: String, _ kind: CalendarMistake.Kind
    ) -> (String, CalendarAnnouncement, String, CalendarMistake.Kind) { (name, notice, key, kind) }

    @Test(arguments: mistakes)
    func `every mistake of a notice has its key`(
        name: String, notice: CalendarAnnouncement, key: String, kind: CalendarMistake.Kind
    ) throws {
        let found = notice.mistakes(after: Self.base)
        let mistake = try #require(found.first { $0.kind == kind }, "\(name): \(found)")
        #expect(mistake.key == key)
        #expect(!kind.chinese.isEmpty && kind.english.hasSuffix(".") && kind.remedyInEnglish.hasSuffix("."))
    }

    @Test func `a correction with its reason may change an announced year, and says what it changes`() {
        let corrected = Self.changed(
            year: 2025, version: "CN-2025.2", holidays: Self.holiday("2025-01-01", "2025-01-02"),
            correction: "国务院办公厅更正")
        #expect(corrected.mistakes(after: Self.base) == [])
        let next = corrected.applied(to: Self.base)
        #expect(next.firstContradiction(of: Self.base) == day("2025-01-02"))
        #expect(next.notice?.isCorrection == true)
        #expect(next.offWeekdays.contains(day("2026-02-16")), "the provisional year after it stays")
        #expect(!CalendarNotice(source: "x", correction: " ").isCorrection)
    }

    @Test func `the last days of December may still change with the next notice`() {
        let swapped = CalendarAnnouncement(
            year: 2026, version: "CN-2026.1", announcedOn: day("2025-11-04"), source: "x",
            holidays: Self.holiday("2025-12-29", "2026-01-01", work: Self.days("2026-01-04")))
        #expect(swapped.mistakes(after: Self.base) == [])
        #expect(swapped.applied(to: Self.base).offWeekdays.contains(day("2025-12-29")))
    }

    static let documents: [(CalendarDocument, String, CalendarMistake.Kind)] = [
        wrong(document(off: "2025-10-04"), "offWeekdays[0]", .offOnWeekend(day("2025-10-04"))),
        wrong(document(makeup: "2025-10-09"), "makeupWorkdays[0]", .makeupOnWeekday(day("2025-10-09"))),
        wrong(
            document(off: "2025-10-09", makeup: "2025-10-09"), "makeupWorkdays[0]",
            .offAndMakeup(day("2025-10-09"))
        ),
        wrong(document(off: "2024-10-01"), "offWeekdays[0]", .dayBeforeFirst(day("2024-10-01"))),
        wrong(document(off: "2025-10-01", "2025-10-01"), "offWeekdays[1]", .listedTwice(day("2025-10-01"))),
        wrong(document(makeup: "2026-02-14"), "makeupWorkdays[0]", .makeupInProvisionalYear(day("2026-02-14"))),
        wrong(document(), "firmUntil", .announcedYearEmpty(2025)),
        wrong(document(firm: "2024-12-28"), "firmUntil", .firmUntilBeforeFirst),
        wrong(document(version: ""), "version", .versionMissing),
    ]

    private static func wrong(
        _ document: CalendarDocument, _ key: String, _ kind: CalendarMistake.Kind
    ) -> (CalendarDocument, String, CalendarMistake.Kind) { (document, key, kind) }

    private static func document(
        version: String = "T", firm: String = "2025-12-28", off: String..., makeup: String = ""
    ) -> CalendarDocument {
        CalendarDocument(
            version: version, first: day("2025-01-01"), firmUntil: day(firm), offWeekdays: off.map(day),
            makeupWorkdays: makeup.isEmpty ? [] : [day(makeup)])
    }

    @Test(arguments: documents)
    func `every mistake of a calendar has its key`(
        document: CalendarDocument, key: String, kind: CalendarMistake.Kind
    ) throws {
        let mistake = try #require(document.mistakes.first { $0.kind == kind }, "\(document.mistakes)")
        #expect(mistake.key == key)
    }

    @Test(arguments: [
        ("2026-10-24", NoticeWarning.none), ("2026-10-25", .expected), ("2026-11-22", .expected),
        ("2026-12-01", .urgent), ("2027-01-02", .urgent), ("2025-12-31", .none),
    ])
    func `a notice that has not come is missed from 25 October, urgently from 1 December`(
        on: String, warning: NoticeWarning
    ) throws {
        let calendar = try WorkingCalendar(Self.notice.applied(to: Self.base))
        #expect(calendar.noticeWarning(on: day(on)) == warning)
    }

    @Test func `a day is explained, and a year is a table whose months add up`() throws {
        let calendar = try WorkingCalendar(Self.notice.applied(to: Self.base))
        let makeup = try calendar.explained(day("2026-02-28"))
        #expect(makeup.isWorked && makeup.reason == .makeupWorkday && !makeup.isProvisional)
        #expect(try calendar.explained(day("2026-02-23")).reason == .holiday)
        #expect(try calendar.explained(day("2026-02-21")).nextWorkingDay == day("2026-02-24"))
        #expect(try calendar.explained(day("2027-03-01")).isProvisional)
        let year = try calendar.table(of: 2026)
        #expect(year.mark == .announced && year.workingDays == 248)
        #expect(year.provisionalFrom == day("2026-12-29"))
        #expect(try calendar.table(of: 2027).mark == .unlisted)
        #expect(throws: CalendarError.self) { try calendar.table(of: 2024) }
        #expect(throws: CalendarError.self) { try calendar.explained(day("2024-12-31")) }
    }
}

private func day(_ text: String) -> CivilDay { CivilDay(text) ?? .earliest }
