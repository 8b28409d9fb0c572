import HubTesting
import Testing
import WorkingCalendar

@Suite struct WorkingCalendarTests {
    /// National Day 2025 and Spring Festival 2026, from the notices of those years.
    private static let document = CalendarDocument(
        version: "TEST-1", first: day("2025-09-01"), firmUntil: day("2026-03-31"),
        offWeekdays: [
            "2025-10-01", "2025-10-02", "2025-10-03", "2025-10-06", "2025-10-07", "2025-10-08", "2026-01-01",
            "2026-01-02", "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20", "2026-02-23",
        ].map(day),
        makeupWorkdays: ["2025-09-28", "2025-10-11", "2026-01-04", "2026-02-14", "2026-02-28"].map(day))

    private func calendar() throws -> WorkingCalendar { try WorkingCalendar(Self.document) }

    @Test func `a make-up Sunday is worked and a holiday Wednesday is off`() throws {
        let calendar = try calendar()
        #expect(calendar.isWorkingDay(day("2025-09-28")))
        #expect(!calendar.isWorkingDay(day("2025-10-01")))
        #expect(calendar.isWorkingDay(day("2025-10-09")))
        #expect(!calendar.isWorkingDay(day("2025-10-12")))
    }

    @Test func `no days from a day off on are due on the first working day`() throws {
        #expect(try calendar().due(after: day("2025-10-01"), workingDays: 0).day == day("2025-10-09"))
        #expect(try calendar().due(after: day("2025-09-28"), workingDays: 0).day == day("2025-09-28"))
    }

    @Test func `a start before the first known day is refused`() throws {
        #expect(throws: CalendarError.startsTooEarly(firstKnown: day("2025-09-01"))) {
            try calendar().due(after: day("2025-08-31"), workingDays: 3)
        }
        #expect(throws: CalendarError.startsTooEarly(firstKnown: day("2025-09-01"))) {
            try calendar().due(after: day("2025-08-31"), workingDays: 0)
        }
    }

    @Test func `an end past the last known day is refused`() throws {
        #expect(throws: CalendarError.endsTooLate(lastKnown: day("2036-12-31"))) {
            try calendar().due(after: day("2036-12-31"), workingDays: 1)
        }
        #expect(throws: CalendarError.endsTooLate(lastKnown: day("2036-12-31"))) {
            try calendar().due(after: day("2026-01-01"), workingDays: .max)
        }
        #expect(throws: CalendarError.self) { try calendar().due(after: day("2026-01-01"), workingDays: -1) }
    }

    @Test func `a due date after the last firm day is provisional`() throws {
        #expect(
            try calendar().due(after: day("2026-03-30"), workingDays: 1)
                == DueDay(day: day("2026-03-31"), isProvisional: false))
        #expect(
            try calendar().due(after: day("2026-03-31"), workingDays: 1)
                == DueDay(day: day("2026-04-01"), isProvisional: true))
    }

    @Test func `the first working day after the published year moves when its notice comes`() throws {
        // RULINGS §1 on V7: three days from 2025-12-29, before and after the notice for 2026.
        let before = CalendarDocument(
            version: "CN-2025", first: day("2025-09-01"), firmUntil: day("2025-12-28"),
            offWeekdays: [day("2026-01-01")], makeupWorkdays: [])
        let after = before.overlaid(
            by: CalendarOverlay(
                version: "CN-2026", firmUntil: day("2026-12-28"), off: [day("2026-01-02")],
                working: [day("2026-01-04")]))
        #expect(
            try WorkingCalendar(before).due(after: day("2025-12-29"), workingDays: 3)
                == DueDay(day: day("2026-01-02"), isProvisional: true))
        #expect(
            try WorkingCalendar(after).due(after: day("2025-12-29"), workingDays: 3)
                == DueDay(day: day("2026-01-04"), isProvisional: false))
    }

    @Test func `an overlay takes back what it names`() {
        let overlaid = Self.document.overlaid(
            by: CalendarOverlay(version: "TEST-2", off: [day("2025-09-28")], working: [day("2025-10-08")]))
        #expect(!overlaid.makeupWorkdays.contains(day("2025-09-28")))
        #expect(!overlaid.offWeekdays.contains(day("2025-10-08")))
        #expect(overlaid.firmUntil == Self.document.firmUntil && overlaid.version == "TEST-2")
    }

    @Test func `counting and searching agree with walking day by day`() throws {
        let calendar = try calendar()
        var generator = SeededGenerator.printed()
        for _ in 0..<500 {
            let start = CivilDay(
                number: Int.random(in: day("2025-09-01").number...day("2026-12-31").number, using: &generator))
            let count = Int.random(in: 1...60, using: &generator)
            var walked = start
            for _ in 0..<count { repeat { walked = walked.next } while !isWorked(walked) }
            #expect(try calendar.workingDay(count, after: start) == walked)
            #expect(calendar.workingDays(after: start, through: walked) == count)
            #expect(calendar.workingDays(after: walked, through: start) == 0)
            #expect(calendar.listOfWorkingDays(after: start, through: walked).count == count)
        }
    }

    private func isWorked(_ day: CivilDay) -> Bool {
        Self.document.makeupWorkdays.contains(day) || (day.weekday < 6 && !Self.document.offWeekdays.contains(day))
    }

    @Test(arguments: [
        (
            CalendarDocument(
                version: "", first: day("2026-01-01"), firmUntil: day("2026-12-28"), offWeekdays: [], makeupWorkdays: []
            ), CalendarError.versionMissing
        ),
        (
            CalendarDocument(
                version: "X", first: day("2026-01-02"), firmUntil: day("2026-01-01"), offWeekdays: [],
                makeupWorkdays: []), .firmUntilBeforeFirst
        ),
        (
            CalendarDocument(
                version: "X", first: day("2026-01-01"), firmUntil: day("2026-12-28"), offWeekdays: [day("2026-01-03")],
                makeupWorkdays: []), .offDayOnWeekend(day("2026-01-03"))
        ),
        (
            CalendarDocument(
                version: "X", first: day("2026-01-01"), firmUntil: day("2026-12-28"), offWeekdays: [],
                makeupWorkdays: [day("2026-01-02")]), .makeupDayOnWeekday(day("2026-01-02"))
        ),
        (
            CalendarDocument(
                version: "X", first: day("2026-01-01"), firmUntil: day("2026-12-28"), offWeekdays: [day("2025-12-31")],
                makeupWorkdays: []), .dayBeforeFirst(day("2025-12-31"))
        ),
        (
            CalendarDocument(
                version: "X", first: day("2026-01-01"), firmUntil: day("2026-12-28"),
                offWeekdays: [day("2026-01-02"), day("2026-01-02")], makeupWorkdays: []),
            .dayListedTwice(day("2026-01-02"))
        ),
    ])
    func `a calendar that contradicts itself is refused`(document: CalendarDocument, error: CalendarError) {
        #expect(throws: error) { try WorkingCalendar(document) }
    }
}

/// A day of a test, which exists.
private func day(_ text: String) -> CivilDay {
    guard let day = CivilDay(text) else { preconditionFailure("no such day: \(text)") }
    return day
}
