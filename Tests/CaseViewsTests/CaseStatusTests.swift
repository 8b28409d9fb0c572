import CaseViews
import Casework
import EventSourcing
import RuleBook
import Testing
import ViewTesting
import WorkingCalendar

/// What any station says of a case: how far, what next, whose move, by when (`RULINGS.md` §2).
@Suite struct CaseStatusTests {
    private var story: Story
    private var file: CaseInStory

    init() throws {
        story = try danyang()
        story.day("2023-08-15")
        file = try story.apply("DY23-00001")
    }

    private func status() throws -> CaseStatus {
        let replay = try Folded(story, file).replay
        return CaseStatus(of: replay.row, deadlines: replay.deadlines)
    }

    private func expect(_ step: CaseStatus.Step, _ mover: CaseStatus.Mover, by day: String?) throws {
        let status = try status()
        #expect(status.nextStep == step && status.whoseMove == mover)
        #expect(status.by?.description == day)
        #expect(!status.stageWords.chinese.isEmpty && !status.nextStepWords.english.isEmpty)
    }

    @Test mutating func `from door to door each step names whose move it is and by when`() throws {
        try expect(.triage, .centre, by: "2023-08-18")
        try story.triage(file, file.items[0], .refer)
        try expect(.dispatch, .centre, by: "2023-08-16")
        story.day("2023-08-16")
        let referral = try story.dispatch(&file, to: "jiaoyu", items: file.items)
        try expect(.handle, .department, by: "2023-08-30")
        try story.receive(file, referral, by: "jiaoyu")
        try expect(.handle, .department, by: "2023-08-30")
        try story.complete(file, referral, by: "jiaoyu")
        try expect(.checkResult, .centre, by: "2023-08-18")
        try story.acceptCompletion(file, referral, of: "jiaoyu")
        try expect(.decide, .department, by: "2023-09-12")
        try story.decide(file, file.items[0])
        try expect(.notify, .centre, by: "2023-08-17")
        try story.notify(file, file.items[0])
        try expect(.tell, .centre, by: "2023-09-12")
        try story.exit(file)
        try expect(.verify, .centre, by: "2023-08-30")
        #expect(try status().stage == .ended)
    }

    @Test mutating func `papers that are missing are the applicant's move`() throws {
        try story.record(
            .casework(
                .intake(
                    .supplementRequested(
                        .init(
                            caseFile: file.id, items: [file.items[0]], papers: [known("id-card")],
                            means: .telephone)))))
        try expect(.bringPapers, .applicant, by: "2023-08-29")
    }
}
