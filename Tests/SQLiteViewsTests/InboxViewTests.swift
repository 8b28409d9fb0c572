import CaseViews
import Casework
import Deadlines
import EventSourcing
import RuleBook
import SQLiteViews
import Testing
import ViewTesting
import WorkingCalendar

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

    @Test func `a calendar that moves promised dates leaves each owner one notice that names them, and no other dates`()
        async throws
    {
        var story = Story(at: Instant(milliseconds: 0))
        story.day("2023-08-14", hour: 8)
        try story.layDownRules()
        story.day("2023-08-15")
        let numbers = (1...3).map { "DY23-0000\($0)" }
        let files = try numbers.map { try story.apply($0) }
        story.day("2023-08-16")
        try story.exit(files[2])
        func publish(_ version: String, off day: String) throws -> Position {
            let overlay = CalendarOverlay(version: version, off: [try known(day)])
            let calendar = try ShippedRules.calendar().overlaid(by: overlay)
            return try story.record(.ruleBook(.calendarPublished(.init(calendar: calendar)))).position
        }
        let published = try publish("CN-test-1", off: "2023-08-17")
        story.day("2023-08-17")
        let later = try publish("CN-test-2", off: "2023-12-11")
        let store = try ViewsFile()
        let views = try store.open()
        try await views.apply(story.events)

        let left = try await views.notices(leftBy: published)
        let office = NoticeRecipient.role(.dispatcher)
        #expect(left.map(\.recipient) == [office, .town(try Story.town())])
        #expect(left.allSatisfy { $0.kind == .calendar && $0.deadline == nil && $0.dates?.calendar == "CN-test-1" })
        // The third case has ended, and the limits that nobody was promised are not named.
        for (notice, rule, days) in [
            (left.first, "case.exit", "2023-09-12 2023-09-13"), (left.last, "visit.home", "2023-08-18 2023-08-21"),
        ] {
            #expect(notice?.dates?.count == 2)
            let moves = notice?.dates?.moves ?? []
            #expect(moves.allSatisfy { $0.deadline.rule.description == rule && "\($0.before) \($0.after)" == days })
            #expect(Set(moves.compactMap { $0.caseNumber?.description }) == Set(numbers.dropLast()))
        }
        let page = try await views.notices(for: [office], onlyUnread: true, before: nil, limit: 10)
        #expect(page.rows.contains { $0.kind == .calendar && $0.position == published && !$0.isRead })
        // A day off back at work moves the same dates again; one far away none.
        #expect(try await views.notices(leftBy: later).map(\.recipient) == left.map(\.recipient))
        story.day("2023-08-17", hour: 10)
        let far = try publish("CN-test-3", off: "2023-12-11")
        try await views.apply(story.events)
        #expect(try await views.notices(leftBy: far).isEmpty)
    }
}
