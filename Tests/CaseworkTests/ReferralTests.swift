import Casework
import Deadlines
import EventSourcing
import HubTesting
import RuleBook
import Testing
import WorkingCalendar

@Suite struct ReferralTests {
    static let monday = Fixture.day("2023-08-21")
    static let lead = Fixture.fulian
    static let helper = Fixture.gongan
    static let referral: ReferralID = Fixture.id(1)
    static let caseFile: CaseID = Fixture.id(2)
    static let woman: PersonReference = Fixture.id(3)

    static func drafted(_ kind: ReferralKind = .referral) -> ReferralEvent.Drafted {
        let isOffer = kind == .offer
        return .init(
            referral: referral, caseFile: caseFile, number: Fixture.number.referral(4), kind: kind,
            task: Fixture.task(isOffer ? "companion.care" : "mediate.support"), taskVersion: 1, items: [],
            lead: isOffer ? Fixture.jijinhui : lead, coHandlers: isOffer ? [] : [helper], town: Fixture.town,
            limit: .workingDays(10), priority: .routine,
            people: [PersonInRole(role: .applicant, person: woman)], locationProtected: false, basis: "办法",
            purpose: "救助")
    }

    static func dispatched(_ kind: ReferralKind = .referral) -> ReferralEvent.Dispatched {
        let draft = drafted(kind)
        return .init(
            referral: referral, caseFile: caseFile, number: draft.number, kind: kind, task: draft.task, taskVersion: 1,
            items: [], lead: draft.lead, town: Fixture.town, limit: draft.limit, priority: .routine)
    }

    static let grant = [DisclosedGroup(.identity, of: woman)]
    static let accepted = ReferralEvent.Accepted(
        referral: referral, caseFile: caseFile, department: lead, handlingPost: Fixture.post("fulian/rights"),
        nextPromise: Fixture.day("2023-08-28"))
    static let completed = ReferralEvent.Completed(
        referral: referral, caseFile: caseFile, department: lead, outcome: .notReconciled,
        excused: [.init(department: helper, reason: .notNeeded)])
    static let failed = ReferralEvent.Failed(
        referral: referral, caseFile: caseFile, department: lead, code: .personRefused, attemptedOn: [])
    static let asked = ReferralEvent.ReturnRequested(
        referral: referral, caseFile: caseFile, department: lead, reason: .notOurDuty, clause: "三定方案")
    static let coResult = ReferralEvent.CoResultSubmitted(
        referral: referral, caseFile: caseFile, department: helper, outcome: .assisted)

    /// Histories by the stage they end in.
    static let histories: [String: [ReferralEvent]] = {
        let draft: [ReferralEvent] = [.drafted(drafted())]
        let sent =
            draft + [
                .dispatched(dispatched()),
                .coHandlerInvited(
                    .init(
                        referral: referral, caseFile: caseFile, number: drafted().number, department: helper,
                        task: drafted().task, lead: lead, town: Fixture.town, limit: .workingDays(10))),
                .disclosureGranted(
                    .init(
                        referral: referral, caseFile: caseFile, department: lead, groups: grant, basis: "办法",
                        purpose: "救助")),
            ]
        let received = sent + [.received(.init(referral: referral, caseFile: caseFile, department: lead))]
        let taken = received + [.accepted(accepted)]
        let working = taken + [.handlingStarted(.init(referral: referral, caseFile: caseFile, department: lead))]
        return [
            "none": [], "drafted": draft,
            "voided": draft + [.voided(.init(referral: referral, caseFile: caseFile, reason: .enteredInError))],
            "dispatched": sent, "received": received, "accepted": taken, "inProgress": working,
            "returnRequested": received + [.returnRequested(asked)],
            "returned": received + [
                .returnRequested(asked),
                .returnApproved(.init(referral: referral, caseFile: caseFile, department: lead, clause: "三定方案")),
            ],
            "completed": working + [.completed(completed)], "failed": working + [.failed(failed)],
            "closed": working + [
                .completed(completed),
                .completionAccepted(.init(referral: referral, caseFile: caseFile, lead: lead, result: .completed)),
            ],
        ]
    }()

    static func history(_ stage: String) -> [ReferralEvent] { histories[stage] ?? [] }

    static func command(
        _ act: ReferralCommand.Act, by department: DepartmentCode? = lead, isSupervisor: Bool = false
    ) -> ReferralCommand {
        ReferralCommand(act, by: department, isSupervisor: isSupervisor, on: monday)
    }

    static let accept = ReferralCommand.Act.accept(
        handlingPost: Fixture.post("fulian/rights"), nextPromise: Fixture.day("2023-08-28"), SealedIndex())
    static let askReturn = ReferralCommand.Act.requestReturn(
        .notOurDuty, clause: "三定方案", proposed: nil, newFact: nil, isLapsed: false, byHead: true)
    static let approve = ReferralCommand.Act.approveReturn(clause: "三定方案", resolution: nil, isSecondOfCase: false)
    static let refuse = ReferralCommand.Act.refuseReturn(
        clause: "三定方案", resolution: nil, designation: nil, isSecondOfCase: false)
    static let complete = ReferralCommand.Act.complete(
        .notReconciled, award: nil, excused: [.init(department: helper, reason: .notNeeded)], attachments: [])
    static let fail = ReferralCommand.Act.fail(.personRefused, attemptedOn: [], attachments: [])

    /// One row of the table of transitions: an act, the stages it succeeds in, those where it did so before, and why not.
    struct Row: Sendable {
        let name: String
        let command: ReferralCommand
        let succeeds: Set<String>
        let repeats: Set<String>
        let refusals: [String: ReferralRefusal]
    }

    static let table: [Row] = [
        Row(
            name: "T02 void", command: command(.void(.enteredInError), by: nil), succeeds: ["drafted"],
            repeats: ["voided"],
            refusals: same(
                .notDrafted, "dispatched", "received", "accepted", "inProgress", "returnRequested", "returned",
                "completed", "failed", "closed", and: ["none": .unknown])),
        Row(
            name: "T01 dispatch", command: command(.dispatch(dispatched(), grants: [lead: grant]), by: nil),
            succeeds: ["drafted"], repeats: ["dispatched"],
            refusals: same(
                .notDrafted, "voided", "received", "accepted", "inProgress", "returnRequested", "returned",
                "completed", "failed", "closed", and: ["none": .unknown])),
        Row(
            name: "T03 receive", command: command(.receive(SealedIndex())), succeeds: ["dispatched"],
            repeats: ["received", "accepted", "inProgress", "completed", "failed"],
            refusals: same(
                .hasEnded, "returned", "closed",
                and: [
                    "none": .unknown, "drafted": .notDispatched, "voided": .notDispatched,
                    "returnRequested": .returnPending,
                ])),
        Row(
            name: "T04 accept", command: command(accept), succeeds: ["received"],
            repeats: ["accepted", "inProgress", "completed", "failed"],
            refusals: same(
                .hasEnded, "returned", "closed",
                and: [
                    "none": .unknown, "drafted": .notDispatched, "voided": .notDispatched,
                    "dispatched": .notReceived, "returnRequested": .returnPending,
                ])),
        Row(
            name: "T05 request return", command: command(askReturn), succeeds: ["dispatched", "received"],
            repeats: ["returnRequested"],
            refusals: same(
                .alreadyAccepted, "accepted", "inProgress", "completed", "failed",
                and: [
                    "none": .unknown, "drafted": .notDispatched, "voided": .notDispatched, "returned": .hasEnded,
                    "closed": .hasEnded,
                ])),
        Row(
            name: "T06 decline", command: command(.decline(.noCapacity)), succeeds: [], repeats: [],
            refusals: same(
                .statutoryCannotDecline, "drafted", "voided", "dispatched", "received", "accepted", "inProgress",
                "returnRequested", "returned", "completed", "failed", "closed", and: ["none": .unknown])),
        Row(
            name: "T07 approve return", command: command(approve, by: nil), succeeds: ["returnRequested"],
            repeats: ["returned"],
            refusals: same(
                .noReturnAsked, "drafted", "dispatched", "received", "accepted", "inProgress", "completed", "failed",
                and: ["none": .unknown, "voided": .hasEnded, "closed": .hasEnded])),
        Row(
            name: "T08 refuse return", command: command(refuse, by: nil), succeeds: ["returnRequested"], repeats: [],
            refusals: same(
                .noReturnAsked, "drafted", "dispatched", "received", "accepted", "inProgress", "completed", "failed",
                and: ["none": .unknown, "voided": .hasEnded, "returned": .hasEnded, "closed": .hasEnded])),
        Row(
            name: "T10 start", command: command(.start), succeeds: ["accepted"],
            repeats: ["inProgress", "completed", "failed"],
            refusals: same(
                .notAccepted, "dispatched", "received",
                and: [
                    "none": .unknown, "drafted": .notDispatched, "voided": .notDispatched,
                    "returnRequested": .returnPending, "returned": .hasEnded, "closed": .hasEnded,
                ])),
        Row(
            name: "T12 report", command: command(.report(.contactMade, nextPromise: nil, attachments: [])),
            succeeds: ["inProgress"], repeats: [], refusals: working),
        Row(
            name: "T16 complete", command: command(complete), succeeds: ["inProgress"], repeats: ["completed"],
            refusals: working.filter { $0.key != "completed" }),
        Row(
            name: "T17 fail", command: command(fail), succeeds: ["inProgress"], repeats: ["failed"],
            refusals: working.filter { $0.key != "failed" }),
        Row(
            name: "T27 accept completion", command: command(.acceptCompletion, by: nil),
            succeeds: ["completed", "failed"], repeats: ["closed"],
            refusals: same(
                .notFinished, "drafted", "dispatched", "received", "accepted", "inProgress", "returnRequested",
                and: ["none": .unknown, "voided": .hasEnded, "returned": .hasEnded])),
    ]

    private static let working: [String: ReferralRefusal] = same(
        .notAccepted, "dispatched", "received",
        and: [
            "none": .unknown, "drafted": .notDispatched, "voided": .notDispatched, "accepted": .notStarted,
            "returnRequested": .returnPending, "completed": .alreadyFinished, "failed": .alreadyFinished,
            "returned": .hasEnded, "closed": .hasEnded,
        ])

    private static func same(
        _ refusal: ReferralRefusal, _ stages: String..., and others: [String: ReferralRefusal] = [:]
    ) -> [String: ReferralRefusal] {
        others.merging(stages.map { ($0, refusal) }) { $1 }
    }

    @Test func `every transition is allowed where the table says and refused everywhere else`() throws {
        for row in Self.table {
            let covered = row.succeeds.union(row.repeats).union(row.refusals.keys)
            #expect(covered == Set(Self.histories.keys), "\(row.name) names every stage")
            for (stage, history) in Self.histories {
                let before = Referral(replaying: history)
                if let refusal = row.refusals[stage] {
                    #expect(throws: refusal, "\(row.name) in \(stage)") { try before.decide(row.command) }
                    continue
                }
                let decided = try before.decide(row.command)
                #expect(decided.isEmpty == row.repeats.contains(stage), "\(row.name) in \(stage)")
                var after = before
                for one in decided { after.evolve(with: one.event) }
                #expect(!row.succeeds.contains(stage) || after.stage != before.stage || row.name == "T12 report")
            }
        }
    }

    @Test func `a department that is not addressed may do nothing`() {
        let acts = [
            .receive(SealedIndex()), Self.accept, Self.askReturn, .start, Self.complete, Self.fail,
            .report(.visited, nextPromise: nil, attachments: []), .submitCoResult(.assisted, attachments: []),
        ]
        for act in acts {
            for stage in ["dispatched", "received", "inProgress"] {
                expect(
                    Referral.self, given: Self.history(stage), when: Self.command(act, by: Fixture.jiaoyu),
                    refuses: .addressedElsewhere)
            }
        }
    }

    @Test func `only the lead accepts, returns, completes and fails`() {
        for act in [Self.accept, Self.askReturn, Self.complete, Self.fail] {
            expect(
                Referral.self, given: Self.history("inProgress"), when: Self.command(act, by: Self.helper),
                refuses: .notTheLead)
        }
    }

    @Test func `an accepting department names one of its own posts and the day it will be heard of`() {
        let received = Self.history("received")
        let foreign = ReferralCommand.Act.accept(
            handlingPost: Fixture.post("jiaoyu/aid"), nextPromise: nil, SealedIndex())
        expect(Referral.self, given: received, when: Self.command(foreign), refuses: .postOfAnotherDepartment)
        let vague = ReferralCommand.Act.accept(
            handlingPost: Fixture.post("fulian/rights"), nextPromise: nil, SealedIndex())
        expect(Referral.self, given: received, when: Self.command(vague), refuses: .promiseMissing)
        let late = ReferralCommand.Act.accept(
            handlingPost: Fixture.post("fulian/rights"), nextPromise: Fixture.day("2023-08-20"), SealedIndex())
        expect(Referral.self, given: received, when: Self.command(late), refuses: .promiseInThePast)
    }

    @Test func `receiving releases the newest recorded parts of the grant and nothing else`() throws {
        var sealed = SealedIndex()
        let place = SealedIndex.Place(event: (Fixture.id(9) as CaseID).unique, section: 2)
        sealed.add(place, for: DisclosedGroup(.identity, of: Self.woman))
        sealed.add(place, for: DisclosedGroup(.health, of: Self.woman))
        let decided = try Referral(replaying: Self.history("dispatched")).decide(Self.command(.receive(sealed)))
        #expect(decided.count == 2)
        guard case .sliceReleased(let slice) = decided.last?.event else {
            Issue.record("a slice is released")
            return
        }
        #expect(slice.parts.map(\.group) == [.identity])
        #expect(
            decided.last?.disclosure.groups == [
                Self.lead: [DisclosedGroup(.reference), DisclosedGroup(.identity, of: Self.woman)]
            ])
    }

    @Test func `one return per referral, not after designation, not after the limit, and by the head`() {
        func ask(isLapsed: Bool = false, byHead: Bool = true, clause: String = "三定方案") -> ReferralCommand {
            Self.command(
                .requestReturn(
                    .notOurDuty, clause: clause, proposed: nil, newFact: nil, isLapsed: isLapsed, byHead: byHead))
        }
        let refused =
            Self.history("returnRequested") + [
                .returnRefused(
                    .init(referral: Self.referral, caseFile: Self.caseFile, department: Self.lead, clause: "三定方案"))
            ]
        expect(Referral.self, given: refused, when: ask(), refuses: .returnOnlyOnce)
        let designated =
            Self.history("received") + [
                .designated(
                    .init(
                        referral: Self.referral, caseFile: Self.caseFile, department: Self.lead,
                        authority: .instruction("市府办〔2023〕7号")))
            ]
        expect(Referral.self, given: designated, when: ask(), refuses: .returnAfterDesignation)
        expect(Referral.self, given: Self.history("received"), when: ask(isLapsed: true), refuses: .returnLapsed)
        expect(Referral.self, given: Self.history("received"), when: ask(byHead: false), refuses: .headOnly)
        expect(Referral.self, given: Self.history("received"), when: ask(clause: " "), refuses: .clauseEmpty)
    }

    @Test func `a refused return goes back to where it came from`() throws {
        for stage in ["dispatched", "received"] {
            var referral = Referral(replaying: Self.history(stage) + [.returnRequested(Self.asked)])
            for decided in try referral.decide(Self.command(Self.refuse, by: nil)) {
                referral.evolve(with: decided.event)
            }
            #expect(referral.stage == (stage == "received" ? .received : .dispatched))
            #expect(try referral.decide(Self.command(Self.refuse, by: nil)).isEmpty)
        }
    }

    @Test func `a ruling needs the meeting for lawForbids and a supervisor the second time`() {
        let forbidden = ReferralEvent.ReturnRequested(
            referral: Self.referral, caseFile: Self.caseFile, department: Self.lead, reason: .lawForbids,
            clause: "治安管理处罚法")
        expect(
            Referral.self, given: Self.history("received") + [.returnRequested(forbidden)],
            when: Self.command(Self.approve, by: nil), refuses: .meetingMustRule)
        let second = ReferralCommand.Act.approveReturn(clause: "三定方案", resolution: nil, isSecondOfCase: true)
        expect(
            Referral.self, given: Self.history("returnRequested"), when: Self.command(second, by: nil),
            refuses: .supervisorOnly)
        #expect(throws: Never.self) {
            try Referral(replaying: Self.history("returnRequested")).decide(
                Self.command(second, by: nil, isSupervisor: true))
        }
    }

    @Test func `a lead completes only when every co-result is in or excused`() {
        let plain = ReferralCommand.Act.complete(.notReconciled, award: nil, excused: [], attachments: [])
        expect(
            Referral.self, given: Self.history("inProgress"), when: Self.command(plain), refuses: .coResultsMissing)
        expect(
            Referral.self, given: Self.history("inProgress") + [.coResultSubmitted(Self.coResult)],
            when: Self.command(plain),
            then: [
                .completed(
                    .init(
                        referral: Self.referral, caseFile: Self.caseFile, department: Self.lead,
                        outcome: .notReconciled, excused: []))
            ])
        let stranger = ReferralCommand.Act.complete(
            .notReconciled, award: nil, excused: [.init(department: Fixture.sifa, reason: .notNeeded)],
            attachments: [])
        expect(
            Referral.self, given: Self.history("inProgress"), when: Self.command(stranger),
            refuses: .notACoHandlerToExcuse)
        let free = ReferralCommand.Act.complete(
            .granted, award: Award(kind: .cash, amount: 0),
            excused: [.init(department: Self.helper, reason: .noAnswer)],
            attachments: [])
        expect(
            Referral.self, given: Self.history("inProgress"), when: Self.command(free), refuses: .amountNotPositive)
    }

    @Test func `a co-handler signs for its own part, works beside the lead and hands in once`() {
        let sent = Self.history("dispatched")
        let submit = ReferralCommand.Act.submitCoResult(.assisted, attachments: [])
        expect(Referral.self, given: sent, when: Self.command(submit, by: Self.helper), refuses: .notReceived)
        let signed =
            sent + [.received(.init(referral: Self.referral, caseFile: Self.caseFile, department: Self.helper))]
        expect(Referral.self, given: signed, when: Self.command(.receive(SealedIndex()), by: Self.helper), then: [])
        expect(
            Referral.self, given: signed, when: Self.command(submit, by: Self.helper),
            then: [.coResultSubmitted(Self.coResult)])
        expect(
            Referral.self, given: signed + [.coResultSubmitted(Self.coResult)],
            when: Self.command(submit, by: Self.helper), then: [])
        let other = ReferralCommand.Act.submitCoResult(.informed, attachments: [])
        expect(
            Referral.self, given: signed + [.coResultSubmitted(Self.coResult)],
            when: Self.command(other, by: Self.helper), refuses: .alreadyFinished)
        expect(Referral.self, given: signed, when: Self.command(submit), refuses: .notACoHandler)
        #expect(Referral(replaying: signed).stage == .dispatched, "a co-handler's receipt is not the lead's")
    }

    @Test func `unreachable needs tries on three different days, none of them later`() {
        func fail(_ days: String...) -> ReferralCommand {
            Self.command(.fail(.unreachable, attemptedOn: days.map(Fixture.day), attachments: []))
        }
        let working = Self.history("inProgress")
        expect(
            Referral.self, given: working, when: fail("2023-08-19", "2023-08-19", "2023-08-20"),
            refuses: .tooFewAttempts)
        expect(
            Referral.self, given: working, when: fail("2023-08-19", "2023-08-20", "2023-08-22"),
            refuses: .attemptInTheFuture)
        #expect(throws: Never.self) {
            try Referral(replaying: working).decide(fail("2023-08-18", "2023-08-19", "2023-08-20"))
        }
    }
}
