import EventSourcing
import Foundation
import HubServer
import RuleBook
import Testing
import WorkingCalendar

/// `/v1/calendars`: which there are, their days, what one moved, what another would move.
@Suite struct APICalendarTests {
    private static let version = "CN-2026.1"

    private static func question(_ document: CalendarDocument) throws -> Data {
        try EventJSON.encode(["calendar": document])
    }

    @Test func `the calendars are told with the one in force, a year and a day explained`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            let all = try await hub.get("/v1/calendars", as: .dispatcher)
            #expect(all.json["inForce"]?.text == Self.version)
            #expect(all.json["warning"] == .string("none"), "in 2023 all is announced")
            let year = try await hub.get("/v1/calendars/\(Self.version)?year=2026", as: .dispatcher)
            #expect(year.json["year"]?["workingDays"] == .integer(248))
            let day = try await hub.get("/v1/calendars/\(Self.version)?day=2027-02-09", as: .dispatcher)
            #expect(day.json["day"]?["reason"]?.text == "holiday")
            #expect(day.json["day"]?["isProvisional"] == .bool(true))
            #expect(try await hub.get("/v1/calendars/no-such", as: .dispatcher).status == 404)
            let outside = try await hub.get("/v1/calendars/\(Self.version)?year=1999", as: .dispatcher)
            #expect(outside.status == 422 && outside.code == "calendar.outside")
        }
    }

    @Test func `a preview tells every date that would move, and moves none`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            let shipped = try #require(try RuleFixture.shippedBook().calendarDocument)
            let more = shipped.overlaid(
                by: CalendarOverlay(version: "CN-2026.2", off: [try #require(CivilDay("2023-09-07"))]))
            let before = try await hub.get("/v1/board", as: .dispatcher).json["rows"]
            let headers = [
                "Idempotency-Key": "0189f7c0-2e6d-7f89-855e-9a0eee617fdc", "Content-Type": "application/json",
            ]
            let answer = try await hub.send(
                "POST", "/v1/calendar-previews", as: .operator, headers: headers, body: Self.question(more))
            #expect(answer.status == 200, "\(answer.text)")
            guard case .array(let moves) = answer.json["first"] else {
                Issue.record("no moves: \(answer.text)")
                return
            }
            #expect(answer.json["impact"]?["moved"] == .integer(Int64(moves.count)) && !moves.isEmpty)
            #expect(moves.allSatisfy { $0["told"] != nil && $0["move"]?["before"] != $0["move"]?["after"] })
            #expect(answer.json["digest"]?.text?.hasPrefix("sha256:") == true)
            #expect(try await hub.get("/v1/board", as: .dispatcher).json["rows"] == before)
            let again = try await hub.send(
                "POST", "/v1/calendar-previews", as: .operator, headers: headers, body: Self.question(more))
            #expect(again.json["digest"] == answer.json["digest"], "the same report has the same digest")

            let broken = CalendarDocument(
                version: "x", first: shipped.first, firmUntil: shipped.first.previous, offWeekdays: [],
                makeupWorkdays: [])
            let refused = try await hub.send(
                "POST", "/v1/calendar-previews", as: .operator, headers: headers, body: Self.question(broken))
            #expect(refused.status == 422 && refused.code == "calendar.notBuilt")
        }
    }

    @Test func `what the calendar in force moved is a list, empty where all ran under it from the start`() async throws
    {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            let moves = try await hub.get("/v1/calendars/\(Self.version)/moves?promise=true", as: .dispatcher)
            #expect(moves.status == 200)
            #expect(moves.json["rows"] == .array([]))
        }
    }
}
