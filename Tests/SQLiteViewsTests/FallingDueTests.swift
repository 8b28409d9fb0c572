import CaseViews
import Casework
import EventSourcing
import Foundation
import HubTesting
import SQLiteViews
import Testing
import ViewTesting

/// The views find the cases in which something may have fallen due by itself, and no others.
@Suite struct FallingDueTests {
    @Test func `cases that may fall due are those whose rows say so, oldest first, page by page`() async throws {
        var chance = SeededGenerator.printed()
        let (story, files) = try wandered(seed: chance.next(), cases: 12, steps: 500)
        let store = try ViewsFile()
        let views = try store.open()
        try await views.apply(story.events)
        let later = story.now.advanced(byMilliseconds: 30 * 86_400_000)
        var expected: [CaseRow] = []
        for file in files {
            let row = try #require(try await views.caseRow(file.id))
            if let from = row.mayFallDueFrom, from <= later { expected.append(row) }
        }
        expected.sort { $0.opened.position < $1.opened.position }
        var found: [CaseRow] = []
        var after: Position? = .start
        while let place = after {
            let page = try await views.casesFallingDue(by: later, after: place, limit: 2)
            found += page.rows
            after = page.next
        }
        #expect(found == expected)
        let never = Instant(milliseconds: 0)
        #expect(try await views.casesFallingDue(by: never, after: .start, limit: 10).rows.isEmpty)
    }

    @Test func `a case is found from the day after a promise, and no longer once that was said`() async throws {
        var story = Story(at: Instant(milliseconds: 0), seed: 9)
        story.day("2023-08-01")
        try story.layDownRules()
        story.day("2023-08-15")
        var file = try story.apply("DY23-00001")
        let referral = try story.dispatch(&file, to: "jiaoyu")
        try story.receive(file, referral, by: "jiaoyu")
        let department: DepartmentCode = try known("jiaoyu")
        try story.record(
            .accepted(
                .init(
                    referral: referral, caseFile: file.id, department: department,
                    handlingPost: try known("jiaoyu/desk"), nextPromise: try known("2023-08-18"))), by: "jiaoyu")
        let store = try ViewsFile()
        let views = try store.open()
        try await views.apply(story.events)
        func found() async throws -> [CaseID] {
            try await views.casesFallingDue(by: story.now, after: .start, limit: 10).rows.map(\.id)
        }
        story.day("2023-08-18", hour: 23)
        #expect(try await found().isEmpty)
        story.day("2023-08-19", hour: 0)
        #expect(try await found() == [file.id])
        try story.record(
            .promiseBroken(
                .init(
                    referral: referral, caseFile: file.id, department: department, what: .hearAgain,
                    promised: try known("2023-08-18"))), by: "jiaoyu")
        try await views.apply(story.events)
        #expect(try await found().isEmpty)
    }
}
