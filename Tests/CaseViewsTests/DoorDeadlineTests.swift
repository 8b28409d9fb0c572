import CaseViews
import Casework
import Deadlines
import EventSourcing
import RuleBook
import Testing
import ViewTesting
import WorkingCalendar

/// Clocks of the door, of urgent help and of what follows the exit (`RULINGS.md` §1).
@Suite struct DoorDeadlineTests {
    private var story: Story
    private var file: CaseInStory

    init() throws {
        story = try danyang()
        story.day("2023-08-15")
        file = try story.apply("DY23-00001", items: 2)
    }

    private mutating func record(_ event: CaseworkEvent) throws {
        try story.record(.casework(event))
    }

    private func paper() throws -> PaperCode { try known("id-card") }

    @Test mutating func `intake.complete runs item by item and stops as each is accepted, asked for or refused`() throws
    {
        #expect(
            try Folded(story, file).runs("intake.complete").map { $0.dueDay?.description } == [
                "2023-08-17", "2023-08-17",
            ])
        try record(
            .intake(.accepted(.init(caseFile: file.id, item: file.items[0], atHome: true))))
        let open = try Folded(story, file).runs("intake.complete").filter(\.isOpen)
        #expect(open.map(\.id.scope) == [.item(file.items[1])])
        try record(
            .intake(
                .notAccepted(
                    .init(
                        caseFile: file.id, item: file.items[1], clause: "办法", instead: "镇江", means: .inPerson))))
        #expect(try Folded(story, file).runs("intake.complete").allSatisfy(\.isStopped))
        #expect(try Folded(story, file).replay.row.items.map(\.state) == [.added, .notAccepted])
        #expect(
            try Folded(story, file).runs("triage").filter(\.isOpen).map(\.id.scope) == [.item(file.items[0])],
            "what was not accepted is not triaged")
    }

    @Test mutating func `supplement.applicant stops only when every paper has come`() throws {
        try record(
            .intake(
                .supplementRequested(
                    .init(caseFile: file.id, items: [file.items[0]], papers: [paper()], means: .telephone))))
        #expect(try Folded(story, file).due("supplement.applicant") == "2023-08-29")
        #expect(try Folded(story, file).only("supplement.applicant").duty == .applicant)
        try record(
            .intake(
                .supplementReceived(
                    .init(caseFile: file.id, items: [file.items[0]], papers: [paper()], complete: false))))
        #expect(try Folded(story, file).only("supplement.applicant").isOpen)
        try record(
            .intake(
                .supplementReceived(
                    .init(caseFile: file.id, items: [file.items[0]], papers: [paper()], complete: true))))
        #expect(try Folded(story, file).only("supplement.applicant").isStopped)
    }

    @Test mutating func `attempts never stop visit.home`() throws {
        for outcome in VisitOutcome.allCases {
            try record(
                .visit(
                    .attempted(
                        .init(caseFile: file.id, visit: story.id(), purpose: .intake, outcome: outcome, visitors: 1))))
        }
        try record(
            .visit(
                .planned(
                    .init(
                        caseFile: file.id, visit: story.id(), purpose: .intake, plannedFor: known("2023-08-17"),
                        visitors: 2))))
        #expect(try Folded(story, file).only("visit.home").isOpen)
        try story.visit(file)
        #expect(try Folded(story, file).only("visit.home").isStopped)
    }

    @Test mutating func `emergency limits run by day and night and end with relief`() throws {
        try record(
            .relief(
                .emergencyReported(
                    .init(caseFile: file.id, kind: .noShelter, channel: .hotline, onDuty: known("minzheng/relief")))))
        let folded = try Folded(story, file)
        let hour: Int64 = 3_600_000
        #expect(try folded.only("emergency.contact").dueAt == story.now.advanced(byMilliseconds: 2 * hour))
        #expect(try folded.only("emergency.relief").dueAt == story.now.advanced(byMilliseconds: 24 * hour))
        #expect(folded.replay.row.isUrgent)
        try record(.relief(.emergencyContacted(.init(caseFile: file.id, means: .telephone))))
        try record(.relief(.emergencyConfirmed(.init(caseFile: file.id))))
        #expect(try Folded(story, file).due("emergency.quick") == "2023-08-18")
        try record(
            .relief(
                .aidDelivered(
                    .init(caseFile: file.id, kind: .cash, amount: 30_000, advance: true, emergency: true))))
        for rule in ["emergency.contact", "emergency.relief", "emergency.quick"] {
            #expect(try Folded(story, file).only(rule).isStopped)
        }
        #expect(try !Folded(story, file).replay.row.isUrgent)
        #expect(try Folded(story, file).due("advance.regularise") == "2023-08-29")
        try record(.relief(.advanceRecovered(.init(caseFile: file.id, amount: 30_000, reason: .notEntitled))))
        #expect(try Folded(story, file).only("advance.regularise").isStopped)
    }

    @Test mutating func `emergency.quick does not roll past a holiday`() throws {
        story.day("2023-09-28")
        try record(.relief(.emergencyConfirmed(.init(caseFile: file.id))))
        #expect(try Folded(story, file).due("emergency.quick") == "2023-10-01")
    }

    @Test mutating func `aid in an emergency is no advance relief to regularise`() throws {
        try record(
            .relief(.aidDelivered(.init(caseFile: file.id, kind: .service, advance: false, emergency: true))))
        #expect(try Folded(story, file).runs("advance.regularise").isEmpty)
    }

    @Test mutating func `outcome.verify runs from the exit, and a reopening begins the promise anew`() throws {
        story.day("2023-09-11")
        try story.exit(file)
        #expect(try Folded(story, file).due("outcome.verify") == "2023-09-25")
        story.day("2023-09-18")
        try record(
            .review(.verified(.init(caseFile: file.id, cycle: 1, result: .notMet, means: .telephone))))
        #expect(try Folded(story, file).only("outcome.verify").isStopped)
        try record(
            .review(.reopened(.init(caseFile: file.id, cycle: 2, reason: .verification, items: [file.items[0]]))))
        let folded = try Folded(story, file)
        let exits = folded.runs("case.exit")
        #expect(exits.map(\.id.cycle) == [1, 2] && exits.map(\.isOpen) == [false, true])
        #expect(exits.last?.dueDay?.description == "2023-10-20", "its own 20 working days, over the holiday")
        #expect(folded.runs("triage").filter(\.isOpen).map(\.id.scope) == [.item(file.items[0])])
        #expect(folded.replay.row.state == .open && folded.replay.row.cycle == 2)
        #expect(folded.replay.row.exitedAt == nil && folded.replay.row.applicantToldAt == nil)
    }

    @Test mutating func `a reopening takes back the verification that nobody made yet`() throws {
        story.day("2023-09-11")
        try story.exit(file)
        try record(.review(.reopened(.init(caseFile: file.id, cycle: 2, reason: .error, items: []))))
        #expect(try Folded(story, file).only("outcome.verify").isCancelled)
    }

    @Test mutating func `a voided case asks for nothing more`() throws {
        try record(.review(.voided(.init(caseFile: file.id, reason: .trialEntry))))
        let folded = try Folded(story, file)
        let isOver = folded.replay.deadlines.allSatisfy(\.isCancelled)
        #expect(isOver)
        #expect(folded.replay.row.state == .voided)
    }

    @Test mutating func `I-1: a second case is linked or justified within a day; a first one has no such limit`() throws
    {
        #expect(try Folded(story, file).runs("case.second").isEmpty)
        let other = file.id
        let second = try story.apply("DY23-00002", otherOpenCases: [other])
        #expect(try Folded(story, second).due("case.second") == "2023-08-16")
        try record(
            .caseFile(.secondCaseJustified(.init(caseFile: second.id, other: other, reason: .otherNeed))))
        #expect(try Folded(story, second).only("case.second").isStopped)
    }

    @Test
    mutating func
        `courtesy.answer runs for each body asked, ten working days without a ladder, and ends by its own answer`()
        throws
    {
        var asked: [(DepartmentCode, InquiryID)] = []
        for department in [try known("gongan") as DepartmentCode, try known("fayuan")] {
            let inquiry: InquiryID = story.id()
            asked.append((department, inquiry))
            try record(
                .inquiry(
                    .informationRequested(
                        .init(
                            caseFile: file.id, inquiry: inquiry, department: department, question: .register,
                            people: [], items: [file.items[0]], basis: "办法"))))
        }
        let runs = try Folded(story, file).runs("courtesy.answer")
        #expect(Set(runs.compactMap { $0.owner?.description }) == ["fayuan", "gongan"])
        #expect(runs.allSatisfy { $0.dueDay?.description == "2023-08-29" })
        try record(
            .inquiry(
                .informationAnswered(
                    .init(caseFile: file.id, inquiry: asked[0].1, department: asked[0].0, answer: .given))))
        let open = try Folded(story, file).runs("courtesy.answer").filter(\.isOpen)
        #expect(open.map(\.owner) == [asked[1].0], "an answer ends the limit of the body that gave it")
    }
}
