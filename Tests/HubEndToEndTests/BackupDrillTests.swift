import EventSourcing
import Foundation
import HubServer
import SQLiteEventLog
import Testing

extension EndToEndTests {
    /// The drill: backed up under load, proven, restored elsewhere, served, compared.
    @Suite struct BackupDrillTests {
        @Test func `a hub backed up under load is restored with its answers and goes on in a new epoch`() async throws {
            let hub = try await HubCopy()
            let paths = try await Self.paths(of: hub)
            var before: [JSONValue] = []
            for path in paths { before.append(try await hub.get(path).body) }
            let destination = hub.folder.path + "/backup"

            let (made, accepted) = try await Self.underLoad(hub) {
                try await Program.run("backup", "create", "--json", "--data", hub.demo.hub, "--to", destination)
            }
            #expect(made.status == 0, "\(made.everything)")
            let head = try #require(try made.json()["head"]).position
            #expect(accepted.count > 20, "there was load")
            let verified = try await Program.run("backup", "verify", "--json", destination)
            #expect(verified.status == 0, "\(verified.everything)")
            #expect(try verified.json()["sound"] == .bool(true))
            #expect(try verified.json()["head"] == made.json()["head"])
            #expect(try verified.json()["root"] == made.json()["root"])
            #expect(try await hub.stop().status == 0)
            // The keys were taken after the log: whoever is in the copy of the log is in that of the keys.
            #expect(try await hub.demo.events().count > Int(head))

            let restored = hub.folder.path + "/restored"
            let ended = try await Program.run(
                "restore", destination, "--json", "--data", restored, "--deployment-key",
                hub.demo.hub + "/secrets/deployment.key", "--feed-key", hub.demo.hub + "/secrets/feed.curve")
            #expect(ended.status == 0, "\(ended.everything)")
            #expect(try ended.json()["epoch"] != ended.json()["previousEpoch"])
            #expect(try ended.json()["head"] == made.json()["head"])
            let all = try await hub.demo.events()
            #expect(try await Self.events(in: restored) == Array(all.prefix(Int(head))))

            try await Self.compare(restored, with: hub, paths, before, head: head, accepted)
        }

        @Test func `a department that heard the old epoch stops as forked and keeps what it has`() async throws {
            let hub = try await HubCopy()
            let destination = hub.folder.path + "/backup"
            let made = try await Program.run("backup", "create", "--json", "--data", hub.demo.hub, "--to", destination)
            #expect(made.status == 0, "\(made.everything)")
            #expect(try await hub.stop().status == 0)
            let held = try hub.demo.holdings(of: "jiaoyu")
            try #require(!held.isEmpty)
            let restored = hub.folder.path + "/restored"
            let ended = try await Program.run(
                "restore", destination, "--json", "--data", restored, "--deployment-key",
                hub.demo.hub + "/secrets/deployment.key", "--feed-key", hub.demo.hub + "/secrets/feed.curve")
            #expect(ended.status == 0, "\(ended.everything)")
            let serve = try Program.start(
                "serve", "--data", restored, "--port", "\(try Port.free())", "--feed-port",
                "\(try HubCopy.feedPort(of: hub.demo))")
            try await serve.says("feed is ready")
            let folder = hub.demo.department("jiaoyu")
            let adapter = try await Program.run(
                ["adapter", "--department", "jiaoyu", "--dir", folder], atMost: 60)
            #expect(adapter.status == 78, "\(adapter.everything)")
            #expect(adapter.errors.contains("slice.forked"), "\(adapter.everything)")
            #expect(try hub.demo.holdings(of: "jiaoyu") == held)
            #expect(try await serve.stop().status == 0)
        }

        @Test func `a killed backup leaves nothing that is taken for one`() async throws {
            let folder = try TemporaryFolder()
            let demo = try await DemoShelf.shared.finished().copied(into: folder)
            let destination = folder.path + "/backup"
            let none = try await Program.run("backup", "verify", "--json", destination)
            #expect(none.status == 3)
            try FileManager.default.createDirectory(atPath: destination, withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: demo.hub + "/log.sqlite", toPath: destination + "/log.sqlite")
            let unfinished = try await Program.run("backup", "verify", "--json", destination)
            #expect(unfinished.status == 1)
            #expect(try unfinished.failure()["error"]?.text == "backup.unfinished")
            let refused = try await Program.run(
                "restore", destination, "--json", "--data", folder.path + "/new", "--deployment-key",
                demo.hub + "/secrets/deployment.key")
            #expect(refused.status == 1)
            #expect(!FileManager.default.fileExists(atPath: folder.path + "/new"))
            let both = try await Program.run("restore", destination, "--json", "--data", folder.path + "/new")
            #expect(both.status == 2)
            #expect(try both.failure()["field"]?.text == "--recovery-sheet")
        }

        // MARK: Parts of the drill

        private static func paths(of hub: HubCopy) async throws -> [String] {
            guard case .array(let rows)? = try await hub.get("/v1/cases").body["rows"] else { return [] }
            let id = try #require(rows.first?["id"]?.text)
            return [
                "/v1/cases", "/v1/cases/\(id)", "/v1/cases/\(id)/timeline",
                "/v1/board?state=overdue,dueSoon,onTime,met,metLate", "/v1/departments/jiaoyu/worklist",
            ]
        }

        /// A command as it was accepted.
        private struct Accepted: Sendable {
            let id: String
            let events: JSONValue?
            let last: UInt64
        }

        private static let body = #"{"open":{"minor":false},"sealed":[{"group":"identity","value":{"name":"赵测丁"}}]}"#

        /// Runs something while four desks register persons as fast as they are answered.
        private static func underLoad<Value: Sendable>(
            _ hub: HubCopy, _ body: () async throws -> Value
        ) async throws -> (Value, [Accepted]) {
            let client = hub.client(token: try TokenFile.read(hub.demo.token("station")))
            let desks = Desks()
            return try await withThrowingTaskGroup(of: [Accepted].self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        var accepted: [Accepted] = []
                        while await desks.areOpen { accepted.append(try await register(client)) }
                        return accepted
                    }
                }
                let outcome: Result<Value, any Error>
                do {
                    outcome = .success(try await amidLoad(hub, body))
                } catch {
                    outcome = .failure(error)
                }
                await desks.close()
                var accepted: [Accepted] = []
                for try await part in group { accepted += part }
                return (try outcome.get(), accepted)
            }
        }

        /// Load comes first and goes on after, so that the backup's head stands in the middle of it.
        private static func amidLoad<Value: Sendable>(
            _ hub: HubCopy, _ body: () async throws -> Value
        ) async throws -> Value {
            let start = try await hub.get("/v1/log/head").body["position"]?.position ?? 0
            _ = try await Deadline(seconds: 30).wait(for: "load") {
                try await hub.get("/v1/log/head").body["position"]?.position ?? 0 > start + 8 ? true : nil
            }
            let value = try await body()
            let end = try await hub.get("/v1/log/head").body["position"]?.position ?? 0
            _ = try await Deadline(seconds: 30).wait(for: "load after the backup") {
                try await hub.get("/v1/log/head").body["position"]?.position ?? 0 > end + 8 ? true : nil
            }
            return value
        }

        /// Whether desks still send. A request is waited for and never cancelled, so that each answer is known.
        private actor Desks {
            private(set) var areOpen = true

            func close() { areOpen = false }
        }

        private static func register(_ client: HubClient, id: String = UUID().uuidString.lowercased()) async throws
            -> Accepted
        {
            let answer = try await client.send(
                "POST", "/v1/commands/RegisterPerson", headers: ["Idempotency-Key": id], body: Data(body.utf8))
            try #require((200..<300).contains(answer.status), "\(answer.body)")
            return Accepted(
                id: id, events: answer.body["events"], last: answer.body["position"]?.position ?? 0)
        }

        private static func events(in folder: String) async throws -> [RecordedEvent] {
            let reader = try SQLiteLogReader(folder: folder)
            var events: [RecordedEvent] = []
            while true {
                let page = try await reader.events(after: events.last?.position ?? .start, limit: 1000)
                guard !page.isEmpty else { return events }
                events += page
            }
        }

        /// Serves the restored folder: what was answered is answered again, and the next command takes the next place.
        private static func compare(
            _ restored: String, with hub: HubCopy, _ paths: [String], _ before: [JSONValue], head: UInt64,
            _ accepted: [Accepted]
        ) async throws {
            let port = try Port.free()
            let serve = try Program.start("serve", "--data", restored, "--port", "\(port)", "--feed-port", "0")
            try await serve.says("/board")
            let auditor = HubClient(
                base: "http://127.0.0.1:\(port)", token: try TokenFile.read(hub.demo.token("auditor")))
            #expect(try await auditor.get("/v1/log/head").body["position"]?.position == head)
            for (path, old) in zip(paths, before) {
                let answer = try await auditor.get(path, atLeast: Position(head)).body
                #expect(same(answer, old), "\(path)")
            }
            let station = HubClient(
                base: "http://127.0.0.1:\(port)", token: try TokenFile.read(hub.demo.token("station")))
            let kept = try #require(accepted.first { $0.last > 0 && $0.last <= head })
            #expect(try await register(station, id: kept.id).events == kept.events)
            #expect(try await register(station).last == head + 1)
            #expect(try await serve.stop().status == 0)
            let verified = try await Program.run("verify", "--json", "--data", restored)
            #expect(verified.status == 0, "\(verified.everything)")
        }

        /// Equal but for the place in the log at which they were answered.
        private static func same(_ left: JSONValue, _ right: JSONValue) -> Bool {
            guard case .object(var left) = left, case .object(var right) = right else { return left == right }
            left["position"] = nil
            right["position"] = nil
            return left == right
        }
    }
}

extension JSONValue {
    /// A place in the log.
    fileprivate var position: UInt64 {
        if case .integer(let number) = self { UInt64(clamping: number) } else { 0 }
    }
}
