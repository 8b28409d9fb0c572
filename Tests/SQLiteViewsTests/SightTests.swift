import CaseViews
import Casework
import EventSourcing
import Foundation
import RuleBook
import SQLiteViews
import Testing
import ViewTesting
import WorkingCalendar

/// What narrows lists, board and counts to what a reader may see, and what comes first on them.
@Suite struct SightTests {
    /// Two cases, the second given to a village post that promised a visit by 18 August.
    private func story() throws -> (story: Story, first: CaseInStory, second: CaseInStory, post: PostCode) {
        var story = Story(at: Instant(milliseconds: 0), seed: 5)
        story.day("2023-08-01")
        try story.layDownRules()
        story.day("2023-08-15")
        let first = try story.apply("DY23-00001")
        let second = try story.apply("DY23-00002")
        let post: PostCode = try known("huangtang/v03")
        let promise = CasePromise(.visit, by: post, due: try known("2023-08-18"))
        try story.record(
            .casework(.desk(.caseAssigned(.init(caseFile: second.id, post: post, promise: promise)))))
        return (story, first, second, post)
    }

    private func numbers(_ page: CasePage) -> [String] { page.rows.map(\.number.description) }

    @Test func `a village post sees on lists, board and counts what it was given, until it is given away`()
        async throws
    {
        let (start, _, second, post) = try story()
        var story = start
        let file = try ViewsFile()
        let views = try file.open()
        try await views.apply(story.events)
        var cases = CaseFilter()
        cases.keepers = [.post(post)]
        var board = BoardFilter()
        board.keepers = [.post(post)]
        #expect(numbers(try await views.cases(cases, after: nil, limit: 10)) == ["DY23-00002"])
        let rows = try await views.board(board, at: story.now, after: nil, limit: 100).rows
        #expect(!rows.isEmpty && rows.allSatisfy { $0.caseID == second.id })
        let counted = try await views.counts(board, at: story.now).total.open
        #expect(counted == rows.count)
        #expect(try await views.counts(BoardFilter(), at: story.now).total.open > counted)
        let desk: PostCode = try known("minzheng/desk")
        try story.record(
            .casework(
                .desk(
                    .caseHandedOver(
                        .init(
                            caseFile: second.id, from: post, to: desk, reason: .workload,
                            promise: CasePromise(.answer, by: desk, due: try known("2023-08-25")))))))
        try await views.apply(story.events)
        #expect(numbers(try await views.cases(cases, after: nil, limit: 10)).isEmpty)
    }

    @Test func `N-8: nothing about a person one may not judge is on list, board or counts`() async throws {
        let (story, first, second, _) = try story()
        let file = try ViewsFile()
        let views = try file.open()
        try await views.apply(story.events)
        var cases = CaseFilter()
        cases.hiddenPeople = [first.applicant]
        #expect(numbers(try await views.cases(cases, after: nil, limit: 10)) == ["DY23-00002"])
        cases.person = first.applicant
        #expect(numbers(try await views.cases(cases, after: nil, limit: 10)).isEmpty)
        var board = BoardFilter()
        board.hiddenPeople = [first.applicant]
        let rows = try await views.board(board, at: story.now, after: nil, limit: 100).rows
        #expect(!rows.isEmpty && rows.allSatisfy { $0.caseID == second.id })
        #expect(try await views.counts(board, at: story.now).total.open == rows.count)
    }

    @Test func `N-16: broken promises are told apart from the day after they were due, while the case is open`()
        async throws
    {
        let (start, _, second, post) = try story()
        var story = start
        let file = try ViewsFile()
        let views = try file.open()
        try await views.apply(story.events)
        func broken(on day: String) async throws -> [String] {
            var filter = CaseFilter()
            filter.promise = .init(isBroken: true, on: try known(day))
            let broken = numbers(try await views.cases(filter, after: nil, limit: 10))
            filter.promise = .init(isBroken: false, on: try known(day))
            #expect(numbers(try await views.cases(filter, after: nil, limit: 10)).count == 2 - broken.count)
            return broken
        }
        #expect(try await broken(on: "2023-08-18").isEmpty)
        #expect(try await broken(on: "2023-08-19") == ["DY23-00002"])
        let kept = CasePromise(.visit, by: post, due: try known("2023-08-18"))
        try story.record(.casework(.desk(.promiseKept(.init(caseFile: second.id, kept: kept)))))
        try await views.apply(story.events)
        #expect(try await broken(on: "2023-08-19").isEmpty)
    }

    @Test func `N-8 and §4.8: a worklist ends where list and board end, at the town, the keeper and the conflict`()
        async throws
    {
        var (story, first, second, post) = try story()
        _ = try story.dispatch(&first, to: "jiaoyu")
        let other = try story.dispatch(&second, to: "jiaoyu")
        let views = try await file(of: story)
        func shown(_ change: (inout WorklistFilter) -> Void) async throws -> [ReferralID] {
            var filter = WorklistFilter(of: try known("jiaoyu"))
            change(&filter)
            return try await views.open.worklist(filter, at: story.now, limit: 10).map(\.referral)
        }
        #expect(try await shown { _ in }.count == 2)
        #expect(try await shown { $0.keepers = [.post(post)] } == [other])
        #expect(try await shown { $0.hiddenPeople = [first.applicant] } == [other])
        let elsewhere: TownCode = try known("yunyang")
        #expect(try await shown { $0.town = elsewhere }.isEmpty)
        #expect(try await shown { $0.onlyBeforeMeeting = true }.isEmpty)
    }

    @Test func `N-16: the broken promises of every department are found at once, in the order in which they broke`()
        async throws
    {
        var (story, first, second, _) = try story()
        for (file, lead, day) in [(first, "jiaoyu", "2023-08-18"), (second, "gongan", "2023-08-17")] {
            var file = file
            let referral = try story.dispatch(&file, to: lead)
            try story.receive(file, referral, by: lead)
            try story.record(
                .accepted(
                    .init(
                        referral: referral, caseFile: file.id, department: try known(lead),
                        handlingPost: try known("\(lead)/desk"), nextPromise: try known(day))), by: lead)
        }
        let views = try await file(of: story)
        let filter = WorklistFilter(onlyBrokenPromises: true)
        story.day("2023-08-18", hour: 12)
        let early = try await views.open.worklist(filter, at: story.now, limit: 10)
        #expect(early.map(\.department.description) == ["gongan"])
        story.day("2023-08-19")
        let both = try await views.open.worklist(filter, at: story.now, limit: 10)
        #expect(both.map(\.department.description) == ["gongan", "jiaoyu"])
    }

    /// The views of a story in a folder that lives as long as they do.
    private func file(of story: Story) async throws -> (folder: ViewsFile, open: SQLiteViews) {
        let file = try ViewsFile()
        let views = try file.open()
        try await views.apply(story.events)
        return (file, views)
    }
}
