import CaseDesk
import EventSourcing
import Foundation
import HubAPI
import HubConsole
import Hummingbird
import RuleBook
import Testing

@Suite struct APIAccessTests {
    /// Addresses that exist in the sample, one a route.
    private static let addresses: [(route: String, path: String)] = [
        ("POST /v1/commands/{type}", "/v1/commands/Nothing"),
        ("POST /v1/commands/{type}/{kind}/{id}", "/v1/commands/Nothing/case/\(FixedViews.caseID)"),
        ("GET /v1/commands", "/v1/commands"), ("GET /v1/board", "/v1/board"),
        ("GET /v1/board/counts", "/v1/board/counts"), ("GET /v1/board/rates", "/v1/board/rates?rule=case.exit"),
        ("GET /v1/board/trend", "/v1/board/trend"), ("GET /v1/cases", "/v1/cases"),
        ("GET /v1/cases/{case}", "/v1/cases/DY23-00001"),
        ("GET /v1/cases/{case}/timeline", "/v1/cases/DY23-00001/timeline"),
        ("GET /v1/cases/{case}/days", "/v1/cases/DY23-00001/days"),
        ("GET /v1/deadlines/certificate", "/v1/deadlines/certificate?id=case.exit/case:\(FixedViews.caseID)/1"),
        ("GET /v1/cases/{case}/replay", "/v1/cases/DY23-00001/replay"), ("GET /v1/departments", "/v1/departments"),
        ("GET /v1/meetings", "/v1/meetings"), ("GET /v1/meetings/{meeting}", "/v1/meetings/\(FixedViews.meetingID)"),
        (
            "GET /v1/meetings/{meeting}/extracts/{code}", "/v1/meetings/\(FixedViews.meetingID)/extracts/jiaoyu"
        ),
        ("GET /v1/undelivered", "/v1/undelivered?minutes=15"),
        ("GET /v1/departments/{code}/worklist", "/v1/departments/jiaoyu/worklist"), ("GET /v1/rules", "/v1/rules"),
        ("GET /v1/calendars", "/v1/calendars"), ("GET /v1/calendars/{version}", "/v1/calendars/CN-2023.1"),
        ("GET /v1/calendars/{version}/moves", "/v1/calendars/CN-2023.1/moves"),
        ("POST /v1/calendar-previews", "/v1/calendar-previews"),
        ("POST /v1/find", "/v1/find"), ("POST /v1/status", "/v1/status"),
        ("POST /v1/cases/{case}/reveal", "/v1/cases/DY23-00001/reveal"),
        ("POST /v1/persons/{person}/reveal", "/v1/persons/\(FixedViews.caseID)/reveal"),
        ("GET /v1/cases/{case}/attachments", "/v1/cases/DY23-00001/attachments"),
        ("POST /v1/cases/{case}/attachments", "/v1/cases/DY23-00001/attachments"),
        (
            "POST /v1/cases/{case}/attachments/{attachment}/open",
            "/v1/cases/DY23-00001/attachments/\(FixedViews.caseID)/open"
        ),
        ("GET /v1/posts/{department}/{post}/worklist", "/v1/posts/minzheng/desk/worklist"),
        ("GET /v1/emergency-accesses", "/v1/emergency-accesses"), ("GET /v1/notices", "/v1/notices"),
        ("GET /v1/log/head", "/v1/log/head"), ("GET /livez", "/livez"), ("GET /readyz", "/readyz"),
        ("GET /openapi.json", "/openapi.json"),
    ]

    @Test func `every route stands in the access table and in this test`() {
        #expect(Set(HubAPI.routes.map(\.description)) == Set(Self.addresses.map(\.route)))
        for route in HubAPI.routes {
            #expect(AccessTable.api.rule(for: route) != nil, "\(route) is named in the table")
        }
    }

    @Test func `each role is let in or refused as the table says, and without a token nobody is`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            for route in HubAPI.routes {
                let path = try #require(Self.addresses.first { $0.route == route.description }?.path)
                let method = route.method.rawValue
                guard let roles = AccessTable.api.rule(for: route)?.roles else {
                    #expect(try await hub.send(method, path).status == 200, "\(route)")
                    continue
                }
                let stranger = try await hub.send(method, path)
                #expect(stranger.status == 401, "\(route)")
                #expect(stranger["WWW-Authenticate"] == "Bearer realm=\"onedoor\"")
                for role in Role.allCases {
                    let status = try await hub.send(method, path, as: role).status
                    #expect((status == 403) == !roles.contains(role), "\(role) at \(route) got \(status)")
                    #expect(status != 401 && status != 500, "\(role) at \(route) got \(status)")
                }
            }
        }
    }

    @Test func `a route the table forgets is refused to every role`() async throws {
        try await APIFixture.serve(views: .sample(), access: AccessTable([:])) { hub async throws in
            for (route, path) in Self.addresses {
                let method = String(route.prefix { $0 != " " })
                #expect(try await hub.send(method, path).status == 403, "\(route)")
                for role in Role.allCases {
                    #expect(try await hub.send(method, path, as: role).status == 403, "\(role) at \(route)")
                }
            }
        }
    }

    @Test(arguments: ["", "Basic abc", "Bearer", "Bearer a b", "Bearer od1_wrong", "od1_test_dispatcher"])
    func `only a bearer token that is known signs in`(header: String) async throws {
        try await APIFixture.serve { hub async throws in
            let answer = try await hub.get("/v1/board", headers: ["Authorization": header])
            #expect(answer.status == 401)
            #expect(answer.code == "unauthorized")
            #expect(!answer.text.contains("wrong"))
        }
    }

    @Test func `a department reads its own worklist and hears nothing of another's`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            let own = try await hub.get("/v1/departments/jiaoyu/worklist", as: .department)
            #expect(own.status == 200)
            #expect(own.text.contains("DY23-00001-R2"))
            let others = try await hub.get("/v1/departments/gongan/worklist", as: .department)
            let unknown = try await hub.get("/v1/departments/nowhere/worklist", as: .department)
            #expect(others.status == 404 && unknown.status == 404)
            #expect(others.json["detail"] == unknown.json["detail"], "the answer does not tell which exists")
            #expect(try await hub.get("/v1/departments/gongan/worklist", as: .dispatcher).status == 200)
        }
    }

    @Test func `the meeting office reads the cases before a meeting and no others, in every list alike`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            #expect(try await hub.get("/v1/cases/DY23-00001", as: .meetingOffice).status == 200)
            for path in ["", "/timeline"] {
                #expect(try await hub.get("/v1/cases/DY23-00002\(path)", as: .meetingOffice).status == 404)
                #expect(try await hub.get("/v1/cases/DY23-00002\(path)", as: .dispatcher).status == 200)
            }
            for path in ["/v1/board", "/v1/cases", "/v1/departments/gongan/worklist"] {
                #expect(try await hub.get(path, as: .meetingOffice).text.contains("DY23-00002") == false, "\(path)")
            }
            #expect(try await hub.get("/v1/board?case=DY23-00002", as: .meetingOffice).status == 404)
            #expect(try await hub.get("/v1/meetings?case=DY23-00002", as: .meetingOffice).status == 404)
        }
    }

    @Test func `a body reads its own extract and hears nothing of another's`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            let meeting = "/v1/meetings/\(FixedViews.meetingID)"
            let own = try await hub.get("\(meeting)/extracts/jiaoyu", as: .department)
            #expect(own.status == 200)
            #expect(own.json["extract"]?["department"] == .string("jiaoyu"))
            let others = try await hub.get("\(meeting)/extracts/fayuan", as: .department)
            let unknown = try await hub.get("\(meeting)/extracts/nowhere", as: .department)
            #expect(others.status == 404 && unknown.status == 404)
            #expect(others.json["detail"] == unknown.json["detail"], "the answer does not tell who was there")
            #expect(try await hub.get(meeting, as: .department).status == 403)
            let court = try await hub.get("\(meeting)/extracts/fayuan", as: .meetingOffice)
            #expect(court.json["extract"]?["delivery"] == .string("paper"))
            let whole = try await hub.get(meeting, as: .meetingOffice)
            #expect(whole.json["meeting"]?["open"] == .array([.string("sign"), .string("confirm")]))
        }
    }

    @Test func `a station sees cases of its own town only`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            #expect(try await hub.get("/v1/cases/DY23-00001", as: .station).status == 200)
            for path in ["", "/timeline", "/replay"] {
                #expect(try await hub.get("/v1/cases/DY23-00002\(path)", as: .station).status == 404)
            }
            for path in ["/v1/board?town=yunyang", "/v1/cases?town=yunyang"] {
                #expect(try await hub.get(path, as: .station).text.contains("DY23-00002") == false)
            }
            #expect(try await hub.get("/v1/board", as: .dispatcher).text.contains("DY23-00002"))
        }
    }
}
