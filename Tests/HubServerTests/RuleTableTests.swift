import Deadlines
import EventSourcing
import HubServer
import RuleBook
import Testing
import WorkingCalendar

/// The shipped rules against the table of `RULINGS.md` §1 and the rules of disclosure of its §2, written out here again.
@Suite struct RuleTableTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let id: String
        let limit: DeadlineLimit
        let start: [String]
        let stop: [String]
        var pausable: [DeadlineRule.PauseReason] = []
        let owner: DeadlineRule.Owner
        var promise = false
        var ladder = DeadlineRule.Ladder.normal
        var roll = DeadlineTerms.Roll.nextWorkingDay
        var cutoff = DeadlineTerms.Cutoff.endOfDay

        var testDescription: String { id }
    }

    static let table: [Row] = [
        Row(
            id: "request.contact", limit: .workingDays(3), start: ["HelpRequestRecorded"],
            stop: ["ApplicationSubmitted", "HelpRequestClosed"], owner: .centre),
        Row(
            id: "case.exit", limit: .workingDays(20), start: ["ApplicationSubmitted", "CaseReopened"],
            stop: ["CaseExited"],
            pausable: [.applicant], owner: .centre, promise: true),
        Row(
            id: "visit.home", limit: .workingDays(3), start: ["ApplicationSubmitted"], stop: ["VisitCompleted"],
            pausable: [.applicant], owner: .town, promise: true),
        Row(
            id: "triage", limit: .workingDays(3), start: ["ApplicationSubmitted", "CaseReopened"],
            stop: ["TriageCompleted"],
            owner: .centre),
        Row(
            id: "dispatch", limit: .workingDays(1),
            start: ["ResolutionAdopted", "ResolutionConditionMet", "TriageCompleted"], stop: ["ReferralDispatched"],
            owner: .centre),
        Row(
            id: "referral.receive", limit: .workingDays(1), start: ["ReferralDispatched"],
            stop: ["ReferralReceived", "ReturnRequested"], owner: .lead),
        Row(
            id: "referral.remit", limit: .workingDays(2), start: ["ReferralDispatched"],
            stop: ["ReferralAccepted", "ReturnRequested"], owner: .lead),
        Row(
            id: "return.ruling", limit: .workingDays(1), start: ["ReturnRequested"],
            stop: ["ReferralDispatched", "ReturnRefused"], owner: .centre),
        Row(
            id: "referral.handle", limit: .workingDays(10),
            start: ["CompletionReturnedForRework", "ReferralDispatched", "ReferralReopened"],
            stop: ["ReferralCompleted", "ReferralFailed", "TerminationApproved"],
            pausable: [.applicant, .court, .expert], owner: .lead),
        Row(
            id: "completion.check", limit: .workingDays(2),
            start: ["ReferralCompleted", "ReferralFailed", "TerminationApproved"],
            stop: ["CompletionAcceptedByCentre", "CompletionReturnedForRework"], owner: .centre),
        Row(
            id: "voluntary.handle", limit: .calendarDays(30), start: ["ReferralAccepted"],
            stop: ["ReferralCompleted", "ReferralFailed"], owner: .lead, ladder: .none, roll: .none),
        Row(
            id: "offer.answer", limit: .workingDays(3), start: ["ReferralDispatched"],
            stop: ["OfferLapsed", "ReferralAccepted", "ReferralDeclined"], owner: .lead, ladder: .none),
        Row(
            id: "courtesy.answer", limit: .workingDays(10), start: ["InformationRequested"],
            stop: ["InformationAnswered"], owner: .department, ladder: .none),
        Row(
            id: "meeting.convene", limit: .workingDays(3), start: ["JointMeetingRequested", "TriageCompleted"],
            stop: ["JointMeetingHeld", "JointMeetingRefused"], owner: .meetingOffice),
        Row(
            id: "meeting.minutes", limit: .workingDays(3), start: ["JointMeetingHeld"], stop: ["MinutesCirculated"],
            owner: .meetingOffice),
        Row(
            id: "meeting.confirm", limit: .workingDays(2), start: ["MinutesCirculated"], stop: ["MinutesConfirmed"],
            owner: .department),
        Row(
            id: "meeting.action", limit: .workingDays(10), start: ["ResolutionActionAssigned"], stop: ["ActionDone"],
            pausable: [.court], owner: .department),
        Row(
            id: "decision.notice", limit: .workingDays(1), start: ["ItemDecided"], stop: ["DecisionNotified"],
            owner: .centre),
        Row(
            id: "followup.review", limit: .workingDays(20), start: ["FollowUpOpened"],
            stop: ["FollowUpConcluded", "FollowUpReviewed"], owner: .centre),
        Row(
            id: "intake.complete", limit: .workingDays(2), start: ["ApplicationSubmitted"],
            stop: [
                "ApplicationAccepted", "ApplicationNotAccepted", "ApplicationProvisionallyAccepted",
                "SupplementRequested",
            ], owner: .centre),
        Row(
            id: "supplement.applicant", limit: .workingDays(10),
            start: ["ApplicationProvisionallyAccepted", "SupplementRequested"], stop: ["SupplementReceived"],
            pausable: [.applicant], owner: .applicant, ladder: .none, cutoff: .closeOfBusiness),
        Row(
            id: "case.second", limit: .workingDays(1), start: ["CaseOpened"],
            stop: ["CaseMarkedDuplicate", "SecondCaseJustified"], owner: .centre),
        Row(
            id: "emergency.contact", limit: .hours(2), start: ["EmergencyReported"], stop: ["EmergencyContacted"],
            owner: .centre, ladder: .emergency),
        Row(
            id: "emergency.relief", limit: .hours(24), start: ["EmergencyReported"],
            stop: ["AidDelivered", "EmergencyNotUrgent"], owner: .centre, ladder: .emergency),
        Row(
            id: "emergency.quick", limit: .calendarDays(3), start: ["EmergencyConfirmed"], stop: ["AidDelivered"],
            owner: .centre, ladder: .emergency, roll: .none),
        Row(
            id: "advance.regularise", limit: .workingDays(10), start: ["AidDelivered"],
            stop: ["AdvanceReliefRecovered", "AdvanceReliefRegularized"], pausable: [.applicant], owner: .centre),
        Row(
            id: "outcome.verify", limit: .workingDays(10), start: ["CaseExited"], stop: ["OutcomeVerified"],
            pausable: [.applicant], owner: .centre),
        Row(
            id: "survey.start", limit: .workingDays(3), start: ["ApplicationAccepted"],
            stop: ["EconomicCheckRequested", "VisitAttempted", "VisitCompleted"], owner: .town),
        Row(
            id: "survey.done", limit: .workingDays(5), start: ["EconomicCheckRequested"],
            stop: ["EconomicCheckReported"], pausable: [.expert], owner: .centre),
        Row(
            id: "check.start", limit: .workingDays(3), start: ["EconomicCheckRequested"],
            stop: ["EconomicCheckReported", "EconomicCheckStarted"], owner: .centre),
        Row(
            id: "opinion.first", limit: .workingDays(1), start: ["EconomicCheckReported"], stop: ["FileSubmitted"],
            owner: .town),
        Row(
            id: "dibao.legal", limit: .workingDays(30), start: ["ApplicationAccepted"], stop: ["ItemDecided"],
            owner: .department),
        Row(
            id: "rigid.legal", limit: .workingDays(30), start: ["ApplicationAccepted"], stop: ["ItemDecided"],
            owner: .department),
        Row(
            id: "legalaid.decide", limit: .calendarDays(7), start: ["ReferralReceived"],
            stop: ["ReferralCompleted", "ReferralFailed", "TerminationApproved"], pausable: [.applicant], owner: .lead),
        Row(
            id: "dibao.confirm", limit: .workingDays(3), start: ["FileSubmitted"], stop: ["ItemDecided"],
            pausable: [.expert], owner: .department),
        Row(
            id: "tekun.town", limit: .workingDays(15), start: ["ApplicationAccepted"], stop: ["FileSubmitted"],
            pausable: [.expert], owner: .town),
        Row(
            id: "tekun.county", limit: .workingDays(15), start: ["FileSubmitted"], stop: ["ItemDecided"],
            pausable: [.expert], owner: .department),
        Row(
            id: "child.town", limit: .workingDays(15), start: ["ApplicationSubmitted"], stop: ["FileSubmitted"],
            owner: .town),
        Row(
            id: "child.county", limit: .workingDays(15), start: ["FileSubmitted"], stop: ["ItemDecided"],
            owner: .department),
    ]

    @Test func `the rules that may start at an event are found by its type`() throws {
        let book = try RuleFixture.shippedBook()
        let day = try #require(CivilDay("2026-11-22"))
        let all = book.deadlineRules(on: day)
        let types = Set(all.flatMap { ($0.start + $0.stop).map(\.event) })
        for type in types.sorted() {
            let expected = all.filter { rule in
                (rule.start + (rule.repeats == true ? rule.stop : [])).contains { $0.event == type }
            }
            #expect(book.deadlineRules(startingAt: [type], on: day) == expected, "\(type)")
        }
        let both = ["ItemDecided", "ApplicationSubmitted"]
        #expect(
            book.deadlineRules(startingAt: both, on: day)
                == all.filter { rule in rule.start.contains { both.contains($0.event) } })
        #expect(book.deadlineRules(startingAt: ["Nothing"], on: day).isEmpty)
    }

    @Test(arguments: table) func `a limit is that of the table`(row: Row) throws {
        let book = try RuleFixture.shippedBook()
        let rule = try #require(DeadlineRuleID(row.id).flatMap { book.deadlineRule($0) })
        #expect(rule.terms == DeadlineTerms(limit: row.limit, roll: row.roll, cutoff: row.cutoff))
        #expect(Set(rule.start.map(\.event)).sorted() == row.start)
        #expect(Set(rule.stop.map(\.event)).sorted() == row.stop)
        #expect(rule.pausable.sorted() == row.pausable && rule.owner == row.owner)
        #expect(rule.promise == row.promise && rule.ladder == row.ladder && rule.bound == .ceiling)
        #expect(!rule.basis.text.isEmpty)
    }

    @Test func `no limit stands beside the table`() throws {
        let ids = try RuleFixture.shippedBook().deadlineRules.map(\.id.description)
        #expect(ids == Self.table.map(\.id).sorted())
    }

    @Test func `the law's limits are about their own items and longer on listed grounds only`() throws {
        let book = try RuleFixture.shippedBook()
        func rule(_ id: String) throws -> DeadlineRule {
            try #require(DeadlineRuleID(id).flatMap { book.deadlineRule($0) })
        }
        #expect(try rule("dibao.legal").policyItems?.map(\.description) == ["living.dibao"])
        #expect(try rule("dibao.legal").extendable?.total == 45)
        #expect(try rule("rigid.legal").extendable?.grounds == DeadlineRule.ExtensionGround.allCases)
        #expect(try rule("survey.start").policyItems?.count == 3)
        #expect(try rule("dibao.confirm").policyItems?.map(\.description) == ["living.dibao"])
        for half in ["town", "county"] {
            #expect(try rule("tekun.\(half)").policyItems?.map(\.description) == ["living.tekun"])
            #expect(try rule("child.\(half)").policyItems?.map(\.description) == ["child.hardship"])
        }
        #expect(try rule("case.exit").policyItems == nil && rule("case.exit").extendable == nil)
    }

    @Test func `triggers tell kinds apart`() throws {
        let book = try RuleFixture.shippedBook()
        func starts(_ id: String, _ event: String, _ data: [String: JSONValue]) -> Bool {
            DeadlineRuleID(id).flatMap { book.deadlineRule($0) }?.start
                .contains { $0.matches(type: event, data: .object(data)) } == true
        }
        #expect(starts("request.contact", "HelpRequestRecorded", ["reporter": .string("socialOrganisation")]))
        #expect(!starts("request.contact", "HelpRequestRecorded", ["reporter": .string("personInNeed")]))
        #expect(starts("referral.handle", "ReferralDispatched", ["kind": .string("referral")]))
        #expect(!starts("referral.handle", "ReferralDispatched", ["kind": .string("offer")]))
        #expect(starts("offer.answer", "ReferralDispatched", ["kind": .string("offer")]))
        #expect(starts("dispatch", "ResolutionAdopted", [:]))
        #expect(!starts("dispatch", "ResolutionAdopted", ["condition": .string("mediationFailed")]))
        #expect(starts("dispatch", "TriageCompleted", ["path": .string("refer")]))
        #expect(!starts("dispatch", "TriageCompleted", ["path": .string("jointMeeting")]))
        #expect(starts("meeting.convene", "TriageCompleted", ["path": .string("jointMeeting")]))
    }

    @Test func `an urgent meeting, a forbidden matter and an item's own days change the limit`() throws {
        let book = try RuleFixture.shippedBook()
        func limit(_ id: String, _ data: [String: JSONValue]) -> DeadlineLimit? {
            DeadlineRuleID(id).flatMap { book.deadlineRule($0) }?.terms(startedBy: .object(data)).limit
        }
        #expect(limit("meeting.convene", ["isUrgent": .bool(true)]) == .workingDays(1))
        #expect(limit("return.ruling", ["reason": .string("lawForbids")]) == .workingDays(5))
        #expect(limit("return.ruling", ["reason": .string("notOurDuty")]) == .workingDays(1))
        let aid = JSONValue.object(["calendarDays": .integer(7)])
        #expect(limit("referral.handle", ["limit": aid]) == .calendarDays(7))
        #expect(limit("referral.handle", [:]) == .workingDays(10))
    }

    // MARK: The catalogue

    private func groups(_ department: String, _ task: String) throws -> [PersonRole: Set<FieldGroup>] {
        let book = try RuleFixture.shippedBook()
        let code = try #require(DepartmentCode(department))
        let participant = try #require(TaskCode(task).flatMap { book.task($0) }?.participant(code))
        return Dictionary(uniqueKeysWithValues: participant.slice.map { ($0.person, $0.groups) })
    }

    @Test func `leads and helpers are those of the Danyang meeting`() throws {
        let book = try RuleFixture.shippedBook()
        let parts = Dictionary(
            uniqueKeysWithValues: book.tasks.filter { $0.provenance == .stated }.map { task in
                (task.code.description, ([task.lead].compactMap(\.self) + task.coHandlers).map(\.description))
            })
        #expect(
            parts == [
                "living.support": ["minzheng"], "education.grant": ["jiaoyu"], "trace.spouse": ["gongan", "fulian"],
                "mediate.support": ["fulian", "gongan"], "companion.care": ["jijinhui"], "legal.aid": ["sifa"],
            ])
        #expect(TaskCode("legal.aid").flatMap { book.task($0) }?.limit == .calendarDays(7))
        #expect(book.tasks.filter { $0.kind == .offer }.map(\.code.description) == ["companion.care"])
    }

    @Test func `education learns nothing of illness, means or the marriage`() throws {
        let slice = try groups("jiaoyu", "education.grant")
        #expect(Set(slice.keys) == [.child] && slice[.child] == [.identity, .schooling, .tags])
    }

    @Test func `the police get no address and no phone of anybody`() throws {
        for task in ["trace.spouse", "mediate.support"] {
            #expect(try groups("gongan", task).values.allSatisfy { !$0.contains(.contact) })
        }
        #expect(try groups("gongan", "trace.spouse") == [.sought: [.identity]])
    }

    @Test func `the foundation gets alias and contact, nothing else`() throws {
        #expect(try groups("jijinhui", "companion.care") == [.applicant: [.alias, .contact], .child: [.alias]])
    }

    @Test func `mediation gives the women's federation both identities and no means`() throws {
        let slice = try groups("fulian", "mediate.support")
        #expect(slice[.applicant]?.contains(.identity) == true && slice[.spouse]?.contains(.identity) == true)
        #expect(slice.values.allSatisfy { $0.isDisjoint(with: [.meansDetail, .meansConclusion, .health, .payment]) })
    }

    @Test func `justice learns hardship and capability, not health or income details`() throws {
        let applicant = try #require(groups("sifa", "legal.aid")[.applicant])
        #expect(applicant.isSuperset(of: [.meansConclusion, .capability, .familyConflict]))
        #expect(applicant.isDisjoint(with: [.health, .meansDetail]))
    }

    @Test func `the court is in no task`() throws {
        let book = try RuleFixture.shippedBook()
        let court = try #require(DepartmentCode("fayuan"))
        #expect(book.tasks.allSatisfy { $0.participant(court) == nil } && book.department(court)?.kind == .judicial)
    }
}
