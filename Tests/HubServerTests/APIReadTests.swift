import CaseDesk
import CaseViews
import EventSourcing
import Foundation
import HubAPI
import HubServer
import RuleBook
import Testing
import WorkingCalendar

@Suite struct APIReadTests {
    private func rows(_ answer: APIFixture.Answer) throws -> [JSONValue] {
        guard case .array(let rows) = answer.json["rows"] else {
            Issue.record("no rows: \(answer.text)")
            return []
        }
        return rows
    }

    @Test func `the board says light, days and owner of each open deadline, the nearest first`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            let answer = try await hub.get("/v1/board", as: .dispatcher)
            let rows = try rows(answer)
            let states = rows.map { $0["state"]?.text }
            #expect(states == ["overdue", "dueSoon", "dueSoon", "onTime", "onTime", "onTime", "paused"])
            // 2023-09-01 was a Friday; the 4th, 5th and 6th are worked.
            #expect(rows.first?["workingDaysOverdue"] == .integer(3))
            #expect(rows.first?["owner"] == .string("jiaoyu"))
            #expect(rows.first?["stateLabel"]?["zh"] == .string("逾期"))
            #expect(answer.json["now"]?.text == APIFixture.now.description)
        }
    }

    @Test func `a deadline is certified for whoever may open its case, and nobody else learns that it exists`()
        async throws
    {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            let board = try rows(try await hub.get("/v1/board", as: .dispatcher))
            let id = try #require(board.first { $0["caseID"] != nil }?["id"]?.text)
            let query = id.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            let answer = try await hub.get("/v1/deadlines/certificate?id=\(query)", as: .dispatcher)
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.json["certificate"]?["deadline"] == .string(id))
            #expect(answer.json["digest"]?.text?.hasPrefix("sha256:") == true)
            #expect(try await hub.get("/v1/deadlines/certificate?id=\(query)", as: .department).status == 403)
            #expect(try await hub.get("/v1/deadlines/certificate", as: .dispatcher).status == 400)
            #expect(try await hub.get("/v1/deadlines/certificate?id=soon", as: .dispatcher).status == 400)
        }
    }

    @Test func `a deadline that no calendar reaches is refused as deadline.notCountable`() async throws {
        let stored = try FixedViews.deadline(
            "case.exit", of: .caseFile(FixedViews.caseID), limit: #"{"workingDays":20}"#, due: nil)
        let old = String(decoding: try EventJSON.encode(stored), as: UTF8.self)
            .replacing("2023-08-25T01:00:00.000Z", with: "2003-01-02T01:00:00.000Z")
        let row = try EventJSON.decode(DeadlineRow.self, from: Data(old.utf8))
        var file = CaseRow(
            id: FixedViews.caseID, number: try #require(EntityNumber(FixedViews.number)),
            opened: FixedViews.reference("CaseOpened", 40, day: 15))
        file.town = TownCode("huangtang")
        try await APIFixture.serve(views: FixedViews(rows: [row], cases: [file])) { hub async throws in
            let query = row.id.description.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            let answer = try await hub.get("/v1/deadlines/certificate?id=\(query)", as: .dispatcher)
            #expect(answer.status == 422, "\(answer.text)")
            #expect(answer.json["code"] == .string("deadline.notCountable"))
        }
    }

    @Test func `pages by key give each row once`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            let all = try rows(try await hub.get("/v1/board", as: .dispatcher)).map { $0["id"] }
            var collected: [JSONValue?] = []
            var next: String? = ""
            while let cursor = next {
                let query = cursor.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
                let after = query.isEmpty ? "" : "&after=\(query)"
                let page = try await hub.get("/v1/board?limit=2\(after)", as: .dispatcher)
                collected += try rows(page).map { $0["id"] }
                next = page.json["next"]?.text
            }
            #expect(collected == all)
        }
    }

    @Test(arguments: [
        ("state=overdue", 1), ("state=overdue,paused", 2), ("state=met", 0), ("department=gongan", 1),
        ("department=centre", 5), ("rule=case.exit", 2), ("case=DY23-00002", 1), ("town=yunyang", 1),
        ("promise=true&state=overdue", 0), ("kind=item", 0), ("paused=applicant", 1), ("paused=court", 0),
        ("dueFrom=2023-09-02&state=overdue", 0), ("mine=true", 5), ("town=none", 0),
    ])
    func `the board shows what its filter asks for`(query: String, count: Int) async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            #expect(try rows(try await hub.get("/v1/board?\(query)", as: .dispatcher)).count == count)
        }
    }

    @Test func `counts tell department × state and town × state, and each is the length of its list`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            let answer = try await hub.get("/v1/board/counts", as: .dispatcher)
            guard case .array(let departments) = answer.json["departments"], case .array = answer.json["towns"] else {
                Issue.record("no counts: \(answer.text)")
                return
            }
            for line in departments {
                let code = line["department"]?.text ?? "centre"
                for state in ["overdue", "dueSoon", "onTime", "paused"] {
                    let list = try await hub.get("/v1/board?department=\(code)&state=\(state)", as: .dispatcher)
                    #expect(line["lights"]?[state] == .integer(Int64(try rows(list).count)), "\(code) \(state)")
                }
            }
            #expect(answer.json["total"]?["open"] == .integer(7))
        }
    }

    @Test func `rates are of one clock and period, a trend of some days, and both refuse what is not of its form`()
        async throws
    {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            let rates = try await hub.get("/v1/board/rates?rule=case.exit&from=2023-08-01", as: .dispatcher)
            #expect(rates.status == 200 && rates.json["total"]?["ranked"] == .bool(false), "\(rates.text)")
            #expect(try await hub.get("/v1/board/trend?days=5", as: .dispatcher).status == 200)
            for period in ["from=2023-09-02&through=2023-09-01", "from=2020-01-01&through=2023-09-01"] {
                let answer = try await hub.get("/v1/board/rates?rule=case.exit&\(period)", as: .dispatcher)
                #expect(answer.status == 422 && answer.code == "parameter.contradiction", "\(answer.text)")
            }
            for bad in [
                "rates", "rates?rule=case.exit&from=2023-02-30", "rates?rule=case.exit&town=none",
                "trend?days=0", "trend?days=251", "trend?department=Ö",
            ] {
                let path = bad.replacing("Ö", with: "%C3%96")
                #expect(try await hub.get("/v1/board/\(path)", as: .dispatcher).status == 400, "\(bad)")
            }
        }
    }

    @Test func `a board sorted by something else pages in that order, and a key of another order is refused`()
        async throws
    {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            for sort in BoardSort.allCases {
                let path = "/v1/board?sort=\(sort.rawValue)"
                let all = try rows(try await hub.get(path, as: .dispatcher)).map { $0["id"] }
                var seen: [JSONValue?] = []
                var after = ""
                repeat {
                    let page = try await hub.get("\(path)&limit=2\(after)", as: .dispatcher)
                    #expect(page.status == 200, "\(sort): \(page.text)")
                    seen += try rows(page).map { $0["id"] }
                    after = page.json["next"]?.text.map { "&after=\(Self.encoded($0))" } ?? ""
                    guard !after.isEmpty else { continue }
                    let other = "/v1/board?sort=\(sort == .due ? BoardSort.town : .due)"
                    let refused = try await hub.get("\(other)\(after)", as: .dispatcher)
                    #expect(refused.status == 422 && refused.code == "parameter.contradiction", "\(sort)")
                } while !after.isEmpty
                #expect(seen == all && all.count > 2, "\(sort)")
            }
            let told = try await hub.get("/v1/board?limit=1", as: .dispatcher).json["next"]?.text ?? ""
            let later = told.replacing(/^[0-9]+@/, with: "99999999999999@")
            let refused = try await hub.get("/v1/board?limit=1&after=\(Self.encoded(later))", as: .dispatcher)
            #expect(refused.status == 422 && refused.json["field"]?.text == "after", "\(refused.text)")
            for view in BoardView.allCases {
                #expect(try await hub.get("/v1/board?view=\(view.rawValue)", as: .dispatcher).status == 200, "\(view)")
            }
            for bad in [
                "levelFrom=0", "levelFrom=6", "pausedOver=0", "pausedOver=251", "pausedOver=x", "view=all",
                "lateRecord=perhaps", "sort=colour", "level=0", "level=6", "level=x", "irregular=perhaps",
                "village=huangtang", "village=/x", "village=a/b/c",
            ] {
                #expect(try await hub.get("/v1/board?\(bad)", as: .dispatcher).status == 400, "\(bad)")
            }
            let met = try await hub.get("/v1/board?sort=started&state=met", as: .dispatcher)
            #expect(met.status == 422 && met.json["field"]?.text == "sort", "\(met.text)")
            #expect(try rows(try await hub.get("/v1/board?village=huangtang/nowhere", as: .dispatcher)).isEmpty)
        }
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
    }

    @Test func `a board of the past is asked by one question and a time that has come, else past.notPast`() async throws
    {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            for path in ["/v1/board", "/v1/board/counts"] {
                for view in ["asKnownAt", "asItWasAt"] {
                    let later = try await hub.get("\(path)?\(view)=2099-01-01", as: .dispatcher)
                    #expect(later.status == 422 && later.code == "past.notPast", "\(later.text)")
                    #expect(later.json["field"]?.text == view)
                    #expect(try await hub.get("\(path)?\(view)=soon", as: .dispatcher).status == 400)
                }
                let both = "\(path)?asKnownAt=2023-08-20&asItWasAt=2023-08-20"
                let answer = try await hub.get(both, as: .dispatcher)
                #expect(answer.status == 422 && answer.code == "parameter.contradiction", "\(answer.text)")
                let then = try await hub.get("\(path)?asKnownAt=2023-08-20", as: .dispatcher)
                #expect(then.status == 200 && then.json["view"]?.text == "asKnownAt", "\(then.text)")
            }
        }
    }

    @Test func `a board of the past while others are made is refused as past.busy`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            let answer = try await hub.get("/v1/board?asItWasAt=\(FixedPast.busyDay)", as: .dispatcher)
            #expect(answer.status == 503 && answer.code == "past.busy", "\(answer.text)")
        }
    }

    @Test(arguments: [
        "mine=false", "mine=yes", "paused=rain", "kind=cat", "dueFrom=2023-02-30", "handler=minzheng", "channel=pigeon",
        "urgent=1", "state=", "item=Ö",
    ])
    func `a filter that is not of its form is refused with its name`(query: String) async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            for path in ["/v1/board", "/v1/board/counts"] {
                let name = query.prefix { $0 != "=" }
                let answer = try await hub.get(
                    "\(path)?\(query.addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed) ?? query)",
                    as: .dispatcher)
                #expect(answer.status == 400 && answer.json["field"]?.text == String(name), "\(answer.text)")
            }
        }
    }

    @Test func `a case is found by number and by id, with its deadlines and timeline`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            let byNumber = try await hub.get("/v1/cases/DY23-00001", as: .auditor)
            let byID = try await hub.get("/v1/cases/\(FixedViews.caseID)", as: .auditor)
            #expect(byNumber.status == 200)
            #expect(byNumber.data == byID.data)
            #expect(byNumber.json["case"]?["number"] == .string("DY23-00001"))
            let timeline = try await hub.get("/v1/cases/DY23-00001/timeline?after=61&limit=1", as: .auditor)
            #expect(try rows(timeline).compactMap { $0["position"] } == [.integer(62)])
            #expect(timeline.json["next"] == .integer(62))
        }
    }

    @Test func `a case nobody had opened by then cannot be replayed`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            let answer = try await hub.get("/v1/cases/DY23-00001/replay?asOf=2023-08-01", as: .auditor)
            #expect(answer.status == 404)
            #expect(answer.code == "replay.notOpenedYet")
        }
    }

    @Test func `rules, departments and the end of the log are there for every token`() async throws {
        try await APIFixture.serve { hub async throws in
            let rules = try await hub.get("/v1/rules", as: .department)
            #expect(rules.text.contains("case.exit"))
            #expect(rules.json["calendarVersion"]?.text?.isEmpty == false)
            let book = try await hub.desk.ruleBook.current().history.current
            let posts = book.departments.flatMap(\.posts) + book.towns.flatMap(\.stations).flatMap(\.posts)
            guard case .array(let told) = rules.json["posts"], case .array(let towns) = rules.json["towns"] else {
                Issue.record("no posts or towns")
                return
            }
            #expect(told.compactMap { $0["code"]?.text } == posts.map(\.code.description).sorted())
            #expect(towns.compactMap { $0["code"]?.text } == book.towns.map(\.code.description))
            #expect(rules.json["day"]?.text.flatMap { CivilDay($0) } != nil, "of this day are the holders")
            let departments = try await hub.get("/v1/departments", as: .department)
            #expect(departments.text.contains("jijinhui"))
            let head = try await hub.get("/v1/log/head", as: .operator)
            #expect(head.json["root"]?.text?.count == 64)
            #expect(head.json["demo"] == .bool(true))
        }
    }
}
