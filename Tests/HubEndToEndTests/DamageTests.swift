import EventSourcing
import Foundation
import GRDB
import Testing

extension EndToEndTests {
    /// Files that were altered, cut, exchanged or left open to others.
    @Suite struct DamageTests {
        /// A text that stands once in an event of the log, and the event's position.
        private struct Mark {
            let text: String
            let position: Position

            static func find(_ text: String, in demo: DemoRun) async throws -> Mark {
                let events = try await demo.events().filter { event in
                    event.data?.firstRange(of: Data(text.utf8)) != nil
                }
                let event = try #require(events.first)
                try #require(events.count == 1)
                return Mark(text: text, position: event.position)
            }
        }

        @Test(arguments: [
            #""outcome":"notReconciled""#, #""condition":"mediationFailed""#, #""handlingPost":"jijinhui/care""#,
        ])
        func `one flipped byte in the log is found by verify with its position`(text: String) async throws {
            let folder = try TemporaryFolder()
            let demo = try await DemoShelf.shared.finished().copied(into: folder)
            let mark = try await Mark.find(text, in: demo)
            let sound = try await Program.run("verify", "--data", demo.hub, "--json")
            #expect(sound.status == 0)
            let log = URL(filePath: demo.hub + "/log.sqlite")
            let whole = try Data(contentsOf: log)
            // A page that was split may keep an old copy of the row in its unused part: that one is no part of the log.
            var found = 0
            var rest = whole[...]
            while let place = rest.firstRange(of: Data(text.utf8)) {
                rest = whole[place.upperBound...]
                var altered = whole
                altered[place.upperBound - 2] ^= 1
                try altered.write(to: log)
                let ended = try await Program.run("verify", "--data", demo.hub, "--json")
                guard ended.status != 0 else { continue }
                found += 1
                #expect(ended.status == 1)
                #expect(try ended.json()["position"] == .integer(Int64(mark.position.number)))
                #expect(try ended.failure()["field"]?.text == "#\(mark.position)")
            }
            #expect(found == 1)
        }

        @Test func `a log at rest is one file, so no byte of it hides in a write-ahead log`() async throws {
            let demo = try await DemoShelf.shared.finished()
            let size = try FileManager.default.attributesOfItem(atPath: demo.hub + "/log.sqlite")[.size] as? Int
            #expect((size ?? 0) > 200_000)
            let ahead = FileManager.default.contents(atPath: demo.hub + "/log.sqlite-wal") ?? Data()
            #expect(ahead.isEmpty)
        }

        @Test(arguments: ["verify", "serve"])
        func `a log cut short is refused`(command: String) async throws {
            let folder = try TemporaryFolder()
            let demo = try await DemoShelf.shared.finished().copied(into: folder)
            let log = try FileHandle(forUpdating: URL(filePath: demo.hub + "/log.sqlite"))
            try log.truncate(atOffset: log.seekToEnd() / 2)
            try log.close()
            let ended = try await Program.run(try arguments(of: command, in: demo))
            #expect(ended.status == 1)
            #expect(try ended.failure()["field"]?.text?.isEmpty == false)
            #expect(try ended.failure()["remedy"]?.text?.isEmpty == false)
        }

        @Test(arguments: ["verify", "serve", "rebuild"])
        func `a log of a newer format is left alone`(command: String) async throws {
            let folder = try TemporaryFolder()
            let demo = try await DemoShelf.shared.finished().copied(into: folder)
            let queue = try DatabaseQueue(path: demo.hub + "/log.sqlite")
            try await queue.write { db in
                try db.execute(sql: "DROP TRIGGER log_meta_fixed")
                try db.execute(sql: "UPDATE log_meta SET v = '2' WHERE k = 'format'")
            }
            try queue.close()
            let before = try Data(contentsOf: URL(filePath: demo.hub + "/log.sqlite"))
            let ended = try await Program.run(try arguments(of: command, in: demo))
            #expect(ended.status == 78)
            #expect(try ended.failure()["error"]?.text == "log.newerFormat")
            #expect(try ended.failure()["remedy"]?.text?.contains("upgrade") == true)
            #expect(try Data(contentsOf: URL(filePath: demo.hub + "/log.sqlite")) == before)
        }

        @Test func `keys that lack a person of the log are refused before anything is served`() async throws {
            let folder = try TemporaryFolder()
            let demo = try await DemoShelf.shared.finished().copied(into: folder)
            let queue = try DatabaseQueue(path: demo.hub + "/keys.sqlite")
            try await queue.write { db in
                try db.execute(
                    sql: "DELETE FROM person_key WHERE person = (SELECT person FROM person_key ORDER BY person LIMIT 1)"
                )
            }
            try queue.close()
            let ended = try await Program.run(try arguments(of: "serve", in: demo))
            #expect(ended.status == 78)
            #expect(try ended.failure()["error"]?.text == "keys.olderThanLog")
            #expect(try ended.failure()["remedy"]?.text?.contains("restore keys taken after the log") == true)
        }

        @Test(arguments: ["keys.sqlite", "secrets/deployment.key"])
        func `keys that others may read are refused with the command that mends it`(name: String) async throws {
            let folder = try TemporaryFolder()
            let demo = try await DemoShelf.shared.finished().copied(into: folder)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: "\(demo.hub)/\(name)")
            let ended = try await Program.run(try arguments(of: "serve", in: demo))
            #expect(ended.status == 78)
            #expect(try ended.failure()["error"]?.text == "keys.loosePermissions")
            #expect(try ended.failure()["remedy"]?.text?.contains("chmod 600") == true)
        }

        @Test func `keys of another hub are refused`() async throws {
            let folder = try TemporaryFolder()
            let demo = try await DemoShelf.shared.finished().copied(into: folder)
            let other = folder.path + "/other"
            let made = try await Program.run("init", "--json", "--data", other)
            try #require(made.status == 0, "\(made.everything)")
            for name in ["keys.sqlite", "secrets/deployment.key"] {
                try FileManager.default.removeItem(atPath: "\(demo.hub)/\(name)")
                try FileManager.default.copyItem(atPath: "\(other)/\(name)", toPath: "\(demo.hub)/\(name)")
            }
            let ended = try await Program.run(try arguments(of: "serve", in: demo))
            #expect(ended.status == 78)
            #expect(try ended.failure()["error"]?.text == "keys.foreignLog")
        }

        private func arguments(of command: String, in demo: DemoRun) throws -> [String] {
            let ports = command == "serve" ? ["--port", "\(try Port.free())", "--feed-port", "0"] : []
            return [command, "--json", "--data", demo.hub] + ports
        }
    }
}
