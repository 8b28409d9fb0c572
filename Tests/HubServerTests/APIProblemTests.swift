import CaseDesk
import CaseViews
import EventSourcing
import Foundation
import HubAPI
import HubConsole
import RuleBook
import Testing

@Suite struct APIProblemTests {
    private static let securityHeaders = [
        "content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy",
        "cross-origin-opener-policy", "cross-origin-resource-policy", "permissions-policy", "cache-control",
        "x-request-id", "onedoor-position",
    ]

    private func expectHeaders(_ answer: APIFixture.Answer, _ place: String) {
        for name in Self.securityHeaders { #expect(answer[name] != nil, "\(name) at \(place)") }
        let policy = answer["content-security-policy"] ?? ""
        #expect(!policy.contains("unsafe") && policy.contains("frame-ancestors 'none'"))
    }

    private func expectProblem(_ answer: APIFixture.Answer, _ status: Int, _ place: String) {
        #expect(answer.status == status, "\(place): \(answer.text)")
        #expect(answer["content-type"]?.hasPrefix("application/problem+json") == true, "\(place)")
        #expect(answer.json["status"] == .integer(Int64(status)))
        for name in ["type", "title", "titleEnglish", "detail", "detailEnglish", "code", "instance", "requestId"] {
            #expect(answer.json[name]?.text?.isEmpty == false, "\(name) at \(place)")
        }
        #expect(answer.json["requestId"]?.text == answer["x-request-id"])
        expectHeaders(answer, place)
    }

    @Test func `every kind of failure is a problem document with all headers`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            expectProblem(try await hub.get("/v1/nothing"), 404, "unknown path")
            expectProblem(try await hub.get("/v1/cases/DY99-99999", as: .dispatcher), 404, "unknown case")
            expectProblem(try await hub.get("/v1/cases/%E5%BC%A0", as: .dispatcher), 404, "no number")
            expectProblem(try await hub.get("/v1/board"), 401, "no token")
            expectProblem(try await hub.get("/v1/board", as: .operator), 403, "wrong role")
            expectProblem(try await hub.get("/v1/board?state=late", as: .dispatcher), 400, "unknown state")
            expectProblem(try await hub.get("/v1/board?colour=red", as: .dispatcher), 400, "unknown parameter")
            expectProblem(try await hub.get("/v1/board?rule=a.b&rule=a.c", as: .dispatcher), 400, "given twice")
            expectProblem(try await hub.get("/v1/board?limit=501", as: .dispatcher), 400, "limit")
            expectProblem(try await hub.get("/v1/board?after=x", as: .dispatcher), 400, "cursor")
            expectProblem(
                try await hub.get("/v1/cases/DY23-00001/replay?asOf=2023-02-30", as: .auditor), 400, "no such date")
        }
    }

    @Test func `a wrong method gets 405 and the methods there are`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            for method in ["POST", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"] {
                let answer = try await hub.send(method, "/v1/board", as: .dispatcher)
                expectProblem(answer, 405, method)
                if method != "HEAD" { #expect(answer.code == "methodNotAllowed") }
                #expect(answer["allow"] == "GET, HEAD")
            }
            let command = try await hub.get("/v1/commands/RegisterPerson", as: .dispatcher)
            expectProblem(command, 405, "GET of a command")
            #expect(command["allow"] == "POST")
        }
    }

    @Test(arguments: [
        (ViewStoreError.storage("disk /secret"), "views.storage"), (.mustRebuild("disk /secret"), "views.mustRebuild"),
        (.gap(expected: Position(1), found: Position(3)), "views.gap"),
        (.unreadableEvent(Position(1), "disk /secret"), "views.unreadableEvent"),
    ])
    func `views that fail are a 503 with a time to come back`(failure: ViewStoreError, code: String) async throws {
        try await APIFixture.serve(views: FixedViews(failure: failure)) { hub async throws in
            let answer = try await hub.get("/v1/board", as: .dispatcher)
            expectProblem(answer, 503, "failing views")
            #expect(answer["retry-after"] == "30" && answer.code == code)
            #expect(!answer.text.contains("secret"))
        }
    }

    @Test func `views that stand still make no reader wait, and the hub says that it is not ready`() async throws {
        let still = FixedViews(applyFailure: .storage("disk"))
        try await APIFixture.serve(views: still) { hub async throws in
            let head = try await hub.desk.log.head().position
            let behind = try await hub.get(
                "/v1/board", as: .dispatcher, headers: ["OneDoor-Min-Position": head.description])
            expectProblem(behind, 503, "views behind")
            #expect(behind.code == "views.behind" && behind["retry-after"] == "1")
            let ready = try await hub.get("/readyz")
            expectProblem(ready, 503, "views stopped")
            #expect(ready.code == "views.stopped")
        }
    }

    @Test func `a door that stays shut says which one`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            #expect(try await hub.get("/v1/nothing").code == "notFound")
            #expect(try await hub.get("/v1/board", as: .operator).code == "forbidden")
            let known = try await hub.send(
                "POST", "/v1/persons/\(FixedViews.applicant)/reveal", as: .dispatcher,
                headers: [
                    "Content-Type": "application/json", "Idempotency-Key": "01890a5d-ac96-774b-bcce-b302099a8057",
                ], body: Data(#"{"groups":["identity"],"purpose":"handling"}"#.utf8))
            expectProblem(known, 409, "a person with a case")
            for path in ["persons/\(FixedViews.applicant)", "persons/\(FixedViews.caseID)", "cases/DY99-99999"] {
                let unnamed = try await hub.send("POST", "/v1/\(path)/reveal", as: .dispatcher)
                #expect(unnamed.code == "missingIdempotencyKey", "\(path): what does not read is told first")
            }
            #expect(known.code == "reveal.hasCase")
        }
    }

    @Test func `good answers carry the same headers`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            for path in ["/livez", "/readyz", "/openapi.json"] {
                let answer = try await hub.get(path)
                #expect(answer.status == 200, "\(path): \(answer.text)")
                expectHeaders(answer, path)
                #expect(answer["content-type"] == "application/json; charset=utf-8")
                #expect(answer["onedoor-demo"] == "1")
                #expect(answer["strict-transport-security"] == nil)
            }
        }
        try await APIFixture.serve(isDemo: false, isSecure: true) { hub async throws in
            let answer = try await hub.get("/livez")
            #expect(answer["onedoor-demo"] == nil)
            #expect(answer["strict-transport-security"]?.hasPrefix("max-age=31536000") == true)
        }
    }

    @Test func `HEAD is GET without the body`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            for path in ["/v1/board", "/v1/cases/DY23-00001", "/v1/nothing"] {
                let get = try await hub.get(path, as: .dispatcher)
                let head = try await hub.send("HEAD", path, as: .dispatcher)
                #expect(head.status == get.status, "\(path)")
                #expect(head.data.isEmpty)
                #expect(head["content-type"] == get["content-type"])
            }
        }
    }

    @Test func `a reader may ask for a position, and is not made to wait for ever`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            let head = try await hub.desk.log.head().position
            let there = try await hub.get(
                "/v1/board", as: .dispatcher, headers: ["OneDoor-Min-Position": head.description])
            #expect(there.status == 200)
            #expect(there["onedoor-position"] == head.description)
            let ahead = try await hub.get(
                "/v1/board", as: .dispatcher, headers: ["OneDoor-Min-Position": head.next.description])
            expectProblem(ahead, 422, "not there yet")
            #expect(ahead.code == "position.ahead")
            let malformed = try await hub.get("/v1/board", as: .dispatcher, headers: ["OneDoor-Min-Position": "-1"])
            expectProblem(malformed, 400, "no number")
            #expect(malformed.code == "invalidParameter")
        }
    }
}
