import EventSourcing
import Foundation
import HubServer
import Testing

extension EndToEndTests {
    /// What a served hub answers to requests it cannot carry out: a problem with field and remedy, and nothing half done.
    @Suite struct BadInputTests {
        private struct Wrong {
            let path: String
            let body: String
            let status: Int
            var field: String?
            var role = "station"
        }

        private static let key = "018bb197-d680-7791-9b99-000000000001"

        private static let wrong: [Wrong] = [
            Wrong(path: "RegisterPerson", body: #"{"open":"#, status: 400),
            Wrong(path: "RegisterPerson", body: #"{"open":{"minor":"no"}}"#, status: 400, field: "open.minor"),
            Wrong(path: "RegisterPerson", body: #"{"open":{"minor":false,"x":1}}"#, status: 400, field: "open.x"),
            Wrong(path: "RegisterPerson", body: #"{"minor":false}"#, status: 400, field: "open"),
            Wrong(
                path: "RegisterPerson", body: #"{"occurredAt":"2023-02-30T10:00:00+08:00","open":{"minor":false}}"#,
                status: 400, field: "occurredAt"),
            Wrong(
                path: "RegisterPerson",
                body: #"{"occurredAt":"2031-02-03T10:00:00+08:00","open":{"minor":false},"#
                    + #""sealed":[{"group":"identity","value":{"name":"试"}}]}"#, status: 422, field: "occurredAt"),
            Wrong(path: "RegisterPerson", body: String(repeating: "a", count: 1_048_577), status: 413),
            Wrong(path: "NoSuchCommand", body: #"{"open":{}}"#, status: 404, field: "type"),
            Wrong(path: "ProposeExit/case/xyz", body: "{}", status: 400, field: "subject", role: "dispatcher"),
            Wrong(
                path: "ProposeExit/case/\(key)", body: #"{"open":{"result":"helped"}}"#, status: 404,
                field: "subject", role: "dispatcher"),
            Wrong(
                path: "ProposeExit/case/\(key)", body: #"{"open":{"result":"helped"}}"#, status: 403,
                role: "meetingOffice"),
        ]

        @Test func `each bad request is answered with a problem, and the log stays as it was`() async throws {
            let hub = try await HubCopy()
            let before = try await hub.get("/v1/log/head").body["position"]
            for wrong in Self.wrong {
                let what = "\(wrong.path) \(wrong.body.prefix(80))"
                let answer = try await send(wrong.path, wrong.body, as: wrong.role, to: hub)
                #expect(answer.status == wrong.status, "\(what)")
                #expect(answer.headers["content-type"]?.hasPrefix("application/problem+json") == true, "\(what)")
                #expect(answer.body["remedy"]?.text?.isEmpty == false, "\(what)")
                if let field = wrong.field { #expect(answer.body["field"]?.text == field, "\(what)") }
            }
            let none = try await hub.client(token: "").send("GET", "/v1/cases", headers: [:], body: nil)
            #expect(none.status == 401)
            let method = try await hub.client(token: TokenFile.read(hub.demo.token("auditor")))
                .send("DELETE", "/v1/cases", headers: [:], body: nil)
            #expect(method.status == 405)
            #expect(method.headers["allow"]?.contains("GET") == true)
            #expect(try await hub.get("/v1/log/head").body["position"] == before)
            #expect(try await hub.stop().status == 0)
        }

        @Test func `a command in the wrong state is refused by its rule`() async throws {
            let hub = try await HubCopy()
            guard case .array(let rows)? = try await hub.get("/v1/cases").body["rows"],
                let id = rows.first?["id"]?.text
            else {
                Issue.record("the demo's case is missing")
                return
            }
            let answer = try await send(
                "ProposeExit/case/\(id)", #"{"open":{"result":"helped"}}"#, as: "dispatcher", to: hub)
            #expect(answer.status == 422)
            #expect(answer.body["code"]?.text == "case.hasExited")
            #expect(try await hub.stop().status == 0)
        }

        @Test func `a repeated id is the same act, with another body it is refused, after a restart too`() async throws
        {
            let hub = try await HubCopy()
            let body = #"{"open":{"minor":false},"sealed":[{"group":"identity","value":{"name":"赵测丁"}}]}"#
            let first = try await send("RegisterPerson", body, as: "station", to: hub)
            #expect((200..<300).contains(first.status), "\(first.body)")
            let again = try await send("RegisterPerson", body, as: "station", to: hub)
            #expect(again.body["events"] == first.body["events"])
            #expect(again.body["repeated"] == .bool(true))
            #expect(try await hub.stop().status == 0)

            let port = try Port.free()
            let serve = try Program.start("serve", "--data", hub.demo.hub, "--port", "\(port)", "--feed-port", "0")
            try await serve.says("/board")
            let client = HubClient(
                base: "http://127.0.0.1:\(port)", token: try TokenFile.read(hub.demo.token("station")))
            let headers = ["Idempotency-Key": Self.key]
            let later = try await client.send(
                "POST", "/v1/commands/RegisterPerson", headers: headers, body: Data(body.utf8))
            #expect(later.body["events"] == first.body["events"])
            #expect(later.body["created"] == first.body["created"])
            let other = try await client.send(
                "POST", "/v1/commands/RegisterPerson", headers: headers,
                body: Data(body.replacing("false", with: "true").utf8))
            #expect(other.status == 422)
            let stopped = try await serve.stop()
            #expect(stopped.status == 0)
            #expect(!stopped.everything.contains("赵测丁"))
            #expect(Canary.found(["赵测丁"], in: hub.demo.hub).isEmpty)
        }

        private func send(
            _ path: String, _ body: String, as role: String, to hub: HubCopy
        ) async throws -> HubClient.Answer {
            try await hub.client(token: TokenFile.read(hub.demo.token(role))).send(
                "POST", "/v1/commands/\(path)", headers: ["Idempotency-Key": Self.key], body: Data(body.utf8))
        }
    }
}
