import CaseViews
import Casework
import Deadlines
import EventSourcing
import Foundation
import GRDB
import HubTesting
import RuleBook
import Testing
import ViewTesting

@testable import SQLiteViews

/// The views in SQLite: one fold, whole pages, thrown away at will.
@Suite struct SQLiteViewsTests {
    @Test func `page by page, all at once, reopened between pages: the rows are the same`() async throws {
        var chance = SeededGenerator.printed()
        for _ in 0..<4 {
            let (story, _) = try wandered(seed: chance.next())
            let whole = try ViewsFile()
            let views = try whole.open()
            try await views.apply(story.events)
            try views.close()

            let paged = try ViewsFile()
            var rest = story.events[...]
            while !rest.isEmpty {
                let reopened = try paged.open()
                for _ in 0..<3 where !rest.isEmpty {
                    let size = Int.random(in: 1...40, using: &chance)
                    try await reopened.apply(Array(rest.prefix(size)))
                    rest = rest.dropFirst(size)
                }
                try reopened.close()
            }
            let (left, right) = (try whole.dump(), try paged.dump())
            #expect(left.keys == right.keys)
            for table in left.keys { #expect(left[table] == right[table], "table \(table)") }
        }
    }

    @Test func `the views of a case are what a replay folds`() async throws {
        var chance = SeededGenerator.printed()
        for _ in 0..<4 {
            let (story, files) = try wandered(seed: chance.next())
            let file = try ViewsFile()
            let views = try file.open()
            try await views.apply(story.events)
            for one in files {
                let replay = try #require(try CaseReplay(of: one.id, events: story.events, asOf: story.now))
                #expect(try await views.caseRow(one.id) == replay.row)
                #expect(try await views.caseRow(numbered: one.number) == replay.row)
                #expect(try await views.timeline(of: one.id, after: .start, limit: 500) == replay.timeline)
                let rows = try await views.deadlines(of: one.id)
                let folded = replay.deadlines.filter { $0.caseID == one.id }
                #expect(rows.sorted { $0.id < $1.id } == folded.sorted { $0.id < $1.id })
            }
        }
    }

    @Test func `the board's lights are the rows' own, its pages make the whole`()
        async throws
    {
        var chance = SeededGenerator.printed()
        let (story, _) = try wandered(seed: chance.next(), cases: 8, steps: 400)
        let file = try ViewsFile()
        let views = try file.open()
        try await views.apply(story.events)
        for back in [Int64(0), 3, 9, 30] {
            let now = story.now.advanced(byMilliseconds: -back * 86_400_000)
            let open = try await wholeBoard(views, BoardFilter(), now, page: 500)
            for size in [1, 7] {
                #expect(try await wholeBoard(views, BoardFilter(), now, page: size) == open)
            }
            #expect(
                open
                    == open.sorted {
                        BoardKey(of: $0, on: BoardFilter(), at: now) < BoardKey(of: $1, on: BoardFilter(), at: now)
                    })
            for state in DeadlineState.allCases where state.isOpen {
                let lit = try await wholeBoard(views, BoardFilter(states: [state]), now, page: 5)
                #expect(lit == open.filter { $0.state(at: now) == state }, "\(state)")
            }
        }
        for state in [DeadlineState.met, .metLate, .cancelled] {
            let ended = try await wholeBoard(views, BoardFilter(states: [state]), story.now, page: 3)
            #expect(ended.allSatisfy { $0.state(at: story.now) == state })
        }
    }

    private func wholeBoard(
        _ views: SQLiteViews, _ filter: BoardFilter, _ now: Instant, page: Int
    ) async throws -> [DeadlineRow] {
        var rows: [DeadlineRow] = []
        var key: BoardKey?
        repeat {
            let next = try await views.board(filter, at: now, after: key, limit: page)
            rows += next.rows
            key = next.next
        } while key != nil
        return rows
    }

    @Test func `a row that leaves between two pages shifts no other row`() async throws {
        var story = try wandered(seed: 3, cases: 1, steps: 0).story
        var files: [CaseInStory] = []
        for serial in 1...6 { files.append(try story.apply("DY23-2000\(serial)")) }
        let file = try ViewsFile()
        let views = try file.open()
        try await views.apply(story.events)
        let filter = BoardFilter(rule: try known("case.exit"))
        let first = try await views.board(filter, at: story.now, after: nil, limit: 3)
        let before = story.events.count
        let gone = try #require(files.first { $0.id == first.rows[0].caseID })
        try story.exit(gone)
        try await views.apply(Array(story.events[before...]))
        let second = try await views.board(filter, at: story.now, after: first.next, limit: 10)
        let seen = Set((first.rows + second.rows).compactMap(\.caseID))
        #expect(seen.count == first.rows.count + second.rows.count)
        #expect(seen.isSuperset(of: files.map(\.id)))
    }

    @Test func `a department's worklist holds its open referrals, nearest first`() async throws {
        var story = try wandered(seed: 4, cases: 1, steps: 0).story
        story.day("2023-08-18")
        var file = try story.apply("DY23-20001")
        let late = try story.dispatch(&file, to: "gongan", co: ["fulian"], limit: .workingDays(10))
        story.day("2023-08-21")
        let soon = try story.dispatch(&file, to: "gongan", limit: .calendarDays(1))
        try story.receive(file, late, by: "gongan")
        try story.accept(file, late, by: "gongan")
        let store = try ViewsFile()
        let views = try store.open()
        try await views.apply(story.events)
        let gongan: DepartmentCode = try known("gongan")
        let rows = try await views.worklist(
            WorklistFilter(of: gongan, includingClosed: false), at: story.now, limit: 10)
        #expect(rows.map(\.referral) == [soon, late])
        #expect(rows.map(\.state) == [.dispatched, .accepted])
        let co = try await views.worklist(
            WorklistFilter(of: known("fulian"), includingClosed: false), at: story.now, limit: 10)
        #expect(co.map(\.role) == [.coHandler])
        let before = story.events.count
        try story.complete(file, late, by: "gongan")
        try await views.apply(Array(story.events[before...]))
        #expect(
            try await views.worklist(WorklistFilter(of: gongan, includingClosed: false), at: story.now, limit: 10).map(
                \.referral) == [
                    soon
                ])
        #expect(
            try await views.worklist(WorklistFilter(of: gongan, includingClosed: true), at: story.now, limit: 10).map(
                \.referral) == [
                    soon, late,
                ])
        #expect(try await views.caseRow(of: late)?.id == file.id)
    }

    @Test func `cases are found by person, department, town and state, newest first, page by page`() async throws {
        var story = try wandered(seed: 5, cases: 1, steps: 0).story
        var files: [CaseInStory] = []
        for serial in 1...5 { files.append(try story.apply("DY23-2000\(serial)")) }
        try story.dispatch(&files[1], to: "jiaoyu")
        try story.dispatch(&files[3], to: "jiaoyu")
        try story.exit(files[3])
        let store = try ViewsFile()
        let views = try store.open()
        try await views.apply(story.events)
        let jiaoyu: DepartmentCode = try known("jiaoyu")
        let both = try await views.cases(CaseFilter(department: jiaoyu), after: nil, limit: 1)
        #expect(both.rows.map(\.id) == [files[3].id])
        let rest = try await views.cases(CaseFilter(department: jiaoyu), after: both.next, limit: 1)
        #expect(rest.rows.map(\.id) == [files[1].id])
        #expect(rest.next == nil)
        let exited = try await views.cases(CaseFilter(states: [.exited]), after: nil, limit: 10)
        #expect(exited.rows.map(\.id) == [files[3].id])
        let one = try await views.cases(CaseFilter(person: files[2].applicant), after: nil, limit: 10)
        #expect(one.rows.map(\.id) == [files[2].id])
        let all = try await views.cases(CaseFilter(town: Story.town()), after: nil, limit: 10)
        #expect(all.rows.count == 6)
        #expect(try await views.caseRow(numbered: files[1].number.referral(1))?.id == files[1].id)
    }

    @Test func `open requests leave the list when they become a case`() async throws {
        var story = try wandered(seed: 6, cases: 1, steps: 0).story
        let kept = try story.reportRequest("DY23-Q20001")
        let used = try story.reportRequest("DY23-Q20002")
        let file = try story.apply("DY23-20002", request: used)
        let store = try ViewsFile()
        let views = try store.open()
        try await views.apply(story.events)
        let open = try await views.openRequests(after: .start, limit: 10).map(\.id)
        #expect(open.contains(kept) && !open.contains(used))
        #expect(try await views.request(used)?.caseID == file.id)
    }

    @Test func `the newest sealed part of each group of a person is known by place, never by content`() async throws {
        var story = try wandered(seed: 7, cases: 1, steps: 0).story
        let file = try story.apply("DY23-20001")
        try story.visit(file)
        try story.visit(file)
        let last = try #require(story.events.last)
        let store = try ViewsFile()
        let views = try store.open()
        try await views.apply(story.events)
        let parts = try await views.sealedParts(of: [file.applicant])
        #expect(parts.map(\.group) == [.narrative])
        #expect(parts.map(\.position) == [last.position])
    }

    @Test func `a gap is refused and a repeat is skipped`() async throws {
        let (story, _) = try wandered(seed: 8)
        let store = try ViewsFile()
        let views = try store.open()
        try await views.apply(Array(story.events.prefix(10)))
        let before = try store.dump()
        await #expect(throws: ViewStoreError.gap(expected: Position(11), found: Position(12))) {
            try await views.apply(Array(story.events[11...12]))
        }
        try await views.apply(Array(story.events.prefix(10)))
        #expect(try store.dump() == before)
        try await views.apply(story.events)
        #expect(try await views.position() == story.events.last?.position)
    }

    @Test func `an unreadable event stops the page before it, and nothing of the page stays`() async throws {
        var (story, _) = try wandered(seed: 9, cases: 1, steps: 5)
        _ = try story.apply("DY23-20001")
        let store = try ViewsFile()
        let views = try store.open()
        let good = story.events[story.events.count - 2]
        let damaged = RecordedEvent(
            position: good.position, eventID: good.eventID, appendFirst: good.appendFirst, type: good.type,
            schemaVersion: 1, occurredAt: good.occurredAt, recordedAt: good.recordedAt, meta: good.meta,
            data: Data("{\"caseFile\":7}".utf8), tags: good.tags, disclosureBytes: good.disclosureBytes, salt: nil,
            removed: nil,
            leaf: good.leaf, sealed: [])
        await #expect(throws: ViewStoreError.self) {
            try await views.apply(Array(story.events.dropLast(2)) + [damaged])
        }
        #expect(try await views.position() == .start)
        try await views.apply(story.events)
        #expect(try await views.position() == story.events.last?.position)
    }

    @Test func `views of another log or epoch begin anew`() async throws {
        let (story, _) = try wandered(seed: 10)
        let store = try ViewsFile()
        let views = try store.open()
        try await views.apply(story.events)
        try views.close()
        let same = try store.open()
        #expect(try await same.position() == story.events.last?.position)
        try same.close()
        var chance = SeededGenerator(seed: 99)
        let restored = LogIdentity(logID: ViewsFile.identity.logID, epoch: chance.uniqueID(), isDemo: true)
        let fresh = try SQLiteViews.open(at: store.path, for: restored)
        #expect(try await fresh.position() == .start)
        try fresh.close()
        try Data("no database at all, but long enough to be looked at".utf8).write(to: URL(filePath: store.path))
        let overDamage = try store.open()
        #expect(try await overDamage.position() == .start)
    }

    @Test func `a worklist shows broken promises before what is merely due (N-16)`() async throws {
        var story = try wandered(seed: 4, cases: 1, steps: 0).story
        story.day("2023-08-18")
        var file = try story.apply("DY23-20001")
        let soon = try story.dispatch(&file, to: "gongan", limit: .calendarDays(2))
        let promised = try story.dispatch(&file, to: "gongan", limit: .workingDays(10))
        try story.receive(file, promised, by: "gongan")
        try story.record(
            .accepted(
                .init(
                    referral: promised, caseFile: file.id, department: try known("gongan"),
                    handlingPost: try known("gongan/desk"), nextPromise: try known("2023-08-21"))), by: "gongan")
        let store = try ViewsFile()
        let views = try store.open()
        try await views.apply(story.events)
        let gongan: DepartmentCode = try known("gongan")
        story.day("2023-08-21")
        var rows = try await views.worklist(WorklistFilter(of: gongan, includingClosed: true), at: story.now, limit: 10)
        #expect(rows.map(\.referral) == [soon, promised], "its day is not over")
        story.day("2023-08-22")
        rows = try await views.worklist(WorklistFilter(of: gongan, includingClosed: true), at: story.now, limit: 10)
        #expect(rows.map(\.referral) == [promised, soon])
        #expect(rows.map { $0.isPromiseBroken(at: story.now) } == [true, false])
        #expect(
            try await views.worklist(WorklistFilter(of: gongan, includingClosed: false), at: story.now, limit: 1).count
                == 1)
        try views.close()
    }

    @Test func `§4.6: what has not arrived is listed, the longest waiting first, until a system or a hand says so`()
        async throws
    {
        var story = try wandered(seed: 4, cases: 1, steps: 0).story
        story.day("2023-08-18")
        var file = try story.apply("DY23-20001")
        let early = try story.dispatch(&file, to: "gongan", co: ["fulian"], limit: .workingDays(10))
        let sent = story.now
        story.day("2023-08-21")
        let late = try story.dispatch(&file, to: "jiaoyu", limit: .workingDays(10))
        let store = try ViewsFile()
        let views = try store.open()
        try await views.apply(story.events)
        var filter = WorklistFilter()
        filter.undeliveredSince = sent
        #expect(try await views.worklist(filter, at: story.now, limit: 10).map(\.referral) == [early, early])
        filter.undeliveredSince = story.now
        var rows = try await views.worklist(filter, at: story.now, limit: 10)
        #expect(rows.map(\.department.description) == ["fulian", "gongan", "jiaoyu"])
        var before = story.events.count
        try story.record(
            .delivered(.init(referral: early, caseFile: file.id, department: try known("gongan"), cycle: 1)),
            by: "gongan")
        try story.receive(file, late, by: "jiaoyu")
        try await views.apply(Array(story.events[before...]))
        rows = try await views.worklist(filter, at: story.now, limit: 10)
        #expect(rows.map(\.department.description) == ["fulian"])
        let shown = try #require(try await views.caseRow(of: early)?.referrals.first { $0.id == early })
        #expect(shown.deliveries == [.init(department: try known("gongan"), cycle: 1, at: story.now)])
        #expect(shown.state == .dispatched)
        before = story.events.count
        try story.record(
            .delivered(.init(referral: early, caseFile: file.id, department: try known("fulian"), cycle: 1)),
            by: "fulian")
        try await views.apply(Array(story.events[before...]))
        #expect(try await views.worklist(filter, at: story.now, limit: 10).isEmpty)
        try views.close()
    }

    @Test func `every page of the board, of cases and of worklists is found along an index`() throws {
        let store = try ViewsFile()
        let views = try store.open()
        let now = Instant(milliseconds: 1_692_061_200_000)
        let owner = BoardFilter.Owner.department(try known("jiaoyu"))
        let filters = [
            BoardFilter(), BoardFilter(states: [.overdue]), BoardFilter(states: [.dueSoon, .paused]),
            BoardFilter(owner: owner), BoardFilter(owner: .centre), BoardFilter(rule: try known("case.exit")),
            BoardFilter(town: try Story.town()), BoardFilter(states: [.met]), BoardFilter(states: [.cancelled]),
        ]
        for filter in filters {
            let query = BoardQuery(filter, at: now, after: nil, limit: 50)
            for cells in query.cells {
                let plan = try store.plan(cells.sql, cells.arguments)
                let isAlongIndex =
                    plan.contains("USING COVERING INDEX open_cell_")
                    || plan.contains("USING COVERING INDEX closed_cell_")
                #expect(isAlongIndex && !plan.contains("TEMP B-TREE"), "\(cells.sql): \(plan)")
            }
        }
        var narrow = [BoardFilter(policyItem: try known("living.support")), BoardFilter(), BoardFilter()]
        narrow[1].handler = try known("jiaoyu/desk")
        narrow[2].startedFrom = try known("2023-08-15")
        narrow[2].startedThrough = try known("2023-08-18")
        for filter in narrow {
            let rows = try #require(BoardQuery(filter, at: now, after: nil, limit: 50).openRows)
            for part in rows {
                let plan = try store.plan(part.sql, part.arguments)
                #expect(plan.contains("USING INDEX deadline_") && !plan.contains("TEMP B-TREE"), "\(part.sql): \(plan)")
            }
        }
        var chance = SeededGenerator(seed: 1)
        let person: PersonReference = chance.id()
        let caseFilters = [
            CaseFilter(), CaseFilter(states: [.open]), CaseFilter(town: try Story.town()),
            CaseFilter(department: try known("jiaoyu")), CaseFilter(person: person),
        ]
        for filter in caseFilters {
            let (sql, arguments) = SQLiteViews.caseQuery(filter, after: nil, limit: 50)
            let plan = try store.plan(sql, arguments)
            #expect(!plan.contains("TEMP B-TREE"), "\(sql): \(plan)")
        }
        let ofOne = WorklistFilter(of: try known("jiaoyu"), includingClosed: true)
        let ofAll = WorklistFilter(onlyBrokenPromises: true)
        var undelivered = WorklistFilter()
        undelivered.undeliveredSince = now
        for (sql, arguments) in [ofOne, ofAll, undelivered].flatMap({
            SQLiteViews.worklistQueries($0, at: now, limit: 50)
        }) {
            let plan = try store.plan(sql, arguments)
            #expect(plan.contains("USING INDEX worklist_") && !plan.contains("TEMP B-TREE"), "\(sql): \(plan)")
        }
        try views.close()
    }
}
