import Deadlines
import EventSourcing
import Foundation
import Testing
import WorkingCalendar

@Suite struct DeadlineEvaluationTests {
    private let calendar: WorkingCalendar

    init() throws {
        calendar = try WorkingCalendar(ChinaFile.load().document)
    }

    private func due(
        _ limit: DeadlineLimit, from start: String, pauses: [(String, String?)] = [],
        extensions: [DeadlineExtension] = []
    ) throws -> Due {
        try DeadlineEvaluation.evaluate(
            terms: DeadlineTerms(limit: limit), start: at(start),
            pauses: pauses.map { DeadlinePause(from: try at($0.0), to: try $0.1.map(at)) }, extensions: extensions,
            calendar: calendar)
    }

    private func at(_ text: String) throws -> Instant { try #require(Instant(text + "+08:00")) }

    @Test func `an open pause leaves no due date and says what is used`() throws {
        let answer = try due(.workingDays(10), from: "2026-03-02T09:00:00", pauses: [("2026-03-04T10:00:00", nil)])
        #expect(answer.dueDay == nil && answer.dueAt == nil && answer.daysUsed == 2)
        #expect(answer.countedDays.map(\.description) == ["2026-03-03", "2026-03-04"])
        #expect(try answer.workingDaysLeft(at: at("2026-04-01T10:00:00")) == 8)
        #expect(try answer.state(at: at("2026-04-01T10:00:00")) == .paused)
    }

    @Test func `an earlier pause that ended is not used up by an open one`() throws {
        let answer = try due(
            .workingDays(10), from: "2026-03-02T09:00:00",
            pauses: [("2026-03-04T10:00:00", "2026-03-06T10:00:00"), ("2026-03-10T10:00:00", nil)])
        #expect(answer.daysUsed == 4)
    }

    @Test func `a pause that begins after the last day changes nothing, and overdue stays overdue`() throws {
        let answer = try due(.workingDays(3), from: "2026-03-02T10:00:00", pauses: [("2026-03-06T00:00:00", nil)])
        #expect(answer.dueDay?.description == "2026-03-05")
        #expect(try answer.state(at: at("2026-03-09T10:00:00")) == .overdue)
    }

    @Test func `a pause in force is paused even when it gives no day back`() throws {
        let answer = try due(
            .workingDays(3), from: "2026-03-02T10:00:00", pauses: [("2026-03-03T09:00:00", "2026-03-03T16:00:00")])
        #expect(try answer.state(at: at("2026-03-03T12:00:00")) == .paused)
        #expect(try answer.state(at: at("2026-03-03T16:00:00")) != .paused)
    }

    @Test func `no days from a day off on wait for a pause over the first working day`() throws {
        let answer = try due(
            .workingDays(0), from: "2026-03-07T09:00:00", pauses: [("2026-03-07T10:00:00", "2026-03-10T10:00:00")])
        #expect(answer.dueDay?.description == "2026-03-11")
    }

    @Test func `no days from a working day on are due that day, whatever is paused later`() throws {
        let answer = try due(.workingDays(0), from: "2026-03-06T09:00:00", pauses: [("2026-03-06T10:00:00", nil)])
        #expect(answer.dueDay?.description == "2026-03-06")
        #expect(try answer.workingDaysLeft(at: at("2026-03-06T12:00:00")) == 1)
        #expect(answer.countedDays.map(\.description) == ["2026-03-06"])
    }

    @Test func `hours run through pauses and holidays`() throws {
        let answer = try due(.hours(24), from: "2025-09-30T18:30:00", pauses: [("2025-09-30T19:00:00", nil)])
        #expect(try answer.dueAt == at("2025-10-01T18:30:00"))
        #expect(try answer.state(at: at("2025-10-01T18:29:59")) == .onTime)
        #expect(try answer.state(at: at("2025-10-01T18:30:00")) == .overdue)
    }

    @Test func `a total never shortens a limit`() throws {
        let plain = try due(.workingDays(20), from: "2026-03-02T09:00:00")
        #expect(try due(.workingDays(20), from: "2026-03-02T09:00:00", extensions: [.total(10)]).dueDay == plain.dueDay)
    }

    @Test func `days a due date is rolled over are not counted days`() throws {
        let answer = try due(.calendarDays(7), from: "2025-09-25T09:00:00")
        #expect(answer.dueDay?.description == "2025-10-09")
        #expect(answer.countedDays.count == 7 && answer.countedDays.last?.description == "2025-10-02")
    }

    @Test func `a start before the calendar is refused for days and answered for hours`() throws {
        #expect(throws: CalendarError.startsTooEarly(firstKnown: calendar.firstKnown)) {
            try due(.calendarDays(3), from: "2003-12-31T09:00:00")
        }
        #expect(try due(.hours(1), from: "2003-12-31T09:00:00").dueAt == at("2003-12-31T10:00:00"))
    }

    @Test func `a limit grown past all measure is refused`() {
        #expect(throws: CalendarError.limitOutOfRange(allowed: 0...10_000)) {
            try due(.workingDays(3), from: "2026-03-02T09:00:00", extensions: [.add(.max)])
        }
        #expect(throws: CalendarError.limitOutOfRange(allowed: 0...10_000)) {
            try due(.workingDays(-1), from: "2026-03-02T09:00:00")
        }
    }

    @Test(arguments: [DeadlineLimit.workingDays(3), .calendarDays(7), .hours(24)])
    func `a limit survives the wire`(limit: DeadlineLimit) throws {
        let terms = DeadlineTerms(limit: limit, received: .nextWorkingDay, roll: .none, cutoff: .closeOfBusiness)
        #expect(try JSONDecoder().decode(DeadlineTerms.self, from: JSONEncoder().encode(terms)) == terms)
    }

    @Test(arguments: [
        #"{"workingDays":3,"hours":1}"#, "{}", #"{"workingDays":251}"#, #"{"workingDays":-1}"#, #"{"days":3}"#,
        #"{"hours":"3"}"#, "3",
    ])
    func `a limit without exactly one unit in its range is refused`(text: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(DeadlineLimit.self, from: Data(text.utf8)) }
    }

    @Test func `terms left out are the defaults`() throws {
        let terms = try JSONDecoder().decode(DeadlineTerms.self, from: Data(#"{"limit":{"workingDays":3}}"#.utf8))
        #expect(terms == DeadlineTerms(limit: .workingDays(3)))
    }

    @Test(arguments: [DeadlineExtension.add(10), .total(45)])
    func `an extension survives the wire`(granted: DeadlineExtension) throws {
        #expect(try JSONDecoder().decode(DeadlineExtension.self, from: JSONEncoder().encode(granted)) == granted)
    }
}
