import CaseDesk
import CaseViews
import Deadlines
import EventSourcing
import Foundation
import HubServer
import RuleBook
import Testing

/// The inbox over HTTP and as a page: each sees their own.
@Suite struct NoticeInboxTests {
    private static func views() throws -> FixedViews {
        let deadline = try #require(DeadlineID("case.exit/case:\(FixedViews.caseID)/1"))
        func row(_ recipient: String, _ position: UInt64, level: LadderLevel?) throws -> NoticeRow {
            let text = """
                {"recipient":"\(recipient)","position":\(position),"kind":"\(level == nil ? "reminder" : "ladder")",
                "deadline":"\(deadline)","name":{"zh":"出口<b>","en":"exit"},"caseID":"\(FixedViews.caseID)",
                "caseNumber":"\(FixedViews.number)",\(level.map { "\"level\":\($0.rawValue)," } ?? "\"serial\":1,")
                "isUrgent":false,"occurredAt":"2023-09-05T01:00:00.000Z","recordedAt":"2023-09-05T01:00:01.000Z",
                "isRead":false}
                """
            return try EventJSON.decode(NoticeRow.self, from: Data(text.utf8))
        }
        return FixedViews(notices: [
            try row("role:dispatcher", 90, level: .overdue3), try row("role:dispatcher", 80, level: nil),
            try row("role:supervisor", 70, level: .overdue3), try row("dept:jiaoyu", 60, level: .dueDay),
        ])
    }

    @Test func `a calendar's notice names the promised dates that moved, and says 暂定 where they may move again`()
        async throws
    {
        let id = "case.exit/case:\(FixedViews.caseID)/1"
        let text = """
            {"recipient":"role:dispatcher","position":95,"kind":"calendar","name":{"zh":"日历","en":"calendar"},
            "dates":{"calendar":"CN-2027","count":1,"moves":[{"deadline":"\(id)","label":{"zh":"出口","en":"exit"},
            "caseNumber":"\(FixedViews.number)","duty":"centre","isPromise":true,"before":"2027-02-26",
            "after":"2027-03-01","isProvisional":true}]},
            "isUrgent":false,"occurredAt":"2026-11-05T01:00:00.000Z","recordedAt":"2026-11-05T01:00:01.000Z",
            "isRead":false}
            """
        let row = try EventJSON.decode(NoticeRow.self, from: Data(text.utf8))
        try await APIFixture.serve(views: FixedViews(notices: [row])) { hub async throws in
            let cookie = try await hub.cookie(for: .dispatcher)
            let page = try await hub.get("/notices", headers: ["Cookie": cookie])
            #expect(page.status == 200 && page.text.contains("日历变动"), "\(page.text)")
            #expect(page.text.contains("2027-02-26 → 2027-03-01 暂定"))
            #expect(page.text.contains("/cases/\(FixedViews.number)"))
        }
    }

    @Test func `each role reads its own notices, and those without an inbox none`() async throws {
        try await APIFixture.serve(views: try Self.views()) { hub async throws in
            for (role, positions) in [(Role.dispatcher, [90, 80]), (.supervisor, [70])] {
                let answer = try await hub.get("/v1/notices", as: role)
                #expect(answer.status == 200, "\(answer.text)")
                guard case .array(let rows) = answer.json["rows"] else {
                    Issue.record("no rows")
                    return
                }
                #expect(rows.map { $0["position"] } == positions.map { .integer(Int64($0)) })
            }
            for role in [Role.auditor, .operator, .voluntary, .village] {
                #expect(try await hub.get("/v1/notices", as: role).status == 403, "\(role)")
            }
            #expect(try await hub.get("/v1/notices?unread=perhaps", as: .dispatcher).status == 400)
            #expect(try await hub.get("/v1/notices?recipient=role:supervisor", as: .dispatcher).status == 400)
        }
    }

    @Test func `the page shows what is told, escaped, with a button to mark it, and a form of another site is refused`()
        async throws
    {
        try await APIFixture.serve(views: try Self.views()) { hub async throws in
            let cookie = try await hub.cookie(for: .dispatcher)
            let page = try await hub.get("/notices", headers: ["Cookie": cookie])
            #expect(page.status == 200 && page.text.contains("超期督办") && page.text.contains("催办"))
            #expect(!page.text.contains("<b>") && page.text.contains("/cases/DY23-00001/reminders/1"))
            let form = "id=01890a5d-ac96-774b-bcce-b302099a8057&recipient=role%3Adispatcher&through=90"
            let headers = ["Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie]
            let foreign = try await hub.send(
                "POST", "/notices/read", headers: headers.merging(["Sec-Fetch-Site": "cross-site"]) { $1 },
                body: Data(form.utf8))
            #expect(foreign.status == 403)
            let marked = try await hub.send("POST", "/notices/read", headers: headers, body: Data(form.utf8))
            #expect(marked.status == 303, "\(marked.text)")
            let others = form.replacing("dispatcher", with: "supervisor").replacing("8057", with: "8058")
            let refused = try await hub.send("POST", "/notices/read", headers: headers, body: Data(others.utf8))
            #expect(refused.status == 422 && refused.text.contains("只能标记本人岗位或部门的通知"))
            let nobody = try await hub.send("POST", "/notices/read", body: Data(form.utf8))
            #expect(nobody.status == 403)
        }
    }
}
