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

/// Every filter, every page and every count of the stored board against one plain reading of all rows.
@Suite struct BoardFilterTests {
    /// All rows of a story's views, and the cases they belong to.
    private struct Truth {
        var rows: [DeadlineRow]
        var cases: [CaseID: CaseRow] = [:]

        func shown(_ filter: BoardFilter, at now: Instant) -> [DeadlineRow] {
            rows.filter { filter.shows($0, of: $0.caseID.flatMap { cases[$0] }, at: now) }
                .sorted { BoardKey(of: $0, on: filter, at: now) < BoardKey(of: $1, on: filter, at: now) }
        }
    }

    private func truth(_ file: ViewsFile, _ views: SQLiteViews, _ files: [CaseInStory]) async throws -> Truth {
        let queue = try DatabaseQueue(path: file.path)
        let bodies = try await queue.read { db in try Data.fetchAll(db, sql: "SELECT body FROM deadline") }
        try queue.close()
        var truth = Truth(rows: try bodies.map { try EventJSON.decode(DeadlineRow.self, from: $0) })
        for one in files { truth.cases[one.id] = try await views.caseRow(one.id) }
        return truth
    }

    /// A filter of some of the things found among the rows, and of some that are not.
    private func filter(
        _ truth: Truth, _ files: [CaseInStory], _ now: Instant, _ chance: inout SeededGenerator
    ) throws -> BoardFilter {
        var filter = BoardFilter()
        guard let row = truth.rows.randomElement(using: &chance) else { return filter }
        func maybe(_ odds: UInt64) -> Bool { chance.next() % odds == 0 }
        if maybe(2) {
            let count = 1 + Int(chance.next() % 3)
            filter.states = Set(DeadlineState.allCases.shuffled(using: &chance).prefix(count))
        }
        if maybe(3) { filter.owner = row.owner.map(BoardFilter.Owner.department) ?? .centre }
        if maybe(3) { filter.rule = row.id.rule }
        if maybe(4) { filter.town = row.town }
        if maybe(12) { filter.isWithoutTown = filter.town == nil }
        if maybe(6) { filter.policyItem = row.policyItem }
        if maybe(6) { filter.handler = row.handler }
        if maybe(5) { filter.kind = row.id.scope.kind }
        if maybe(6) { filter.channel = row.channel }
        if maybe(9) { filter.caseID = row.caseID }
        if maybe(8) { filter.pausedFor = DeadlineRule.PauseReason.allCases.randomElement(using: &chance) }
        if maybe(8) { filter.isUrgent = maybe(2) }
        if maybe(5) { filter.isPromise = maybe(2) }
        if maybe(5) { filter.isProvisional = maybe(2) }
        if maybe(8) { filter.onlyBeforeMeeting = true }
        let today = CivilDay(containing: now.milliseconds)
        if maybe(4) { filter.dueFrom = today.advanced(by: Int(chance.next() % 20) - 10) }
        if maybe(4) { filter.dueThrough = today.advanced(by: Int(chance.next() % 20)) }
        if maybe(5) { filter.startedFrom = today.advanced(by: -Int(chance.next() % 60)) }
        if maybe(5) { filter.startedThrough = today.advanced(by: -Int(chance.next() % 40)) }
        let keepers = truth.cases.values.flatMap(\.keepers).sorted { $0.key < $1.key }
        if maybe(8), let keeper = keepers.randomElement(using: &chance) { filter.keepers = [keeper] }
        if maybe(8) {
            filter.village = VillageOfTown("huangtang/xincun")
            filter.villageKeepers = Set(keepers.shuffled(using: &chance).prefix(2))
        }
        if maybe(6) { filter.level = LadderLevel.allCases.randomElement(using: &chance) }
        if maybe(6) { filter.levelFrom = LadderLevel.allCases.randomElement(using: &chance) }
        if maybe(6) { filter.isIrregular = maybe(2) }
        if maybe(9) { filter.isLateRecord = maybe(2) }
        if maybe(9) {
            filter.pausedOver = 10
            filter.pausedThrough = maybe(5) ? nil : today.advanced(by: -Int(chance.next() % 20))
        }
        for reason in DeadlineRule.PauseReason.allCases where maybe(2) {
            filter.overlong[reason] = today.advanced(by: -Int(chance.next() % 10))
        }
        if maybe(2) { filter.sort = BoardSort.allCases.randomElement(using: &chance) ?? .due }
        if filter.sort == .started, !filter.states.allSatisfy(\.isOpen) { filter.sort = .town }
        if maybe(6) {
            filter.hiddenPeople = Set(files.shuffled(using: &chance).prefix(2).map(\.applicant))
        }
        return filter
    }

    private func paged(
        _ views: SQLiteViews, _ filter: BoardFilter, _ now: Instant, _ size: Int
    ) async throws -> [DeadlineRow] {
        var rows: [DeadlineRow] = []
        var key: BoardKey?
        repeat {
            let page = try await views.board(filter, at: now, after: key, limit: size)
            #expect(page.rows.count <= size)
            rows += page.rows
            key = page.next
        } while key != nil
        return rows
    }

    @Test func `any combination of filters lists what it says, page by page, and counts what it lists, at any time`()
        async throws
    {
        var chance = SeededGenerator.printed()
        let (story, files) = try wandered(seed: chance.next(), cases: 9, steps: 500)
        let file = try ViewsFile()
        let views = try file.open()
        try await views.apply(story.events)
        let truth = try await truth(file, views, files)
        var listed = 0
        for _ in 0..<400 {
            let now = story.now.advanced(byMilliseconds: -Int64(chance.next() % 40) * 21_600_000)
            let filter = try filter(truth, files, now, &chance)
            let expected = truth.shown(filter, at: now)
            listed += expected.count
            let size = [1, 3, 50, 500][Int(chance.next() % 4)]
            let rows = try await paged(views, filter, now, size)
            #expect(rows.map(\.id) == expected.map(\.id), "\(filter) at \(now), pages of \(size)")
            let open = truth.shown(filter.inAllStates, at: now)
            let counts = try await views.counts(filter, at: now)
            #expect(counts == BoardCounts(of: open, at: now, position: counts.position), "\(filter) at \(now)")
        }
        #expect(listed > 400, "the filters found too little to prove anything")
        try views.close()
    }

    @Test func `each number of both matrices is the length of the list it links to`() async throws {
        var chance = SeededGenerator.printed()
        let (story, _) = try wandered(seed: chance.next(), cases: 8, steps: 400)
        let file = try ViewsFile()
        let views = try file.open()
        try await views.apply(story.events)
        for back in [Int64(0), 1, 5, 30] {
            let now = story.now.advanced(byMilliseconds: -back * 86_400_000)
            let counts = try await views.counts(BoardFilter(), at: now)
            for state in DeadlineState.allCases where state.isOpen {
                for line in counts.departments {
                    let owner = line.code.map(BoardFilter.Owner.department) ?? .centre
                    let rows = try await paged(views, BoardFilter(states: [state], owner: owner), now, 100)
                    #expect(rows.count == line.lights[state], "\(String(describing: line.code)) \(state)")
                }
                for line in counts.towns {
                    var filter = BoardFilter(states: [state], town: line.code)
                    filter.isWithoutTown = line.code == nil
                    #expect(try await paged(views, filter, now, 100).count == line.lights[state])
                }
            }
            let provisional = try await paged(views, BoardFilter(isProvisional: true), now, 100)
            #expect(provisional.count == counts.total.provisional)
        }
        try views.close()
    }

    @Test func `midnight turns due soon into overdue with no job and no write`() async throws {
        var story = Story(at: Instant(milliseconds: 0), seed: 3)
        story.day("2023-08-01")
        try story.layDownRules()
        story.day("2023-08-15")
        _ = try story.apply("DY23-00001")
        let file = try ViewsFile()
        let views = try file.open()
        try await views.apply(story.events)
        let before = try file.dump()
        // Triage is due on 2023-08-18, whose midnight is 16:00 UTC.
        let midnight = try known("2023-08-18", as: CivilDay.self).endMilliseconds
        let filter = BoardFilter(rule: try known("triage"))
        for (now, overdue) in [(midnight - 1, 0), (midnight, 1)] {
            let counts = try await views.counts(filter, at: Instant(milliseconds: now))
            #expect(counts.total.overdue == overdue && counts.total.dueSoon == 1 - overdue)
        }
        #expect(try file.dump() == before)
        try views.close()
    }

    @Test func `a town sees the deadlines of its residents wherever they were referred to`() async throws {
        var story = Story(at: Instant(milliseconds: 0), seed: 8)
        story.day("2023-08-01")
        try story.layDownRules()
        story.day("2023-08-15")
        var file = try story.apply("DY23-00001")
        _ = try story.dispatch(&file, to: "jiaoyu")
        let store = try ViewsFile()
        let views = try store.open()
        try await views.apply(story.events)
        let rows = try await views.board(BoardFilter(town: Story.town()), at: story.now, after: nil, limit: 100).rows
        #expect(rows.count == (try await views.board(BoardFilter(), at: story.now, after: nil, limit: 100).rows.count))
        try views.close()
    }

    @Test func `a village's cases are those of its point's posts and of every account that has held one`() throws {
        let account: AccountID = try known("01890a5d-ac96-774b-bcce-b302099a8057")
        let (point, town) = (try known("huangtang/point") as PostCode, try known("huangtang") as TownCode)
        let village: VillageCode = try known("xincun")
        var book = RuleBook()
        book.evolve(
            with: .townRegistered(
                Town(
                    code: town, name: Label("皇塘镇", "Huangtang"),
                    villages: [.init(code: village, name: Label("新村", "Xincun"))],
                    stations: [
                        .init(
                            code: try known("xincun"), name: Label("服务点", "point"), village: village,
                            posts: [.init(code: point, name: Label("村助理", "assistant"))]),
                        .init(
                            code: try known("station"), name: Label("站", "station"),
                            posts: [.init(code: try known("huangtang/desk"), name: Label("窗口", "desk"))]),
                    ])))
        book.evolve(
            with: .postHolderChanged(PostTenure(post: point, holder: account, from: try known("2023-01-01"))))
        book.evolve(with: .postHolderChanged(PostTenure(post: point, holder: nil, from: try known("2023-06-01"))))
        let name = try #require(VillageOfTown("huangtang/xincun"))
        #expect(book.keepers(of: name) == [.post(point), .account(account)])
        #expect(book.keepers(of: VillageOfTown(town: town, village: try known("other"))).isEmpty)
        #expect(["huangtang", "huangtang/", "/x", "a/b/c", "A/b"].allSatisfy { VillageOfTown($0) == nil })
    }

    @Test func `a pause of which nobody was told is irregular while it lasts`() async throws {
        var story = Story(at: Instant(milliseconds: 0))
        story.day("2023-08-14", hour: 8)
        try story.layDownRules()
        story.day("2023-08-15")
        let files = [try story.apply("DY23-00001"), try story.apply("DY23-00002")]
        story.day("2023-08-16")
        for (file, notice) in [(files[0], nil), (files[1], story.now)] {
            try story.record(
                .casework(
                    .deadline(
                        .paused(
                            .init(
                                caseFile: file.id, rule: try known("case.exit"), instance: .caseFile(file.id),
                                reason: .applicant, expectedUntil: try known("2023-08-25"), basis: "test",
                                noticeGivenAt: notice)))))
        }
        let file = try ViewsFile()
        let views = try file.open()
        try await views.apply(story.events)
        var filter = BoardFilter()
        filter.isIrregular = true
        let found = try await views.board(filter, at: story.now, after: nil, limit: 10)
        #expect(found.rows.map(\.caseID) == [files[0].id])
        #expect(try await views.counts(filter, at: story.now).total.paused == 1)
        story.day("2023-08-17")
        try story.record(
            .casework(
                .deadline(
                    .resumed(
                        .init(
                            caseFile: files[0].id, rule: try known("case.exit"), instance: .caseFile(files[0].id))))))
        try await views.apply(story.events)
        #expect(try await views.board(filter, at: story.now, after: nil, limit: 10).rows.isEmpty)
    }
}
