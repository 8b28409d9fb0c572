import CaseViews
import Casework
import Deadlines
import EventSourcing
import RuleBook
import Testing
import ViewTesting
import WorkingCalendar

/// What falls due by itself, found in the rows alone.
@Suite struct DueMachineTests {
    private var story: Story
    private var file: CaseInStory
    private var machine = DueMachine()

    init() throws {
        story = try danyang()
        story.day("2023-08-15")
        file = try story.apply("DY23-00001")
    }

    private mutating func due() throws -> [FallenDue] {
        let folded = try Folded(story, file)
        let overdue = folded.replay.deadlines.filter { $0.state(at: story.now) == .overdue }
        return machine.due(
            overdue, [folded.replay.row], calendar: try WorkingCalendar(ShippedRules.calendar()), at: story.now)
    }

    private mutating func take(_ referral: ReferralID, by lead: String, promising day: String) throws {
        try story.receive(file, referral, by: lead)
        try story.record(
            .accepted(
                .init(
                    referral: referral, caseFile: file.id, department: try known(lead),
                    handlingPost: try known("\(lead)/desk"), nextPromise: try known(day))), by: lead)
    }

    private mutating func askToStop(_ referral: ReferralID, at lead: String) throws {
        try story.record(
            .cancellationRequested(
                .init(referral: referral, caseFile: file.id, lead: try known(lead), reason: .solvedElsewhere)),
            by: lead)
    }

    private func start(_ day: String) throws -> Instant {
        Instant(milliseconds: (try known(day) as CivilDay).startMilliseconds)
    }

    @Test mutating func `OfferLapsed: an offer nobody answered lapses with the end of offer.answer's last day`() throws
    {
        let offer = try story.dispatch(&file, to: "jijinhui", offer: true)
        story.day("2023-08-18", hour: 23)
        #expect(try due().isEmpty, "the third working day is not over")
        story.day("2023-08-21")
        let fallen = try due()
        #expect(fallen.map(\.kind) == [.offerLapses] && fallen.map(\.subject) == [.referral(offer)])
        #expect(try fallen.map(\.happenedAt) == [start("2023-08-19")], "not when it was noticed")
        try story.record(
            .offerLapsed(.init(referral: offer, caseFile: file.id, department: try known("jijinhui"))), by: "jijinhui")
        #expect(try due().isEmpty)
    }

    @Test mutating func `N-16: a promise breaks with the end of its day, a co-handler's too, a voluntary body's never`()
        throws
    {
        let referral = try story.dispatch(&file, to: "jiaoyu", co: ["fulian"])
        try take(referral, by: "jiaoyu", promising: "2023-08-18")
        try story.record(
            .promiseMade(
                .init(
                    referral: referral, caseFile: file.id, department: try known("fulian"), what: .hearAgain,
                    nextPromise: try known("2023-08-17"))), by: "fulian")
        let offer = try story.dispatch(&file, to: "jijinhui", offer: true)
        try take(offer, by: "jijinhui", promising: "2023-08-16")
        story.day("2023-08-17", hour: 23)
        #expect(try due().isEmpty)
        story.day("2023-08-21")
        let fallen = try due()
        #expect(fallen.map(\.department.description) == ["fulian", "jiaoyu"], "in the order in which it happened")
        #expect(try fallen.map(\.happenedAt) == [start("2023-08-18"), start("2023-08-19")])
        #expect(fallen.allSatisfy { $0.kind == .promiseBreaks && $0.subject == .referral(referral) })
        #expect(Set(fallen.map(\.key)).count == 2)
    }

    @Test mutating func `T24: silence of two working days to a request to stop counts as consent`() throws {
        let referral = try story.dispatch(&file, to: "jiaoyu", items: file.items)
        try take(referral, by: "jiaoyu", promising: "2023-08-30")
        story.day("2023-08-18")
        try askToStop(referral, at: "jiaoyu")
        story.day("2023-08-22", hour: 23)
        #expect(try due().isEmpty, "Saturday and Sunday are no working days")
        story.day("2023-08-24")
        let fallen = try due()
        #expect(fallen.map(\.kind) == [.cancellationStands])
        #expect(try fallen.map(\.happenedAt) == [start("2023-08-23")])
        // T29 and asked again: another silence, with another name.
        let lead: DepartmentCode = try known("jiaoyu")
        try story.record(.cancellationWithdrawn(.init(referral: referral, caseFile: file.id, lead: lead)), by: "jiaoyu")
        #expect(try due().isEmpty)
        try askToStop(referral, at: "jiaoyu")
        #expect(try due().isEmpty, "its two days begin anew")
        story.day("2023-08-29")
        let again = try due()
        #expect(again.map(\.kind) == [.cancellationStands] && again.map(\.key) != fallen.map(\.key))
    }

    @Test mutating func `T24: silence never ends what is done for a minor`() throws {
        // The case is a child's, and a referral for none of its items counts as the whole case.
        let referral = try story.dispatch(&file, to: "jiaoyu")
        try take(referral, by: "jiaoyu", promising: "2023-08-30")
        try askToStop(referral, at: "jiaoyu")
        story.day("2023-08-29")
        #expect(try due().isEmpty)
        #expect(try Folded(story, file).replay.row.concernsMinor == true)
    }

    @Test mutating func `meeting.confirm: a body that did not answer was silent from the end of the limit`()
        throws
    {
        let meeting = try story.requestMeeting(file)
        try story.convene(file, meeting, "DY23-M0001", bodies: ["jiaoyu", "gongan"])
        try story.hold(file, meeting)
        for body in ["jiaoyu", "gongan"] { try story.circulate(file, meeting, to: body) }
        try story.confirm(file, meeting, by: "gongan")
        story.day("2023-08-25")
        let fallen = try due().filter { $0.kind == .minutesUnanswered }
        #expect(fallen.map(\.department.description) == ["jiaoyu"])
        #expect(fallen.map(\.subject) == [.meeting(meeting)])
        #expect(try fallen.map(\.happenedAt) == [start("2023-08-18")])
    }

    @Test mutating func `what is refused is not asked again that day, and is the next`() throws {
        let referral = try story.dispatch(&file, to: "jiaoyu")
        try take(referral, by: "jiaoyu", promising: "2023-08-18")
        story.day("2023-08-21")
        let fallen = try #require(try due().first)
        machine.refuse(fallen, at: story.now)
        #expect(try due().isEmpty)
        story.day("2023-08-22")
        #expect(try due() == [fallen])
    }

    @Test mutating func `a provisional date settles nothing by itself`() throws {
        story.day("2026-12-30")
        _ = try story.dispatch(&file, to: "jijinhui", offer: true)
        let row = try #require(try Folded(story, file).runs("offer.answer").last)
        story.day("2027-02-01")
        var provisional = row
        provisional.isProvisional = true
        provisional.dueAt = try start("2027-01-10")
        #expect(machine.due([provisional], [], calendar: nil, at: story.now).isEmpty)
        provisional.isProvisional = false
        #expect(machine.due([provisional], [], calendar: nil, at: story.now).count == 1)
    }
}
