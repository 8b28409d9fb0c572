import CaseViews
import EventSourcing
import GRDB
import SQLiteViews
import Testing
import ViewTesting

@Suite struct LadderViewTests {
    @Test func `the views find by index the deadlines that have reached a rung, the longest waiting first`()
        async throws
    {
        let (story, files) = try wandered(seed: 23)
        let file = try ViewsFile()
        let views = try file.open()
        try await views.apply(story.events)
        let now = story.now
        var expected: [DeadlineRow] = []
        for one in files { expected += try await views.deadlines(of: one.id) }
        expected = expected.filter { row in row.caseID != nil && row.nextCrossing.map { $0.at <= now } ?? false }
            .sorted { left, right in
                guard let first = left.nextCrossing?.at, let second = right.nextCrossing?.at else { return false }
                return (first, left.id) < (second, right.id)
            }
        let found = try await views.deadlinesOnNextRung(by: now, limit: 500).filter { $0.caseID != nil }
        #expect(found.count > 5 && found == expected)
        #expect(found.contains { !$0.isOpen }, "what has ended since is found as well")
        #expect(try await views.deadlinesOnNextRung(by: Instant(milliseconds: 0), limit: 500).isEmpty)
        let plan = try file.plan(
            "SELECT id FROM ladder_step WHERE at <= ? ORDER BY at, id LIMIT 5", [now.milliseconds])
        #expect(plan.contains("ladder_due") && !plan.contains("TEMP B-TREE"), "\(plan)")
    }
}
