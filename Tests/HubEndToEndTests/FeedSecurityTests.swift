import EventSourcing
import Foundation
import Testing

extension EndToEndTests {
    /// Whom the feed lets in: only a department with its own enrolled key.
    @Suite struct FeedSecurityTests {
        @Test func `an adapter with a key nobody enrolled is turned away and says so`() async throws {
            let hub = try await HubCopy()
            let stranger = hub.folder.path + "/stranger"
            let made = try await Program.run(
                "adapter", "init", "--json", "--department", "jiaoyu", "--dir", stranger)
            #expect(made.status == 0, "\(made.everything)")
            let pinned = try await pin("jiaoyu", at: stranger, from: hub.demo.department("jiaoyu"))
            #expect(pinned.status == 0, "\(pinned.everything)")
            let adapter = try Program.start("adapter", "run", "--department", "jiaoyu", "--dir", stranger)
            try await adapter.says("feed.keyRefused")
            let status = try await Program.run(
                "adapter", "status", "--json", "--department", "jiaoyu", "--dir", stranger)
            #expect(try status.json()["status"]?["sequence"] == .integer(0))
            #expect(try status.json()["status"]?["fault"]?.text?.isEmpty == false)
            let stopped = try await adapter.stop()
            #expect(stopped.errors.contains("department keys") || stopped.errors.contains("enrolment sheet"))
            #expect(try await hub.stop().status == 0)
        }

        @Test func `another department's sheet is refused and changes nothing`() async throws {
            let folder = try TemporaryFolder()
            let demo = try await DemoShelf.shared.finished().copied(into: folder)
            let own = demo.department("fulian") + "/hub-sheet.txt"
            let before = try Data(contentsOf: URL(filePath: own))
            let pinned = try await pin("fulian", at: demo.department("fulian"), from: demo.department("jiaoyu"))
            #expect(pinned.status == 65)
            #expect(try pinned.failure()["error"]?.text == "sheet.otherDepartment")
            #expect(try Data(contentsOf: URL(filePath: own)) == before)

            try Data(contentsOf: URL(filePath: demo.department("jiaoyu") + "/hub-sheet.txt")).write(
                to: URL(filePath: own))
            let run = try await Program.run(
                "adapter", "run", "--department", "fulian", "--dir", demo.department("fulian"))
            #expect(run.status == 78, "\(run.everything)")
            #expect(run.errors.contains("sheet.otherDepartment"))
        }

        @Test func `a department's key opens no other department's feed`() async throws {
            let hub = try await HubCopy()
            // Its own enrolled keys, and a sheet made out for another body.
            let thief = hub.folder.path + "/thief"
            let files = FileManager.default
            try files.createDirectory(atPath: thief + "/run", withIntermediateDirectories: true)
            try files.copyItem(atPath: hub.demo.department("jiaoyu") + "/keys", toPath: thief + "/keys")
            let pinned = try await pin("minzheng", at: thief, from: hub.demo.department("minzheng"))
            #expect(pinned.status == 0, "\(pinned.everything)")
            let adapter = try Program.start("adapter", "run", "--department", "minzheng", "--dir", thief)
            let ended = try await adapter.end(atMost: 30)
            #expect(ended.status == 78, "\(ended.everything)")
            #expect(Canary.found(in: thief).isEmpty)
            #expect(try await hub.stop().status == 0)
        }

        @Test func `an adapter that was stopped catches up, and a second one in its folder is refused`() async throws {
            let hub = try await HubCopy()
            let folder = hub.demo.department("jiaoyu")
            for name in try FileManager.default.contentsOfDirectory(atPath: folder)
            where name.hasPrefix("department.sqlite") {
                try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
            }
            let adapter = try Program.start("adapter", "run", "--department", "jiaoyu", "--dir", folder)
            _ = try await Deadline(seconds: 30).wait(for: "the whole slice again") { () -> Bool? in
                guard let status = try? await status(of: "jiaoyu", in: folder) else { return nil }
                let isWhole = status["sequence"] == status["headSequence"] && status["headSequence"] != nil
                return isWhole && status["connection"]?.text == "live" ? true : nil
            }
            let undisturbed = try await DemoShelf.shared.finished()
            let entries = try undisturbed.holdings(of: "jiaoyu").filter { $0.hasPrefix("entry ") }
            #expect(try hub.demo.holdings(of: "jiaoyu").filter { $0.hasPrefix("entry ") } == entries)

            let inbox = try await Program.run("adapter", "inbox", "--json", "--department", "jiaoyu", "--dir", folder)
            #expect(inbox.status == 0)
            let unknown = try await Program.run(
                "adapter", "show", "--json", "--department", "jiaoyu", "--dir", folder, "DY23-00001-R9")
            #expect(unknown.status != 0)
            let second = try await Program.run("adapter", "run", "--department", "jiaoyu", "--dir", folder)
            #expect(second.status == 75, "\(second.everything)")
            #expect(try await adapter.stop().status == 0)
            let away = try await Program.run("adapter", "inbox", "--json", "--department", "jiaoyu", "--dir", folder)
            #expect(away.status == 69)
            #expect(try await hub.stop().status == 0)
        }

        private func pin(_ department: String, at folder: String, from other: String) async throws -> Program.Ended {
            try await Program.run(
                "adapter", "pin", "--json", "--department", department, "--dir", folder, "--sheet",
                other + "/hub-sheet.txt")
        }

        private func status(of department: String, in folder: String) async throws -> JSONValue {
            let ended = try await Program.run(
                "adapter", "status", "--json", "--department", department, "--dir", folder)
            return try ended.json()["status"] ?? .null
        }
    }
}
