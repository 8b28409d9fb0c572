import Deadlines
import EventSourcing
import Foundation
import Testing
import WorkingCalendar

/// Limits in months, office hours and set dates, floors, rungs of the ladder, and the account of days.
@Suite struct DeadlineUnitTests {
    private let calendar: WorkingCalendar

    init() throws {
        calendar = try WorkingCalendar(ChinaFile.load().document)
    }

    private func due(
        _ limit: DeadlineLimit, _ start: String, received: DeadlineTerms.Received = .actual,
        roll: DeadlineTerms.Roll = .nextWorkingDay, pauses: [(String, String?)] = []
    ) throws -> Due {
        try DeadlineEvaluation.evaluate(
            terms: DeadlineTerms(limit: limit, received: received, roll: roll), start: try at(start),
            pauses: try pauses.map { DeadlinePause(from: try at($0.0), to: try $0.1.map(at)) }, calendar: calendar)
    }

    private func at(_ text: String) throws -> Instant { try #require(Instant("\(text)+08:00")) }

    @Test(arguments: [
        (0, "2026-03-06T10:00:00", "2026-03-06T10:00:00"), (0, "2026-03-06T12:30:00", "2026-03-06T13:30:00"),
        (0, "2026-03-06T18:00:00", "2026-03-09T09:00:00"), (1, "2026-03-06T11:30:00", "2026-03-06T14:00:00"),
        (1, "2026-03-06T16:30:00", "2026-03-06T17:30:00"), (7, "2026-03-06T09:00:00", "2026-03-06T17:30:00"),
        (8, "2026-03-06T09:00:00", "2026-03-09T10:00:00"), (14, "2026-03-07T09:00:00", "2026-03-10T17:30:00"),
        (4, "2026-02-14T16:30:00", "2026-02-24T12:00:00"), (70, "2026-03-02T08:00:00", "2026-03-13T17:30:00"),
    ])
    func `office hours run only while offices are open`(hours: Int, start: String, end: String) throws {
        let answer = try due(.workingHours(hours), start)
        #expect(answer.dueAt == (try at(end)))
        #expect(answer.dueDay == CivilDay(String(end.prefix(10))))
        #expect(!answer.isProvisional)
    }

    @Test func `office hours past the published calendar are provisional`() throws {
        #expect(try due(.workingHours(8), "2026-12-28T09:00:00").isProvisional)
    }

    @Test(arguments: [
        (1, "2024-01-31", "2024-02-29"), (12, "2024-02-29", "2025-02-28"), (6, "2025-03-15", "2025-09-15"),
        (0, "2025-03-15", "2025-03-15"), (13, "2024-11-30", "2025-12-30"),
    ])
    func `months end on the same day, or the last there is`(months: Int, start: String, end: String) throws {
        #expect(try due(.months(months), "\(start)T10:00:00", roll: .none).dueDay == CivilDay(end))
    }

    @Test func `a set date stands whatever the start, and moves off a day off only where the rule says so`() throws {
        let saturday = try #require(CivilDay("2026-03-14"))
        #expect(try due(.fixedDate(saturday), "2026-03-02T10:00:00").dueDay == CivilDay("2026-03-16"))
        #expect(try due(.fixedDate(saturday), "2026-02-02T10:00:00", roll: .none).dueDay == saturday)
    }

    @Test(arguments: [DeadlineLimit.hours(24), .workingHours(10), .months(1)])
    func `a pause does not lengthen what is not counted in days`(limit: DeadlineLimit) throws {
        let plain = try due(limit, "2026-03-02T10:00:00")
        let paused = try due(limit, "2026-03-02T10:00:00", pauses: [("2026-03-02T11:00:00", nil)])
        #expect(paused.dueAt == plain.dueAt)
        #expect(!limit.isPausable)
    }

    @Test func `an extension counts in the unit of its limit`() throws {
        let extended = try DeadlineEvaluation.evaluate(
            terms: DeadlineTerms(limit: .months(6), roll: .none), start: try at("2025-03-15T10:00:00"),
            extensions: [.add(3)], calendar: calendar)
        #expect(extended.dueDay == CivilDay("2025-12-15"))
    }

    @Test func `a floor waits until its last day is over and is free from then on`() throws {
        let floor = try due(.calendarDays(7), "2025-09-25T09:00:00")
        #expect(floor.floorState(at: try at("2025-10-09T23:59:59")) == .waiting)
        #expect(floor.floorState(at: try at("2025-10-10T00:00:00")) == .free)
        let heldUp = try due(.calendarDays(7), "2025-09-25T09:00:00", pauses: [("2025-09-26T09:00:00", nil)])
        #expect(heldUp.floorState(at: try at("2026-10-10T00:00:00")) == .waiting)
    }

    @Test func `the ladder is climbed at opening times of working days`() throws {
        let visit = try due(.workingDays(3), "2026-02-13T10:00:00")
        #expect(visit.dueDay == CivilDay("2026-02-25"))
        #expect(try visit.reaches(.warning) == at("2026-02-24T09:00:00"))
        #expect(try visit.reaches(.dueDay) == at("2026-02-25T09:00:00"))
        #expect(try visit.reaches(.overdue1) == at("2026-02-26T09:00:00"))
        // Saturday 28 February 2026 is worked.
        #expect(try visit.reaches(.overdue3) == at("2026-02-28T09:00:00"))
        #expect(try visit.reaches(.overdue5) == at("2026-03-03T09:00:00"))
        #expect(visit.overdueBy(at: try at("2026-02-28T09:00:00")) == 3)
    }

    @Test func `a last day nobody works on is announced on the working day before`() throws {
        let aid = try due(.calendarDays(3), "2026-09-30T10:00:00", roll: .none)
        #expect(aid.dueDay == CivilDay("2026-10-03"))
        #expect(try aid.reaches(.dueDay) == at("2026-09-30T10:00:00"))
        #expect(try aid.reaches(.overdue1) == at("2026-10-08T09:00:00"))
    }

    @Test func `an emergency is warned of at half and three quarters of its time, at any hour`() throws {
        let relief = try due(.hours(24), "2026-09-30T22:00:00")
        #expect(relief.reachesUrgently(.warning) == (try at("2026-10-01T10:00:00")))
        #expect(relief.reachesUrgently(.dueDay) == (try at("2026-10-01T16:00:00")))
        #expect(relief.reachesUrgently(.overdue1) == (try at("2026-10-01T22:00:00")))
        #expect(relief.reachesUrgently(.overdue5) == nil)
    }

    @Test func `no rung is reached while an open pause holds the deadline up`() throws {
        let held = try due(.workingDays(3), "2026-03-02T10:00:00", pauses: [("2026-03-03T09:00:00", nil)])
        for level in LadderLevel.allCases { #expect(try held.reaches(level) == nil) }
    }

    @Test func `every day of a limit is accounted for with its reason`() throws {
        let exit = try due(
            .workingDays(6), "2026-02-12T10:00:00", pauses: [("2026-02-24T09:00:00", "2026-02-25T09:00:00")])
        let account = exit.accountedDays
        #expect(account.first == AccountedDay(day: exit.day0, number: nil, reason: .dayZero))
        #expect(account.last?.day == exit.dueDay)
        #expect(account.filter(\.reason.counts).map(\.day) == exit.countedDays)
        #expect(account.compactMap(\.number) == Array(1...6))
        func reason(_ day: String) -> AccountedDay.Reason? { account.first { $0.day == CivilDay(day) }?.reason }
        #expect(reason("2026-02-13") == .workingDay)
        #expect(reason("2026-02-14") == .makeupWorkday)
        #expect(reason("2026-02-15") == .weekend)
        #expect(reason("2026-02-16") == .holiday)
        #expect(reason("2026-02-25") == .paused)
    }

    @Test func `days a limit is rolled over, or received after, are accounted for too`() throws {
        let publicity = try due(.calendarDays(7), "2025-09-25T09:00:00").accountedDays
        #expect(publicity.filter(\.reason.counts).count == 7)
        #expect(
            publicity.last == AccountedDay(day: try #require(CivilDay("2025-10-09")), number: nil, reason: .rolledOver))
        let late = try due(.workingDays(3), "2026-03-06T18:00:00", received: .nextWorkingDay).accountedDays
        #expect(late.prefix(4).map(\.reason) == [.notYetReceived, .notYetReceived, .notYetReceived, .dayZero])
    }

    @Test(arguments: [
        #"{"workingHours":4}"#, #"{"months":6}"#, #"{"fixedDate":"2026-12-01"}"#, #"{"workingDays":3}"#,
    ])
    func `a limit is written as it was read`(text: String) throws {
        let limit = try JSONDecoder().decode(DeadlineLimit.self, from: Data(text.utf8))
        #expect(String(decoding: try JSONEncoder().encode(limit), as: UTF8.self) == text)
    }

    @Test(arguments: [
        #"{"workingHours":2001}"#, #"{"months":-1}"#, #"{"fixedDate":"2026-02-30"}"#, #"{"months":1,"hours":2}"#, "{}",
    ])
    func `a limit that cannot be is refused`(text: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(DeadlineLimit.self, from: Data(text.utf8)) }
    }

    @Test(arguments: [
        #"[["09:00","12:00"],["13:30","17:30"]]"#, #"[["00:00","24:00"]]"#,
    ])
    func `office hours are written as they were read`(text: String) throws {
        let hours = try JSONDecoder().decode(OfficeHours.self, from: Data(text.utf8))
        #expect(String(decoding: try JSONEncoder().encode(hours), as: UTF8.self) == text)
    }

    @Test(arguments: [
        "[]", #"[["09:00"]]"#, #"[["9:00","12:00"]]"#, #"[["09:00","24:01"]]"#, #"[["09:60","12:00"]]"#,
    ])
    func `office hours that are no pairs of times are refused`(text: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(OfficeHours.self, from: Data(text.utf8)) }
    }

    @Test(arguments: [
        #"[["12:00","09:00"]]"#, #"[["00:00","00:00"]]"#, #"[["09:00","12:00"],["11:00","13:00"]]"#,
        #"[["13:30","17:30"],["09:00","12:00"]]"#,
    ])
    func `a calendar with office hours out of order or overlapping is refused`(text: String) throws {
        let hours = try JSONDecoder().decode(OfficeHours.self, from: Data(text.utf8))
        let document = try ChinaFile.load().document
        let wrong = CalendarDocument(
            version: "CN-X", first: document.first, firmUntil: document.firmUntil, offWeekdays: [], makeupWorkdays: [],
            officeHours: hours)
        #expect(throws: CalendarError.officeHoursMalformed) { try WorkingCalendar(wrong) }
    }
}
