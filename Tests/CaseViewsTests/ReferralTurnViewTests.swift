import CaseViews
import Casework
import Deadlines
import EventSourcing
import RuleBook
import Testing
import ViewTesting
import WorkingCalendar

/// What the turns of a referral do to rows, clocks and lists.
@Suite struct ReferralTurnViewTests {
    private var story: Story
    private var file: CaseInStory
    private let referral: ReferralID

    init() throws {
        story = try danyang()
        story.day("2023-08-15")
        file = try story.apply("DY23-00001")
        story.day("2023-08-18")
        referral = try story.dispatch(&file, to: "jiaoyu", co: ["fulian"])
    }

    private func row(_ id: ReferralID? = nil) throws -> ReferralRow {
        try #require(try Folded(story, file).replay.row.referrals.first { $0.id == id ?? referral })
    }

    private mutating func take(promising day: String? = "2023-08-25") throws {
        try story.receive(file, referral, by: "jiaoyu")
        try story.record(
            .accepted(
                .init(
                    referral: referral, caseFile: file.id, department: try known("jiaoyu"),
                    handlingPost: try known("jiaoyu/desk"), nextPromise: try day.map { try known($0) })), by: "jiaoyu")
        try story.record(
            .handlingStarted(.init(referral: referral, caseFile: file.id, department: try known("jiaoyu"))),
            by: "jiaoyu")
    }

    @Test mutating func `T26: a rework has five working days of its own, and the check ends until it is done again`()
        throws
    {
        try take()
        story.day("2023-08-22")
        try story.complete(file, referral, by: "jiaoyu")
        story.day("2023-08-23")
        try story.record(
            .returnedForRework(
                .init(
                    referral: referral, caseFile: file.id, department: try known("jiaoyu"), kind: .referral,
                    reason: .incomplete, cycle: 2, limit: .workingDays(5))), by: "jiaoyu")
        let folded = try Folded(story, file)
        #expect(try folded.only("completion.check").isStopped)
        let handling = folded.runs("referral.handle")
        #expect(handling.map(\.id.cycle) == [1, 2])
        #expect(handling[0].isStopped && handling[1].dueDay?.description == "2023-08-30")
        let row = try self.row()
        #expect(row.state == .inProgress && row.cycle == 2 && row.outcome == nil)
        #expect(row.earlierCycles.map(\.outcome) == [.granted], "the first cycle stays visible")
        try story.complete(file, referral, by: "jiaoyu")
        #expect(try Folded(story, file).runs("completion.check").map(\.id.cycle) == [1, 2])
    }

    @Test mutating func `T09: a redirect cancels the predecessor's clocks, which leave the rates`() throws {
        try story.record(
            .redirected(
                .init(
                    referral: referral, caseFile: file.id, lead: try known("jiaoyu"), reason: .otherArea,
                    clause: "art. 1", successor: story.id(), round: 2)), by: "jiaoyu")
        let folded = try Folded(story, file)
        for rule in ["referral.receive", "referral.remit", "referral.handle"] {
            #expect(try folded.only(rule).isCancelled, "\(rule)")
        }
        #expect(try folded.only("case.exit").isOpen, "the promise to the citizen runs on")
        #expect(try row().state == .redirected && row().successor != nil)
    }

    @Test mutating func `T20: an approved termination ends the handling and is checked like any result`() throws {
        try take()
        try story.record(
            .terminationRequested(
                .init(referral: referral, caseFile: file.id, department: try known("jiaoyu"), code: .movedAway)),
            by: "jiaoyu")
        #expect(try row().state == .terminationRequested)
        #expect(try Folded(story, file).only("referral.handle").isOpen)
        try story.record(
            .terminationApproved(
                .init(
                    referral: referral, caseFile: file.id, department: try known("jiaoyu"), code: .movedAway,
                    clause: "art. 21", told: .inPerson)), by: "jiaoyu")
        let folded = try Folded(story, file)
        #expect(try folded.only("referral.handle").isStopped && folded.only("completion.check").isOpen)
        #expect(try row().state == .failed && row().failure == .movedAway)
    }

    @Test
    mutating func `T23, T24 and T29: a request to stop leaves the clock running, its withdrawal the state as it was`()
        throws
    {
        try take()
        let lead: DepartmentCode = try known("jiaoyu")
        let ask = ReferralEvent.cancellationRequested(
            .init(referral: referral, caseFile: file.id, lead: lead, reason: .solvedElsewhere))
        try story.record(ask, by: "jiaoyu")
        #expect(try row().state == .cancellationRequested && row().state.isWithDepartment)
        try story.record(
            .cancellationWithdrawn(.init(referral: referral, caseFile: file.id, lead: lead)), by: "jiaoyu")
        #expect(try row().state == .inProgress)
        try story.record(ask, by: "jiaoyu")
        #expect(try Folded(story, file).only("referral.handle").isOpen)
        try story.record(
            .cancellationConfirmed(
                .init(
                    referral: referral, caseFile: file.id, lead: lead, reason: .solvedElsewhere, automatic: false)),
            by: "jiaoyu")
        #expect(try Folded(story, file).only("referral.handle").isCancelled)
    }

    @Test mutating func `an offer that lapses is answered for its clock`() throws {
        let offer = try story.dispatch(&file, to: "jijinhui", offer: true)
        story.day("2023-08-24")
        try story.record(
            .offerLapsed(.init(referral: offer, caseFile: file.id, department: try known("jijinhui"))), by: "jijinhui")
        #expect(try Folded(story, file).only("offer.answer").isStopped)
        #expect(try row(offer).state == .lapsed)
    }

    @Test mutating func `voluntary.handle: a voluntary body is bound by the day it agreed to, and by none else`() throws
    {
        let offer = try story.dispatch(&file, to: "jijinhui", offer: true)
        let foundation: DepartmentCode = try known("jijinhui")
        func accept(_ day: String?) throws -> ReferralEvent {
            .accepted(
                .init(
                    referral: offer, caseFile: file.id, department: foundation,
                    handlingPost: try known("jijinhui/care"), nextPromise: try day.map { try known($0) }))
        }
        var silent = self
        try silent.story.record(try accept(nil), by: "jijinhui")
        #expect(try Folded(silent.story, silent.file).runs("voluntary.handle").isEmpty, "nothing was agreed")
        try story.record(try accept("2023-09-02"), by: "jijinhui")
        let row = try Folded(story, file).only("voluntary.handle")
        #expect(row.dueDay?.description == "2023-09-02", "a Saturday they agreed to is a Saturday")
        #expect(row.owner == foundation && row.state(at: story.now) == .onTime)
        try take()
        #expect(try Folded(story, file).runs("voluntary.handle").count == 1, "a statutory department has its own clock")
        try story.complete(file, offer, by: "jijinhui")
        #expect(try Folded(story, file).only("voluntary.handle").isStopped)
    }

    @Test mutating func `a reform changes whose the clocks are, and not how long they run (I-12)`() throws {
        try take()
        let before = try Folded(story, file).only("referral.handle")
        story.day("2023-08-24")
        try story.record(
            .superseded(
                .init(
                    referral: referral, caseFile: file.id, number: file.number.referral(1),
                    department: try known("jiaoyu"), successor: try known("minzheng"), role: .lead,
                    task: try known("living.support"), town: try Story.town(), state: .inProgress, basis: "reform")),
            by: "jiaoyu")
        let after = try Folded(story, file).only("referral.handle")
        #expect(after.owner?.description == "minzheng" && before.owner?.description == "jiaoyu")
        #expect(after.dueDay == before.dueDay && after.started == before.started && after.id == before.id)
        let row = try self.row()
        #expect(row.lead.description == "minzheng" && row.formerDepartments.map(\.description) == ["jiaoyu"])
        #expect(row.promises.map(\.department.description) == ["minzheng"])
        // The completion of the successor ends the clock its predecessor had begun.
        try story.complete(file, referral, by: "minzheng")
        #expect(try Folded(story, file).only("referral.handle").isStopped)
    }

    @Test mutating func `a promise is broken when its day has passed, said or not, and comes first (N-16)`() throws {
        try take()
        let quiet = try story.dispatch(&file, to: "gongan")
        var row = try self.row()
        #expect(row.promises.map(\.due.description) == ["2023-08-25"])
        story.day("2023-08-25")
        #expect(row.brokenPromise(at: story.now) == nil, "its day is not over")
        story.day("2023-08-26")
        #expect(row.brokenPromise(at: story.now)?.due.description == "2023-08-25")
        let rows = try Folded(story, file).replay.row.referrals
        #expect(Array(rows.reversed()).map(\.id) == [quiet, referral])
        #expect(Array(rows.reversed()).brokenPromisesFirst(at: story.now).map(\.id) == [referral, quiet])
        // Reporting with a new promise settles the old one, as broken.
        try story.record(
            .progressReported(
                .init(
                    referral: referral, caseFile: file.id, department: try known("jiaoyu"), stage: .visited,
                    nextPromise: try known("2023-08-30"))), by: "jiaoyu")
        row = try self.row()
        #expect(row.brokenPromises == 1 && row.brokenPromise(at: story.now) == nil)
        #expect(row.promises.map(\.due.description) == ["2023-08-30"])
        // Whoever finishes in time has kept it.
        try story.complete(file, referral, by: "jiaoyu")
        #expect(try self.row().brokenPromises == 1 && self.row().promises.map(\.state) == [.kept])
    }

    @Test mutating func `T13: a held referral shows what it waits for, and the review is its promise`() throws {
        try take()
        story.day("2023-08-22")
        try story.record(
            .held(
                .init(
                    referral: referral, caseFile: file.id, department: try known("jiaoyu"),
                    reason: .awaitingThirdParty, reviewOn: try known("2023-08-28"))), by: "jiaoyu")
        var row = try self.row()
        #expect(row.state == .onHold && row.heldFor == .awaitingThirdParty && row.state.isWithDepartment)
        #expect(row.promises.map(\.what) == [.review])
        #expect(try Folded(story, file).only("referral.handle").state(at: story.now) != .paused)
        try story.record(
            .resumed(
                .init(
                    referral: referral, caseFile: file.id, department: try known("jiaoyu"),
                    nextPromise: try known("2023-08-29"), automatic: false)), by: "jiaoyu")
        row = try self.row()
        #expect(row.state == .inProgress && row.heldFor == nil && row.brokenPromises == 0)
    }

    @Test mutating func `T11: a return asked after accepting is counted as late`() throws {
        try take()
        try story.record(
            .returnRequested(
                .init(
                    referral: referral, caseFile: file.id, department: try known("jiaoyu"), reason: .wrongArea,
                    clause: "art. 1", newFact: .personMoved)), by: "jiaoyu")
        #expect(try row().isLateReturn && row().state == .returnRequested)
        #expect(try Folded(story, file).only("return.ruling").isOpen)
    }
}
