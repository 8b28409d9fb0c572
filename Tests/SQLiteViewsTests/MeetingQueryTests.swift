import CaseViews
import Casework
import EventSourcing
import RuleBook
import SQLiteViews
import Testing
import ViewTesting

/// Meetings in their own table, and the one filter of the meeting office in every list.
@Suite struct MeetingQueryTests {
    /// Three cases with a referral each; the first and the last have a meeting, the last one's was refused.
    private func told() throws -> (story: Story, files: [CaseInStory], meeting: MeetingID) {
        var story = try wandered(seed: 5, cases: 1, steps: 0).story
        var files: [CaseInStory] = []
        for serial in 1...3 {
            var file = try story.apply("DY23-2000\(serial)")
            try story.dispatch(&file, to: "gongan")
            files.append(file)
        }
        let meeting = try story.requestMeeting(files[0])
        let refused = try story.requestMeeting(files[2])
        try story.record(
            .casework(
                .meeting(.refused(.init(meeting: refused, caseFile: files[2].id, reason: .notReady)))))
        return (story, files, meeting)
    }

    @Test func `meetings are found by id, state and case, newest first, page by page`() async throws {
        let (story, files, meeting) = try told()
        let store = try ViewsFile()
        let views = try store.open()
        try await views.apply(story.events)
        #expect(try await views.meeting(meeting)?.requestedFor == files[0].id)
        let newest = try await views.meetings(MeetingFilter(), after: nil, limit: 1)
        #expect(newest.rows.map(\.state) == [.refused])
        let rest = try await views.meetings(MeetingFilter(), after: newest.next, limit: 1)
        #expect(rest.rows.map(\.id) == [meeting] && rest.next == nil)
        let waiting = try await views.meetings(MeetingFilter(states: [.requested]), after: nil, limit: 10)
        #expect(waiting.rows.map(\.id) == [meeting])
        let ofCase = try await views.meetings(MeetingFilter(caseID: files[0].id), after: nil, limit: 10)
        #expect(ofCase.rows.map(\.id) == [meeting])
        #expect(try await views.meetings(MeetingFilter(caseID: files[1].id), after: nil, limit: 10).rows.isEmpty)
        try views.close()
    }

    @Test func `what the meeting office sees is the same in the list, the board, its counts and the worklists`()
        async throws
    {
        let (story, files, _) = try told()
        let store = try ViewsFile()
        let views = try store.open()
        try await views.apply(story.events)
        let cases = try await views.cases(CaseFilter(onlyBeforeMeeting: true), after: nil, limit: 10)
        #expect(cases.rows.map(\.id) == [files[0].id])
        let filter = BoardFilter(onlyBeforeMeeting: true)
        let board = try await views.board(filter, at: story.now, after: nil, limit: 100)
        #expect(!board.rows.isEmpty && board.rows.allSatisfy { $0.caseID == files[0].id })
        let counts = try await views.counts(filter, at: story.now)
        #expect(counts.total.open == board.rows.count)
        var worklist = WorklistFilter(of: try known("gongan"), includingClosed: true)
        worklist.onlyBeforeMeeting = true
        let desk = try await views.worklist(worklist, at: story.now, limit: 10)
        #expect(desk.map(\.caseNumber) == [files[0].number])
        try views.close()
    }
}
