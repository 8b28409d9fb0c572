import EventSourcing
import Foundation
import HubServer
import RuleBook
import Testing
import WorkingCalendar

@Suite struct RuleDueQuestionTests {
    private func answer(_ rule: String, _ start: String) throws -> DueAnswer {
        try DueQuestion(rule: rule, start: start).answer(from: RuleFixture.shippedBook())
    }

    private func refusal(_ rule: String, _ start: String) -> DueQuestion.Refusal? {
        do {
            _ = try answer(rule, start)
            return nil
        } catch {
            return error as? DueQuestion.Refusal
        }
    }

    @Test func `a rule answers with its due date and the days it counted`() throws {
        let answer = try answer("case.exit", "2023-08-15")
        #expect(answer.dueDay == CivilDay("2023-09-12") && !answer.isProvisional && answer.counted.count == 20)
        #expect(answer.ruleVersion == 1)
        #expect(answer.lines.contains("最迟 due: 2023-09-12 星期二"))
    }

    @Test(arguments: [
        ("7cd", "2023-09-01", "2023-09-08"), ("3wd", "2023-08-14", "2023-08-17"), ("0wd", "2026-03-07", "2026-03-09"),
    ])
    func `a bare limit answers too`(limit: String, start: String, due: String) throws {
        #expect(try answer(limit, start).dueDay?.description == due)
    }

    @Test func `hours run from an instant`() throws {
        #expect(try answer("24h", "2025-09-30T18:30:00+08:00").dueAt == Instant("2025-10-01T18:30:00+08:00"))
        #expect(refusal("24h", "2025-09-30") == .hoursNeedInstant)
    }

    @Test func `a date past the published calendar says so`() throws {
        let answer = try answer("case.exit", "2027-01-25")
        #expect(answer.isProvisional && answer.lines.contains { $0.contains("2027-02-26") && $0.contains("暂定") })
    }

    @Test func `the answer for a script holds the same`() throws {
        let json = try JSONDecoder().decode(JSONValue.self, from: EventJSON.encode(answer("triage", "2026-03-06")))
        #expect(json["dueDay"] == .string("2026-03-11") && json["rule"] == .string("triage"))
        #expect(json["counted"] == .array(["2026-03-09", "2026-03-10", "2026-03-11"].map(JSONValue.string)))
    }

    @Test func `what cannot be answered is refused with its field`() {
        #expect(refusal("no.such", "2023-08-15") == .unknownRule("no.such"))
        #expect(refusal("case.exit", "2022-12-31") == .unknownRule("case.exit"))
        #expect(refusal("20days", "2023-08-15") == .limitMalformed("20days"))
        #expect(refusal("251wd", "2023-08-15") == .limitMalformed("251wd"))
        #expect(refusal("99999999999999999999wd", "2023-08-15") != nil)
        #expect(refusal("case.exit", "2023-02-29") == .startMalformed("2023-02-29"))
        #expect(refusal("3wd", "2003-12-31")?.code == "due.calendar")
        #expect(refusal("case.exit", "soon")?.field == "start")
        #expect(throws: DueQuestion.Refusal.noCalendar) {
            try DueQuestion(rule: "3wd", start: "2023-08-15").answer(from: RuleBook())
        }
    }
}
