import Foundation
import HubTesting
import Testing
import WorkingCalendar

@Suite struct CivilDayTests {
    @Test(arguments: [
        "2023-02-29", "2023-13-01", "2023-00-10", "2023-04-31", "2023-04-00", "1900-02-29", "2023-4-01", "2023/04/01",
        "2023-04-01 ", "", "二〇二三-04-01", "-023-04-01", "2023-04-0१",
    ])
    func `a date that does not exist is refused`(text: String) {
        #expect(CivilDay(text) == nil)
    }

    @Test(arguments: ["0000-01-01", "1970-01-01", "2000-02-29", "2024-02-29", "2026-12-31", "9999-12-31"])
    func `a date is written as it was read`(text: String) throws {
        #expect(try #require(CivilDay(text)).description == text)
    }

    @Test func `every day from 1899 to 2101 follows the one before it`() throws {
        var day = try #require(CivilDay("1899-12-31"))
        let last = try #require(CivilDay("2101-01-01"))
        var lengths: [Int: Int] = [:]
        while day < last {
            lengths[day.year, default: 0] += 1
            #expect(CivilDay(year: day.year, month: day.month, day: day.day) == day)
            #expect(day.weekday % 7 + 1 == day.next.weekday)
            day = day.next
        }
        #expect(lengths[1900] == 365 && lengths[2000] == 366 && lengths[2023] == 365 && lengths[2024] == 366)
    }

    @Test func `the day changes at sixteen hours UTC`() throws {
        let midnight = try #require(CivilDay("2026-03-12")).startMilliseconds
        #expect(midnight == 1_773_244_800_000)
        #expect(CivilDay(containing: midnight).description == "2026-03-12")
        #expect(CivilDay(containing: midnight - 1).description == "2026-03-11")
        #expect(CivilDay(containing: -1).description == "1970-01-01")
        #expect(CivilDay(containing: -28_800_001).description == "1969-12-31")
    }

    @Test func `times past either end of the calendar stay at its end`() {
        #expect(CivilDay(containing: .max) == .latest)
        #expect(CivilDay(containing: .min) == .earliest)
        #expect(CivilDay.latest.next == .latest)
        #expect(CivilDay.earliest.previous == .earliest)
        #expect(CivilDay.latest.advanced(by: .max) == .latest)
        #expect(CivilDay.earliest.advanced(by: .min) == .earliest)
    }

    @Test func `a day agrees with the Gregorian calendar of Foundation`() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 28_800))
        var generator = SeededGenerator.printed()
        for _ in 0..<2000 {
            let milliseconds = Int64.random(in: 946_684_800_000...4_102_444_800_000, using: &generator)
            let date = Date(timeIntervalSince1970: Double(milliseconds / 1000))
            let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: date)
            let day = CivilDay(containing: milliseconds)
            #expect(day.year == parts.year && day.month == parts.month && day.day == parts.day)
            #expect(day.weekday % 7 + 1 == parts.weekday)
        }
    }

    @Test func `a date of the wrong form is refused with the form it should have`() throws {
        let error = #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([CivilDay].self, from: Data(#"["2023-02-29"]"#.utf8))
        }
        guard case .dataCorrupted(let context) = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
        #expect(context.debugDescription.hasPrefix("must be a date that exists"))
    }
}
