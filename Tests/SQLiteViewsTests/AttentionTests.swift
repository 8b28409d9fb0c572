import CaseViews
import Casework
import Deadlines
import EventSourcing
import Foundation
import GRDB
import HubTesting
import RuleBook
import SQLiteViews
import Testing
import ViewTesting
import WorkingCalendar

/// The order of a board of which nothing else is asked (`reference/deadlines.md` §6.2), against a plain sort.
@Suite struct AttentionTests {
    /// Where a row belongs, said in the words of the page and by nothing of the board's own.
    private func place(_ row: DeadlineRow, _ calendar: WorkingCalendar, _ now: Instant) -> (Int, Int64) {
        let never = Int64.max
        let due = row.dueAt?.milliseconds ?? never
        let today = CivilDay(containing: now.milliseconds)
        if row.bound == .floor { return (7, never) }
        if let pause = row.openPause, row.dueAt == nil {
            let began = CivilDay(containing: pause.from.milliseconds)
            let isTooLong = pause.reason == .applicant && calendar.workingDays(after: began, through: today) > 20
            // Longest first.
            return (isTooLong ? 4 : 6, began.startMilliseconds)
        }
        if due <= now.milliseconds { return (row.isUrgent == true ? 0 : 1, due) }
        if row.limit.endsAtInstant { return (2, due) }
        return (row.warnAt.map { $0 <= now } ?? false ? 3 : 5, due)
    }

    private func county(_ seed: UInt64, _ chance: inout SeededGenerator) throws -> Story {
        var (story, files) = try wandered(seed: seed, cases: 12, steps: 500)
        for file in files.shuffled(using: &chance).prefix(4) {
            try story.record(
                .casework(
                    .relief(
                        .emergencyReported(
                            .init(
                                caseFile: file.id, kind: .noShelter, channel: .hotline, onDuty: known("minzheng/relief")
                            )))))
        }
        for number in 1...3 {
            let file = try story.apply("DY23-3000\(number)")
            try story.record(
                .casework(
                    .deadline(
                        .paused(
                            .init(
                                caseFile: file.id, rule: try known("case.exit"), instance: .caseFile(file.id),
                                reason: .applicant, expectedUntil: try known("2023-12-25"), basis: "test",
                                noticeGivenAt: story.now)))))
            story.now = story.now.advanced(byMilliseconds: 3 * 86_400_000)
        }
        return story
    }

    @Test func `overdue emergencies come first, then what is overdue, hours, due soon, paused too long, on time`()
        async throws
    {
        var chance = SeededGenerator.printed()
        let story = try county(chance.next(), &chance)
        var history = RuleBookHistory()
        for event in story.events { _ = try history.evolve(with: event) }
        let book = history.current
        let calendar = try #require(book.calendar)
        let file = try ViewsFile()
        let views = try file.open()
        try await views.apply(story.events)
        let queue = try DatabaseQueue(path: file.path)
        let bodies = try await queue.read { db in try Data.fetchAll(db, sql: "SELECT body FROM deadline") }
        try queue.close()
        let open = try bodies.map { try EventJSON.decode(DeadlineRow.self, from: $0) }.filter(\.isOpen)
        var places: Set<Int> = []
        for days in [Int64(-9), 0, 2, 6, 30, 45] {
            let now = story.now.advanced(byMilliseconds: days * 86_400_000 + 3_600_000)
            let sorted = open.map { (row: $0, place: place($0, calendar, now)) }
                .sorted { ($0.place.0, $0.place.1, $0.row.id) < ($1.place.0, $1.place.1, $1.row.id) }
            places.formUnion(sorted.map(\.place.0))
            for size in [2, 7, 500] {
                var seen: [DeadlineID] = []
                var key: BoardKey?
                repeat {
                    var filter = BoardFilter()
                    let told = key?.toldAt ?? now
                    filter.look(up: book, at: told)
                    let page = try await views.board(filter, at: told, after: key, limit: size)
                    seen += page.rows.map(\.id)
                    key = page.next
                    #expect(key.map { BoardKey($0.description) == $0 && $0.fits(.attention, at: now) } ?? true)
                } while key != nil
                #expect(seen == sorted.map(\.row.id), "\(days) days, pages of \(size)")
            }
        }
        #expect(places.isSuperset(of: [0, 1, 2, 3, 4, 5, 6]), "not every kind was there: \(places.sorted())")
        try views.close()
    }

    @Test func `a walk over the pages that midnight falls into shows each row once and skips none`() async throws {
        var chance = SeededGenerator.printed()
        let story = try county(chance.next(), &chance)
        let file = try ViewsFile()
        let views = try file.open()
        try await views.apply(story.events)
        let evening = Instant(milliseconds: CivilDay(containing: story.now.milliseconds).endMilliseconds - 1)
        let whole = try await views.board(BoardFilter(), at: evening, after: nil, limit: 500).rows
        var seen: [DeadlineRow] = []
        var key: BoardKey?
        repeat {
            // From the second page on it is tomorrow: the key says for when the order was made.
            let told = key?.toldAt ?? evening
            let page = try await views.board(BoardFilter(), at: told, after: key, limit: 3)
            seen += page.rows
            key = page.next
        } while key != nil
        #expect(seen == whole && whole.count > 6)
        try views.close()
    }

    @Test func `paused over so many working days counts the days after the one it began on`() async throws {
        var story = Story(at: Instant(milliseconds: 0))
        story.day("2023-08-14", hour: 8)
        try story.layDownRules()
        story.day("2023-08-15")
        let file = try story.apply("DY23-00001")
        try story.record(
            .casework(
                .deadline(
                    .paused(
                        .init(
                            caseFile: file.id, rule: try known("case.exit"), instance: .caseFile(file.id),
                            reason: .applicant, expectedUntil: try known("2023-12-25"), basis: "test",
                            noticeGivenAt: story.now)))))
        var history = RuleBookHistory()
        for event in story.events { _ = try history.evolve(with: event) }
        let stored = try ViewsFile()
        let views = try stored.open()
        try await views.apply(story.events)
        // The tenth working day after Tuesday 15 August is Tuesday 29 August.
        for (day, count) in [("2023-08-29", 0), ("2023-08-30", 1)] {
            story.day(day)
            var filter = BoardFilter()
            filter.pausedOver = 10
            filter.look(up: history.current, at: story.now)
            #expect(try await views.board(filter, at: story.now, after: nil, limit: 10).rows.count == count, "\(day)")
            #expect(try await views.counts(filter, at: story.now).total.paused == count, "\(day)")
        }
        try views.close()
    }

    @Test func `what was entered more than two working days after it happened is listed as a late record`()
        async throws
    {
        var story = Story(at: Instant(milliseconds: 0))
        story.day("2023-08-14", hour: 8)
        try story.layDownRules()
        story.day("2023-08-15")
        let files = [try story.apply("DY23-00001"), try story.apply("DY23-00002")]
        // Thursday to Monday is two working days; Wednesday to Monday three.
        story.day("2023-08-21")
        try story.visit(files[0], enteredAfter: 4)
        try story.visit(files[1], enteredAfter: 5)
        let stored = try ViewsFile()
        let views = try stored.open()
        try await views.apply(story.events)
        var filter = BoardFilter(states: [.met, .metLate])
        filter.isLateRecord = true
        let rows = try await views.board(filter, at: story.now, after: nil, limit: 10).rows
        // It counts by when it happened: in time, though entered after the last day.
        #expect(rows.map(\.caseID) == [files[1].id] && rows.allSatisfy { $0.state(at: story.now) == .met })
        try views.close()
    }
}
