import CaseViews
import Casework
import Deadlines
import EventSourcing
import RuleBook
import SQLiteViews
import Testing
import ViewTesting

@Suite struct InboxViewTests {
    @Test func `an inbox holds what its recipient was told, newest first, page by page, and what was read`()
        async throws
    {
        var (story, files) = try wandered(seed: 29, cases: 2, steps: 20)
        let file = files[0]
        let (office, desk) = (NoticeRecipient.role(.dispatcher), NoticeRecipient.department(try known("jiaoyu")))
        var positions: [Position] = []
        for level in LadderLevel.allCases {
            story.now = story.now.advanced(byMilliseconds: 86_400_000)
            let told = level == .dueDay ? [desk, office] : level == .overdue1 ? [] : [office]
            let event = try story.record(
                .casework(
                    .deadline(
                        .crossed(
                            .init(
                                caseFile: file.id, rule: try known("case.exit"), instance: .caseFile(file.id), cycle: 1,
                                level: level, told: told, isUrgent: false)))))
            if told.contains(office) { positions.append(event.position) }
        }
        let reminded = try story.record(
            .casework(
                .deadline(
                    .reminded(
                        .init(
                            caseFile: file.id, rule: try known("case.exit"), instance: .caseFile(file.id), serial: 1,
                            day: try known("2023-09-01"), told: [office])))))
        positions.append(reminded.position)
        try story.record(
            .casework(.deadline(.noticesRead(.init(recipient: office, through: Int(positions[1].number))))))
        let store = try ViewsFile()
        let views = try store.open()
        try await views.apply(story.events)

        var rows: [NoticeRow] = []
        var before: Position?
        repeat {
            let page = try await views.notices(for: [office], onlyUnread: false, before: before, limit: 2)
            rows += page.rows
            before = page.next
        } while before != nil
        #expect(rows.map(\.position) == positions.reversed())
        #expect(rows.map(\.isRead) == [false, false, false, true, true])
        #expect(rows.first?.kind == .reminder && rows.first?.serial == 1)
        #expect(rows.allSatisfy { $0.caseID == file.id && $0.caseNumber != nil })
        let unread = try await views.notices(for: [office], onlyUnread: true, before: nil, limit: 100)
        #expect(unread.rows.map(\.position) == positions.dropFirst(2).reversed())
        let both = try await views.notices(for: [office, desk], onlyUnread: false, before: nil, limit: 100)
        #expect(both.rows.count == rows.count + 1)
        #expect(try await views.notices(for: [], onlyUnread: false, before: nil, limit: 100).rows.isEmpty)
    }
}
