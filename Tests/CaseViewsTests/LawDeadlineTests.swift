import CaseViews
import Casework
import Deadlines
import EventSourcing
import RuleBook
import Testing
import ViewTesting
import WorkingCalendar

/// The law's own limits beside the promise: they count from acceptance and only for their own items.
@Suite struct LawDeadlineTests {
    private var story: Story

    init() throws {
        story = try danyang()
        story.day("2023-08-15")
    }

    private mutating func apply(_ policy: String) throws -> CaseInStory {
        var file = try story.apply("DY23-00001", items: 0)
        let item: ItemID = story.id()
        file.items.append(item)
        try record(
            .caseFile(
                .itemAdded(
                    CaseFileEvent.ItemAdded(
                        caseFile: file.id, item: item, policyItem: known(policy), policyVersion: 1,
                        person: file.applicant, concernsMinor: false))))
        return file
    }

    private mutating func record(_ event: CaseworkEvent) throws {
        try story.record(.casework(event))
    }

    private mutating func accept(_ file: CaseInStory) throws {
        try record(.intake(.accepted(.init(caseFile: file.id, item: file.items[0], atHome: false))))
    }

    private func isRunning(_ rule: String, _ file: CaseInStory) throws -> Bool {
        try Folded(story, file).runs(rule).contains(where: \.isOpen)
    }

    @Test mutating func `dibao.legal runs 30 working days from acceptance to the decision, beside the promise`() throws
    {
        let file = try apply("living.dibao")
        #expect(try !isRunning("dibao.legal", file), "before acceptance the law asks nothing")
        story.day("2023-08-18")
        try accept(file)
        #expect(try Folded(story, file).due("dibao.legal") == "2023-10-07")
        #expect(try isRunning("case.exit", file) && !Folded(story, file).only("dibao.legal").isPromise)
        try story.decide(file, file.items[0])
        #expect(try Folded(story, file).only("dibao.legal").isStopped)
    }

    @Test(arguments: [("living.support", []), ("living.rigid", ["rigid.legal"]), ("living.dibao", ["dibao.legal"])])
    mutating func `a limit of one policy starts for no other`(policy: String, limits: [String]) throws {
        let file = try apply(policy)
        try accept(file)
        let found = ["dibao.legal", "rigid.legal", "legalaid.decide"].filter { rule in
            (try? isRunning(rule, file)) == true
        }
        #expect(found == limits)
    }

    @Test mutating func `survey.start asks the town to begin within 3 days, and nothing where somebody has been there`()
        throws
    {
        let file = try apply("living.dibao")
        try accept(file)
        #expect(try Folded(story, file).due("survey.start") == "2023-08-18")
        #expect(try Folded(story, file).only("survey.start").duty == .town)
        story.day("2023-08-16")
        try story.visit(file)
        #expect(try Folded(story, file).only("survey.start").isStopped)
    }

    @Test mutating func `survey.start does not begin after the visit`() throws {
        let file = try apply("living.dibao")
        try story.visit(file)
        story.day("2023-08-16")
        try accept(file)
        #expect(try Folded(story, file).runs("survey.start").isEmpty)
    }

    @Test mutating func `survey.done runs from the request of a check to its result`() throws {
        let file = try apply("living.dibao")
        let inquiry: InquiryID = story.id()
        try record(
            .inquiry(
                .checkRequested(
                    .init(caseFile: file.id, inquiry: inquiry, people: [file.applicant], items: file.items))))
        #expect(try Folded(story, file).due("survey.done") == "2023-08-22")
        try record(
            .inquiry(.checkReported(.init(caseFile: file.id, inquiry: inquiry, band: .withinStandard))))
        #expect(try Folded(story, file).only("survey.done").isStopped)
    }

    @Test mutating func `check.start runs from the request of a check until the office says that it began`() throws {
        let file = try apply("living.dibao")
        let inquiry: InquiryID = story.id()
        try record(
            .inquiry(
                .checkRequested(
                    .init(caseFile: file.id, inquiry: inquiry, people: [file.applicant], items: file.items))))
        #expect(try Folded(story, file).due("check.start") == "2023-08-18")
        story.day("2023-08-16")
        try record(.inquiry(.checkStarted(.init(caseFile: file.id, inquiry: inquiry))))
        #expect(try Folded(story, file).only("check.start").isStopped)
        #expect(try Folded(story, file).only("survey.done").isOpen)
    }

    @Test mutating func `opinion.first gives the town a day from the result of the check to the file it hands up`()
        throws
    {
        let file = try apply("living.dibao")
        func report() throws -> CaseworkEvent {
            .inquiry(
                .checkReported(
                    .init(
                        caseFile: file.id, inquiry: try known("01890a5d-ac96-774b-bcce-b302099a8057"),
                        band: .withinStandard, items: file.items)))
        }
        try record(report())
        #expect(try Folded(story, file).due("opinion.first") == "2023-08-16")
        #expect(try Folded(story, file).only("opinion.first").duty == .town)
        try submitFile(file)
        #expect(try Folded(story, file).only("opinion.first").isStopped)
        story.day("2023-08-17")
        try record(report())
        #expect(try Folded(story, file).runs("opinion.first").count == 1, "the file is up: nothing more is asked")
    }

    @Test mutating func `opinion.first asks nothing of what a department has by referral`() throws {
        var file = try apply("living.dibao")
        _ = try story.dispatch(&file, to: "minzheng", items: file.items)
        try record(
            .inquiry(
                .checkReported(
                    .init(caseFile: file.id, inquiry: story.id(), band: .withinStandard, items: file.items))))
        #expect(try Folded(story, file).runs("opinion.first").isEmpty)
    }

    @Test mutating func `legalaid.decide counts calendar days from the agency's receipt to its answer`() throws {
        var file = try apply("legal.aid")
        let other = try story.dispatch(&file, to: "jiaoyu")
        try story.receive(file, other, by: "jiaoyu")
        let referral = try story.dispatch(&file, to: "sifa", items: file.items)
        #expect(try !isRunning("legalaid.decide", file), "before it is received the law asks nothing")
        story.day("2023-08-16")
        try story.receive(file, referral, by: "sifa")
        #expect(try Folded(story, file).due("legalaid.decide") == "2023-08-23")
        #expect(try Folded(story, file).runs("legalaid.decide").count == 1)
        try story.complete(file, referral, by: "sifa")
        #expect(try Folded(story, file).only("legalaid.decide").isStopped)
    }

    // MARK: What goes up as a file

    private mutating func submitFile(_ file: CaseInStory) throws {
        try record(
            .intake(
                .fileSubmitted(
                    .init(caseFile: file.id, items: file.items, department: known("minzheng"), opinion: .grant))))
    }

    @Test mutating func `dibao.confirm gives the department 3 working days from the file to its decision`() throws {
        let file = try apply("living.dibao")
        try accept(file)
        #expect(try !isRunning("dibao.confirm", file), "before the file the department is asked for nothing")
        // A Thursday: the three days run over a weekend.
        story.day("2023-09-21")
        try submitFile(file)
        #expect(try Folded(story, file).due("dibao.confirm") == "2023-09-26")
        let row = try Folded(story, file).only("dibao.confirm")
        #expect(row.owner?.description == "minzheng" && row.duty == .department && !row.isPromise)
        #expect(try isRunning("dibao.legal", file), "the law's own limit runs beside it")
        story.day("2023-09-25")
        try story.decide(file, file.items[0])
        #expect(try Folded(story, file).only("dibao.confirm").isStopped)
    }

    @Test mutating func `tekun.town runs 15 working days to the file, tekun.county 15 from it to the decision`() throws
    {
        story.day("2023-09-18")
        let file = try apply("living.tekun")
        try accept(file)
        // 29 September to 6 October off, Saturday 7 and Sunday 8 October worked.
        #expect(try Folded(story, file).due("tekun.town") == "2023-10-13")
        #expect(try Folded(story, file).only("tekun.town").duty == .town)
        #expect(try !isRunning("tekun.county", file))
        story.day("2023-10-13", hour: 16)
        try submitFile(file)
        #expect(try Folded(story, file).only("tekun.town").isStopped)
        #expect(try Folded(story, file).due("tekun.county") == "2023-11-03")
        #expect(try Folded(story, file).only("tekun.county").owner?.description == "minzheng")
        story.day("2023-11-03")
        try story.decide(file, file.items[0])
        #expect(try Folded(story, file).only("tekun.county").isStopped)
    }

    @Test mutating func `child.town runs 15 working days from the application, child.county 15 from the file`() throws {
        let file = try apply("child.hardship")
        #expect(try Folded(story, file).due("child.town") == "2023-09-05")
        story.day("2023-09-04")
        try submitFile(file)
        #expect(try Folded(story, file).only("child.town").isStopped)
        #expect(try Folded(story, file).due("child.county") == "2023-09-25")
        try story.decide(file, file.items[0])
        #expect(try Folded(story, file).only("child.county").isStopped)
    }

    @Test(arguments: [("living.tekun", "tekun.town"), ("child.hardship", "child.town")])
    mutating func `the town's limit is cancelled where the item goes to a department`(policy: String, rule: String)
        throws
    {
        var file = try apply(policy)
        try accept(file)
        try story.dispatch(&file, to: "jijinhui", offer: true, items: file.items)
        #expect(try isRunning(rule, file), "an offer takes nothing off the town")
        try story.dispatch(&file, to: "minzheng", items: file.items)
        guard case .cancelled = try Folded(story, file).only(rule).ending else {
            Issue.record("\(rule) is not cancelled")
            return
        }
    }

    @Test mutating func `tekun.town does not begin where the department itself accepts`() throws {
        let file = try apply("living.tekun")
        try record(
            .intake(
                .accepted(
                    .init(caseFile: file.id, item: file.items[0], department: known("minzheng"), atHome: true))))
        #expect(try Folded(story, file).runs("tekun.town").isEmpty)
    }

    @Test(arguments: [
        ("living.support", []), ("living.dibao", ["dibao.confirm"]), ("living.tekun", ["tekun.county"]),
        ("child.hardship", ["child.county"]),
    ])
    mutating func `a file starts the limit of its own policy only`(policy: String, limits: [String]) throws {
        let file = try apply(policy)
        try submitFile(file)
        let found = ["child.county", "dibao.confirm", "tekun.county"].filter { rule in
            (try? isRunning(rule, file)) == true
        }
        #expect(found == limits)
    }
}
