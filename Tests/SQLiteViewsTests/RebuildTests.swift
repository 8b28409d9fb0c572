import CaseViews
import Casework
import Deadlines
import EventSourcing
import Foundation
import HubTesting
import RuleBook
import SQLiteViews
import Testing
import ViewTesting

/// A rebuild gives what was there, row for row, and replaces it only when it is complete.
@Suite struct RebuildTests {
    @Test func `a rebuild from the log equals the live views row for row`() async throws {
        var chance = SeededGenerator.printed()
        let (story, _) = try wandered(seed: chance.next(), cases: 6, steps: 400)
        let store = try ViewsFile()
        let views = try store.open()
        try await views.apply(story.events)
        try views.close()
        let live = try store.dump()
        var reported: [Position] = []
        let log = StoryLog(story)
        let reached = try await SQLiteViews.rebuild(at: store.path, from: log) { place, _ in reported.append(place) }
        #expect(reached == story.events.last?.position)
        #expect(reported.last == reached)
        let rebuilt = try store.dump()
        for table in live.keys { #expect(live[table] == rebuilt[table], "table \(table)") }
        let again = try store.open()
        #expect(try await again.position() == reached)
    }

    static let rooms = [
        RebuildRoom(stretch: 1, cases: 0), RebuildRoom(stretch: 7, cases: 0), RebuildRoom(stretch: 7, cases: 3),
        RebuildRoom(stretch: 13, cases: 1), RebuildRoom(stretch: 50, cases: 2), RebuildRoom(stretch: 90),
        RebuildRoom(stretch: 10_000, cases: 0),
    ]

    @Test(arguments: rooms) func `however much a rebuild keeps in memory, it writes the same rows`(room: RebuildRoom)
        async throws
    {
        var chance = SeededGenerator.printed()
        let (story, _) = try wandered(seed: chance.next(), cases: 6, steps: 300)
        let live = try ViewsFile()
        let views = try live.open()
        for event in story.events { try await views.apply([event]) }
        try views.close()
        let store = try ViewsFile()
        try await SQLiteViews.rebuild(at: store.path, from: StoryLog(story), room: room)
        let (wanted, rebuilt) = (try live.dump(), try store.dump())
        #expect(wanted.keys.sorted() == rebuilt.keys.sorted())
        for table in wanted.keys { #expect(wanted[table] == rebuilt[table], "table \(table)") }
        // What comes after finds what the rebuild left.
        let again = try store.open()
        #expect(try await again.position() == story.events.last?.position)
    }

    @Test func `an interrupted rebuild leaves the old views as they were`() async throws {
        let (story, _) = try wandered(seed: 2)
        let store = try ViewsFile()
        let views = try store.open()
        try await views.apply(story.events)
        try views.close()
        let live = try store.dump()
        await #expect(throws: EventLogError.self) {
            try await SQLiteViews.rebuild(at: store.path, from: StoryLog(story, failingAfter: 20))
        }
        #expect(try store.dump() == live)
        #expect(!FileManager.default.fileExists(atPath: store.path + ".rebuild"))
    }
}
