import EventSourcing
import Foundation
import HubServer
import Testing

extension EndToEndTests {
    /// A year's notice from file to log: checked, shown with every date it moves, published once.
    @Suite struct CalendarImportTests {
        private static func notice(correction: String) -> String {
            """
            announcement:
              year: 2023
              version: CN-2023.9
              announcedOn: 2023-08-01
              source: 测试通知
              holidays:
                - { name: 国庆节, first: 2023-10-02, last: 2023-10-09, work: [2023-10-14] }
            \(correction)
            """
        }

        @Test
        func `a notice that contradicts an announced year is refused, and its correction moves dates with a digest`()
            async throws
        {
            let folder = try TemporaryFolder()
            let hub = try await DemoShelf.shared.finished().copied(into: folder).hub
            let file = folder.path + "/notice.yaml"
            try Data(Self.notice(correction: "").utf8).write(to: URL(filePath: file))
            let refused = try await Program.run("calendar", "import", file, "--data", hub, "--json")
            #expect(refused.status == 65)
            #expect(try refused.failure()["error"]?.text == "rules.calendarContradicts")
            let checked = try await Program.run("calendar", "check", file, "--rules", Program.rulebook, "--json")
            #expect(checked.status == 65)

            try Data(Self.notice(correction: "  correction: 更正国庆安排").utf8).write(to: URL(filePath: file))
            #expect(try await Program.run("calendar", "check", file, "--rules", Program.rulebook).status == 0)
            let dry = try await Program.run("calendar", "import", file, "--dry-run", "--data", hub, "--json")
            #expect(dry.status == 0, "\(dry.everything)")
            #expect(try dry.json()["published"] == .bool(false))
            let preview = try #require(try dry.json()["preview"])
            let digest = try #require(preview["digest"]?.text)
            #expect(digest.hasPrefix("sha256:") && digest.utf8.count == 71)
            guard case .array(let moves)? = try dry.json()["moves"] else {
                Issue.record("no moves")
                return
            }
            #expect(preview["impact"]?["moved"] == .integer(Int64(moves.count)))
            for move in moves {
                #expect(move["before"]?.text != move["after"]?.text && move["deadline"] != nil && move["duty"] != nil)
            }

            let other = try await Program.run(
                "calendar", "import", file, "--digest", "sha256:0", "--data", hub, "--json")
            #expect(try other.failure()["error"]?.text == "calendar.reportChanged")
            let published = try await Program.run(
                "calendar", "import", file, "--digest", digest, "--data", hub, "--json")
            #expect(try published.json()["published"] == .bool(true), "\(published.everything)")
            let shown = try await Program.run("calendar", "show", "2023-10-14", "--data", hub, "--json")
            #expect(try shown.json()["reason"]?.text == "makeupWorkday")
            #expect(try shown.json()["calendarVersion"]?.text == "CN-2023.9")
        }

        @Test func `a year is shown as a table and a day with its reason, and what is no date is exit 65`() async throws
        {
            let year = try await Program.run("calendar", "show", "2026", "--rules", Program.rulebook, "--json")
            #expect(try year.json()["workingDays"] == .integer(248))
            #expect(try year.json()["mark"]?.text == "announced")
            let text = try await Program.run("calendar", "show", "2027", "--rules", Program.rulebook)
            #expect(text.output.contains("暂定"))
            let day = try await Program.run("calendar", "show", "2027-02-09", "--rules", Program.rulebook)
            #expect(day.output.contains("放假") && day.output.contains("暂定"), "\(day.everything)")
            #expect(
                try await Program.run("calendar", "show", "soon", "--rules", Program.rulebook).status == 65)
            let shipped = try await Program.run("calendar", "check", Program.rulebook + "/calendar.yaml", "--json")
            #expect(shipped.status == 0, "\(shipped.everything)")
        }
    }
}
