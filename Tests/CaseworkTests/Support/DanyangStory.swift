import Casework
import EventSourcing
import RuleBook
import Testing

/// The Danyang case played command by command; stops where a test wants to go on.
struct DanyangStory {
    var hub = TestHub()
    let woman: PersonReference = Fixture.id(11)
    let daughter: PersonReference = Fixture.id(12)
    let husband: PersonReference = Fixture.id(13)
    private(set) var caseID: CaseID = Fixture.id(0)
    private(set) var request: HelpRequestID = Fixture.id(0)
    private(set) var meeting: MeetingID = Fixture.id(0)
    private(set) var living: ItemID = Fixture.id(0)
    private(set) var education: ItemID = Fixture.id(0)
    private(set) var mediation: ItemID = Fixture.id(0)
    private(set) var legal: ItemID = Fixture.id(0)
    private(set) var resolution: ResolutionID = Fixture.id(0)
    private(set) var conditional: ResolutionID = Fixture.id(0)
    /// R1 to R6 in order.
    private(set) var referrals: [ReferralID] = []
    private(set) var followUp: FollowUpID = Fixture.id(0)

    var file: CaseFile { hub.boundary().caseFile(caseID) }
    var theCase: Subject { .caseFile(caseID) }

    static func tag<Entity>(_ events: [RecordedEvent], _ kind: EventTag.Kind, _ index: Int = 0) -> EntityID<Entity> {
        let tags = events.flatMap(\.tags).filter { $0.kind == kind }
        let distinct = tags.reduce(into: [EventTag]()) { if !$0.contains($1) { $0.append($1) } }
        guard distinct.indices.contains(index), let id = EntityID<Entity>(String(distinct[index].name)) else {
            Issue.record("no \(kind.rawValue) in these events")
            return Fixture.id(0)
        }
        return id
    }

    /// Registration, request, application with four items, authorization, visit: 14 and 15 August.
    mutating func apply() throws {
        try hub.register(woman, groups: [.identity, .contact])
        try hub.register(daughter, minor: true, groups: [.identity, .schooling])
        try hub.register(husband, groups: [.identity])
        hub.checksRepeats = false
        request = Self.tag(
            try hub.send(
                RecordHelpRequest(
                    channel: .socialOrganisation, reporter: .socialOrganisation,
                    reporterDepartment: Fixture.jijinhui, town: Fixture.town, person: woman),
                as: .station, at: Fixture.morning("2023-08-14"), sealed: [(.narrative, woman)]), .request)
        let items = ["living.support", "education.grant", "family.mediation", "legal.aid"]
        let opened = try hub.send(
            SubmitApplication(
                applicant: woman, channel: .socialOrganisation, town: Fixture.town, request: request,
                items: items.map {
                    .init(policyItem: Fixture.item($0), person: $0 == "education.grant" ? daughter : nil)
                }, locationProtected: true),
            as: .station, at: Fixture.morning("2023-08-15"), sealed: [(.alias, woman), (.familyConflict, woman)])
        caseID = Self.tag(opened, .caseFile)
        let added = opened.filter { $0.type == "ApplicationItemAdded" }.map { event -> ItemID in
            Self.tag([event], .item)
        }
        (living, education, mediation, legal) = (added[0], added[1], added[2], added[3])
        try hub.send(
            CompleteVisit(purpose: .intake, visitors: 2), to: theCase, as: .station,
            at: Fixture.morning("2023-08-15"), sealed: [(.health, woman), (.capability, woman), (.alias, daughter)])
        hub.checksRepeats = true
        try hub.send(
            GrantAuthorization(scope: [.disclosureToDepartments]), to: theCase, as: .station,
            at: Fixture.morning("2023-08-15"))
    }

    /// Triage to the meeting, and the meeting itself: 15 and 18 August.
    mutating func meet() throws {
        try hub.send(
            CompleteTriage(
                items: [living, education, mediation, legal].map { ItemPath(item: $0, path: .jointMeeting) }),
            to: theCase, at: Fixture.morning("2023-08-15"))
        meeting = Self.tag(
            try hub.send(RequestJointMeeting(), to: theCase, at: Fixture.morning("2023-08-15")), .meeting)
        let table = [
            Fixture.gongan, Fixture.sifa, Fixture.fayuan, Fixture.jiaoyu, Fixture.fulian, Fixture.jijinhui,
        ]
        let day = Fixture.morning("2023-08-18")
        try office(ConveneJointMeeting(members: table), day)
        try office(RecordAttendance(attended: table.map { Attendee(department: $0) }), day)
        try office(
            RecordOpinion(department: Fixture.fulian, item: mediation, stance: .supports), day,
            sealed: [(.narrative, woman)])
        let actions = [
            ProposedAction(task: Fixture.task("living.support"), items: [living]),
            ProposedAction(task: Fixture.task("education.grant"), items: [education]),
            ProposedAction(task: Fixture.task("trace.spouse")),
            ProposedAction(task: Fixture.task("mediate.support"), items: [mediation]),
            ProposedAction(task: Fixture.task("companion.care")),
        ]
        resolution = Self.tag(try office(AdoptResolution(actions: actions), day), .resolution)
        conditional = Self.tag(
            try office(
                AdoptResolution(
                    condition: .mediationFailed,
                    actions: [ProposedAction(task: Fixture.task("legal.aid"), items: [legal])]), day), .resolution)
        try office(HoldJointMeeting(), day)
        try office(CirculateMinutes(), Fixture.morning("2023-08-21"))
    }

    @discardableResult
    mutating func office(
        _ command: some HubCommand, _ time: Instant, sealed: [(FieldGroup, PersonReference)] = []
    ) throws -> [RecordedEvent] {
        try hub.send(command, to: .meeting(meeting), as: .office, at: time, sealed: sealed)
    }

    /// R1 to R5: 18 August.
    mutating func dispatch() throws {
        let cast = ["child": daughter, "spouse": husband, "sought": husband]
        let orders: [(String, [ItemID])] = [
            ("living.support", [living]), ("education.grant", [education]), ("trace.spouse", []),
            ("mediate.support", [mediation]), ("companion.care", []),
        ]
        hub.checksRepeats = false
        for (task, items) in orders {
            let order = ReferralOrder(
                task: Fixture.task(task), items: items, people: cast, resolution: resolution)
            let sent = try hub.send(
                DispatchReferral(order: order), to: theCase, at: Fixture.morning("2023-08-18"))
            referrals.append(Self.tag(sent, .referral))
        }
        hub.checksRepeats = true
    }

    @discardableResult
    mutating func act(
        _ command: some HubCommand, on number: Int, by department: DepartmentCode, _ day: String,
        sealed: [(FieldGroup, PersonReference)] = []
    ) throws -> [RecordedEvent] {
        try hub.send(
            command, to: .referral(referrals[number - 1]), as: .of(department), at: Fixture.morning(day),
            sealed: sealed)
    }

    /// Receives, accepts and starts a referral as its lead.
    mutating func take(_ number: Int, by department: DepartmentCode, post: String, _ day: String) throws {
        try act(ReceiveReferral(), on: number, by: department, day)
        try act(
            AcceptReferral(handlingPost: Fixture.post(post), nextPromise: Fixture.day("2023-09-11")), on: number,
            by: department, day)
        try act(StartHandling(), on: number, by: department, day)
    }

    /// Every department's work on R1 to R5: 21 to 31 August.
    mutating func handle() throws {
        try take(1, by: Fixture.minzheng, post: "minzheng/relief", "2023-08-21")
        try take(2, by: Fixture.jiaoyu, post: "jiaoyu/aid", "2023-08-21")
        try take(3, by: Fixture.gongan, post: "gongan/household", "2023-08-21")
        try act(ReceiveReferral(), on: 3, by: Fixture.fulian, "2023-08-21")
        try act(SubmitCoResult(outcome: .assisted), on: 3, by: Fixture.fulian, "2023-08-22")
        try act(
            CompleteReferral(outcome: .contacted), on: 3, by: Fixture.gongan, "2023-08-23",
            sealed: [(.traceOutcome, husband)])
        try act(CompleteReferral(outcome: .granted), on: 1, by: Fixture.minzheng, "2023-08-24")
        try act(
            CompleteReferral(outcome: .granted, award: Award(kind: .cash, amount: 200_000)), on: 2,
            by: Fixture.jiaoyu, "2023-08-24")
        try act(
            AcceptReferral(handlingPost: Fixture.post("jijinhui/care")), on: 5, by: Fixture.jijinhui, "2023-08-22")
        try act(StartHandling(), on: 5, by: Fixture.jijinhui, "2023-08-22")
        try act(CompleteReferral(outcome: .serviceGiven), on: 5, by: Fixture.jijinhui, "2023-08-29")
        try take(4, by: Fixture.fulian, post: "fulian/rights", "2023-08-24")
        try act(ReceiveReferral(), on: 4, by: Fixture.gongan, "2023-08-24")
        try act(SubmitCoResult(outcome: .assisted), on: 4, by: Fixture.gongan, "2023-08-30")
        try act(CompleteReferral(outcome: .notReconciled), on: 4, by: Fixture.fulian, "2023-08-31")
        for number in 1...5 {
            try hub.send(
                AcceptCompletion(), to: .referral(referrals[number - 1]), at: Fixture.morning("2023-08-31"))
        }
    }

    /// The condition, R6, the follow-up: 1 to 8 September.
    mutating func goToLaw() throws {
        try hub.send(
            MeetResolutionCondition(evidence: referrals[3]), to: .resolution(conditional),
            at: Fixture.morning("2023-09-01"))
        hub.checksRepeats = false
        let order = ReferralOrder(
            task: Fixture.task("legal.aid"), items: [legal], people: ["spouse": husband], resolution: conditional)
        referrals.append(
            Self.tag(
                try hub.send(DispatchReferral(order: order), to: theCase, at: Fixture.morning("2023-09-01")),
                .referral))
        hub.checksRepeats = true
        try take(6, by: Fixture.sifa, post: "sifa/legalaid", "2023-09-04")
        try act(CompleteReferral(outcome: .legalAidGranted), on: 6, by: Fixture.sifa, "2023-09-08")
        try hub.send(AcceptCompletion(), to: .referral(referrals[5]), at: Fixture.morning("2023-09-08"))
        followUp = Self.tag(
            try hub.send(
                OpenFollowUp(kind: .court, department: Fixture.sifa, item: legal, referral: referrals[5]),
                to: theCase, as: .supervisor, at: Fixture.morning("2023-09-08")), .followup)
    }

    /// Decisions, notices, the one reply, the proposal: 11 September.
    mutating func answer() throws {
        for (item, result, referral) in [
            (living, DecisionResult.granted, 0), (education, .granted, 1), (mediation, .notApplicable, 3),
            (legal, .granted, 5),
        ] {
            try hub.send(
                DecideItem(item: item, result: result, clause: "办法 第三十三条", referral: referrals[referral]),
                to: theCase, at: Fixture.morning("2023-09-11"))
            try hub.send(
                NotifyDecision(means: .inPerson), to: .item(item), as: .station, at: Fixture.morning("2023-09-11"))
        }
        try hub.send(TellApplicant(means: .inPerson), to: theCase, as: .station, at: Fixture.morning("2023-09-11"))
    }

    mutating func leave() throws {
        try hub.send(ProposeExit(result: .partlyHelped), to: theCase, at: Fixture.morning("2023-09-11"))
        try hub.send(ExitCase(), to: theCase, as: .supervisor, at: Fixture.morning("2023-09-11"))
    }

    /// The whole story up to the exit; played once, since every command reads all of it again.
    static func played() throws -> DanyangStory {
        try whole.get()
    }

    private static let whole = Result {
        var story = DanyangStory()
        try story.apply()
        try story.meet()
        try story.dispatch()
        try story.handle()
        try story.goToLaw()
        try story.answer()
        try story.leave()
        return story
    }

    /// The case with its visit, before anybody has looked at it as a whole.
    static func applied() throws -> DanyangStory { try appliedOnce.get() }

    private static let appliedOnce = Result {
        var story = DanyangStory()
        try story.apply()
        return story
    }

    /// The case after the meeting, nothing dispatched.
    static func met() throws -> DanyangStory { try metOnce.get() }

    private static let metOnce = Result {
        var story = try applied()
        try story.meet()
        return story
    }

    /// The case when everything has been answered and the exit may be proposed.
    static func answered() throws -> DanyangStory { try answeredOnce.get() }

    private static let answeredOnce = Result {
        var story = try met()
        try story.dispatch()
        try story.handle()
        try story.goToLaw()
        try story.answer()
        return story
    }
}
