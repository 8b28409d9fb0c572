import EventSourcing
import Foundation
import HubServer
import Testing

extension EndToEndTests {
    /// Commands that ask a running hub.
    @Suite struct ServedHubTests {
        @Test func `cases, the board and a past day are told by a served hub`() async throws {
            let hub = try await HubCopy()
            let list = try await hub.ask("auditor", "case", "list")
            #expect(list.status == 0, "\(list.everything)")
            #expect(try elements(list.json()["rows"]).compactMap { $0["number"]?.text } == ["DY23-00001"])

            let shown = try await hub.ask("dispatcher", "case", "show", "DY23-00001")
            #expect(shown.status == 0, "\(shown.everything)")
            #expect(try shown.json()["case"]?["case"]?["state"]?.text == "exited")
            #expect(try elements(shown.json()["timeline"]).count > 50)
            for said in [list, shown] { #expect(Canary.found(inText: said.everything).isEmpty) }

            let board = try await hub.ask("dispatcher", "board")
            #expect(board.status == 0, "\(board.everything)")
            // Of the whole case only the court's next review is still open.
            #expect(try elements(board.json()["rows"]).count == 1)
            #expect(try elements(board.json()["rows"]).first?["id"]?.text?.hasPrefix("followup.review/") == true)

            let counts = try await hub.ask("dispatcher", "board", "--counts")
            #expect(counts.status == 0, "\(counts.everything)")
            #expect(try counts.json()["total"]?["open"] == .integer(1))
            let none = try await hub.ask("dispatcher", "board", "--urgent", "--town", "none")
            #expect(none.status == 0, "\(none.everything)")
            #expect(try elements(none.json()["rows"]).isEmpty)
            for option in ["--as-known-at", "--as-it-was-at"] {
                let then = try await hub.ask("auditor", "board", option, "2023-09-01")
                #expect(then.status == 0, "\(then.everything)")
                #expect(try elements(then.json()["rows"]).count > 1, "\(then.everything)")
            }
            let piped = try await hub.ask("dispatcher", "board", "--watch")
            #expect(piped.status == 2, "\(piped.everything)")

            let replayed = try await hub.ask("auditor", "replay", "DY23-00001", "--as-of", "2023-10-24")
            #expect(replayed.status == 0, "\(replayed.everything)")
            let told = try elements(replayed.json()["knowledge"]).filter { department in
                elements(department["told"]).contains { $0["eventType"]?.text == "FollowUpProgressRecorded" }
            }
            #expect(told.map { $0["department"]?.text } == ["sifa"])
            #expect(try await hub.stop().status == 0)
        }

        @Test func `what is not there is exit 3, what cannot be read is exit 65`() async throws {
            let hub = try await HubCopy()
            for command in [["case", "show", "DY23-09999"], ["replay", "DY23-09999", "--as-of", "2023-10-24"]] {
                let ended = try await Program.run(
                    command + ["--json", "--hub", hub.address, "--token-file", hub.demo.token("auditor")])
                #expect(ended.status == 3, "\(ended.everything)")
                #expect(try ended.failure()["remedy"]?.text?.isEmpty == false)
            }
            let early = try await hub.ask("auditor", "replay", "DY23-00001", "--as-of", "2020-01-01")
            #expect(early.status == 3, "\(early.everything)")
            let malformed = try await hub.ask("auditor", "replay", "DY23-00001", "--as-of", "2023-02-30")
            #expect(malformed.status == 65, "\(malformed.everything)")
            #expect(try malformed.failure()["field"]?.text == "asOf")
            let state = try await hub.ask("dispatcher", "board", "--state", "nowhere")
            #expect(state.status == 65, "\(state.everything)")
            #expect(try await hub.stop().status == 0)
        }

        @Test func `a token works until it is revoked`() async throws {
            let hub = try await HubCopy()
            let issued = try await Program.run(
                "token", "issue", "--json", "--data", hub.demo.hub, "--role", "auditor", "--label", "test")
            #expect(issued.status == 0, "\(issued.everything)")
            let token = try #require(try issued.json()["token"]?.text)
            let account = try #require(try issued.json()["account"]?.text)
            #expect(try await answer(of: hub, token).status == 200)
            #expect(try await answer(of: hub, token + "x").status == 401)
            let revoked = try await Program.run("token", "revoke", "--json", "--data", hub.demo.hub, account)
            #expect(revoked.status == 0, "\(revoked.everything)")
            let refused = try await answer(of: hub, token)
            #expect(refused.status == 401)
            #expect(refused.headers["content-type"]?.hasPrefix("application/problem+json") == true)
            let stopped = try await hub.stop()
            #expect(stopped.status == 0)
            #expect(!stopped.everything.contains(token))
        }

        @Test(arguments: [
            (["token", "issue", "--role", "nobody", "--label", "x"], 65, "--role"),
            (["token", "issue", "--role", "department", "--label", "x"], 2, "--department"),
            (["token", "issue", "--role", "station", "--label", "x"], 2, "--town"),
            (["token", "revoke", "nobody"], 65, "account"),
            (["department", "keys", "--department", "jiaoyu", "--sheet", "/nowhere"], 65, "/nowhere"),
        ])
        func `an account or a sheet that cannot be is refused`(
            arguments: [String], status: Int, field: String
        ) async throws {
            let folder = try TemporaryFolder()
            let hub = try await DemoShelf.shared.finished().copied(into: folder).hub
            let ended = try await Program.run(arguments + ["--json", "--data", hub])
            #expect(Int(ended.status) == status, "\(ended.everything)")
            #expect(try ended.failure()["field"]?.text == field)
        }

        @Test func `views made anew answer as the old ones did`() async throws {
            let hub = try await HubCopy()
            let id = try #require(try elements(await hub.get("/v1/cases").body["rows"]).first?["id"]?.text)
            let paths = [
                "/v1/cases", "/v1/cases/\(id)", "/v1/cases/\(id)/timeline",
                "/v1/board?state=overdue,dueSoon,onTime,met,metLate", "/v1/departments/jiaoyu/worklist",
            ]
            var before: [JSONValue] = []
            for path in paths { before.append(try await hub.get(path).body) }
            #expect(try await hub.stop().status == 0)

            try FileManager.default.removeItem(atPath: hub.demo.hub + "/views.sqlite")
            let rebuilt = try await Program.run("rebuild", "--json", "--data", hub.demo.hub)
            #expect(rebuilt.status == 0, "\(rebuilt.everything)")
            #expect(try rebuilt.json()["position"] == before[0]["position"])

            let port = try Port.free()
            let serve = try Program.start(
                "serve", "--data", hub.demo.hub, "--port", "\(port)", "--feed-port", "0")
            try await serve.says("/board")
            let client = HubClient(
                base: "http://127.0.0.1:\(port)", token: try TokenFile.read(hub.demo.token("auditor")))
            for (path, old) in zip(paths, before) {
                #expect(try await client.get(path).body == old, "\(path)")
            }
            #expect(try await serve.stop().status == 0)
        }

        private func answer(of hub: HubCopy, _ token: String) async throws -> HubClient.Answer {
            try await hub.client(token: token).send("GET", "/v1/log/head", headers: [:], body: nil)
        }

        private func elements(_ value: JSONValue?) -> [JSONValue] {
            if case .array(let elements)? = value { elements } else { [] }
        }
    }
}
