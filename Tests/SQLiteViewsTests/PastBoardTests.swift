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
import WorkingCalendar

/// The whole board of a past time, by both questions (`reference/deadlines.md` §5.7).
@Suite struct PastBoardTests {
    private func whole(_ board: PastBoard, _ at: Instant) async throws -> [DeadlineRow] {
        try await board.views.board(BoardFilter(), at: at, after: nil, limit: 500).rows
    }

    @Test func `as the hub knew at T is the board that stood at T, however often and whenever it is asked`()
        async throws
    {
        var chance = SeededGenerator.printed()
        let (story, _) = try wandered(seed: chance.next(), cases: 5, steps: 200)
        let folder = try ViewsFile()
        let past = PastBoards(in: folder.folder.appending(path: "past").path, of: StoryLog(story))
        for _ in 0..<5 {
            let place = Int(chance.next() % UInt64(story.events.count))
            let instant = story.events[place].recordedAt
            let then = try ViewsFile()
            let live = try then.open()
            try await live.apply(story.events.filter { $0.recordedAt <= instant })
            let stood = try await live.board(BoardFilter(), at: instant, after: nil, limit: 500).rows
            for _ in 0..<2 {
                let board = try await past.board(of: PastMoment(.asKnownAt, instant))
                #expect(try await whole(board, instant) == stood)
                let counts = try await board.views.counts(BoardFilter(), at: instant)
                #expect(counts.total == BoardCounts(of: stood, at: instant, position: counts.position).total)
            }
            try live.close()
        }
    }

    @Test func `a visit entered late was overdue as the hub knew, and met as it truly was`() async throws {
        var story = Story(at: Instant(milliseconds: 0), seed: 6)
        story.day("2023-08-01")
        try story.layDownRules()
        story.day("2023-08-15")
        let file = try story.apply("DY23-00001")
        // Made on the 17th, in time; entered on the 22nd.
        story.day("2023-08-17")
        let visited = story.now
        story.day("2023-08-22")
        try story.visit(file)
        let events = story.events.dropLast() + [story.events[story.events.count - 1].occurred(visited)]
        story.day("2023-08-20")
        let asked = story.now
        let folder = try ViewsFile()
        let log = StoryLog(Array(events))
        let past = PastBoards(in: folder.folder.appending(path: "past").path, of: log)
        let rule: DeadlineRuleID = try known("visit.home")
        let known = try await whole(past.board(of: PastMoment(.asKnownAt, asked)), asked)
        #expect(known.first { $0.id.rule == rule }?.state(at: asked) == .overdue)
        let truly = try await past.board(of: PastMoment(.asItWasAt, asked))
        #expect(try await whole(truly, asked).allSatisfy { $0.id.rule != rule })
        let met = try await truly.views.board(
            BoardFilter(states: [.met], rule: rule), at: asked, after: nil, limit: 10)
        #expect(met.rows.count == 1)
        for (view, isOpen) in [(PastMoment.View.asKnownAt, true), (.asItWasAt, false)] {
            let replay = try #require(
                try CaseReplay(of: file.id, events: Array(events), asOf: asked, view: view))
            #expect(replay.view == view)
            #expect(replay.deadlines.first { $0.id.rule == rule }?.isOpen == isOpen)
        }
    }

    @Test func `the file of a past board goes when nobody holds it`() async throws {
        let (story, _) = try wandered(seed: 3, cases: 1, steps: 20)
        let folder = try ViewsFile()
        let path = folder.folder.appending(path: "past").path
        do {
            let past = PastBoards(in: path, of: StoryLog(story))
            for back in [Int64(0), 1, 2, 3] {
                let instant = story.now.advanced(byMilliseconds: -back * 3_600_000)
                _ = try await past.board(of: PastMoment(.asItWasAt, instant))
            }
            let files = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".sqlite") }
            #expect(files.count <= 2, "\(files)")
        }
        let left = try FileManager.default.contentsOfDirectory(atPath: path)
        #expect(left.isEmpty, "\(left)")
    }
}

extension RecordedEvent {
    /// The same event, said to have happened at another time.
    fileprivate func occurred(_ instant: Instant) -> RecordedEvent {
        RecordedEvent(
            position: position, eventID: eventID, appendFirst: appendFirst, type: type, schemaVersion: schemaVersion,
            occurredAt: instant, recordedAt: recordedAt, meta: meta, data: data, tags: tags,
            disclosureBytes: disclosureBytes, salt: salt, removed: removed, leaf: leaf, sealed: sealed)
    }
}
