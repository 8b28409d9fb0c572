package import EventSourcing
package import RuleBook
import WorkingCalendar

/// One case as its history tells it: one door in, its items, meetings, referrals and follow-ups, one door out.
package struct CaseFile: Decider {
    /// How far the case is; duplicate and voided are terminal, exited until it is reopened.
    package enum Stage: Hashable, Sendable {
        case none, open
        case exitProposed(CaseFileEvent.ExitProposed)
        case exited, duplicate, voided
    }

    /// Where one item stands; each of its ends is terminal within its cycle (I-2).
    package enum ItemStage: Hashable, Sendable {
        case added
        case triaged(TriagePath)
        case decided(CaseFileEvent.ItemDecided)
        case notified(CaseFileEvent.ItemDecided)
        case notAccepted(IntakeEvent.NotAccepted)
        case withdrawn(IntakeEvent.ItemWithdrawn)

        /// The decision, once there is one.
        package var decision: CaseFileEvent.ItemDecided? {
            switch self {
            case .added, .triaged, .notAccepted, .withdrawn: nil
            case .decided(let decision), .notified(let decision): decision
            }
        }

        /// Whether somebody asked and was turned away.
        var isRefusal: Bool {
            if case .notAccepted = self { return true }
            return decision?.result == .refused
        }

        /// Whether nothing more happens to the item in this cycle.
        package var isTerminal: Bool {
            switch self {
            case .added, .triaged: false
            case .decided, .notified, .notAccepted, .withdrawn: true
            }
        }
    }

    /// One thing applied for, and how far it is.
    package struct Item: Hashable, Sendable {
        package let added: CaseFileEvent.ItemAdded
        package internal(set) var stage = ItemStage.added
        /// The path triage chose last.
        package internal(set) var path: TriagePath?
        /// Whom its decision was told.
        package internal(set) var notifiedTo: PersonReference?

        /// Whether it has a decision nobody was told.
        var isUntold: Bool {
            if case .decided = stage { true } else { false }
        }
    }

    /// A limit of one thing, which may be paused or made longer.
    package struct DeadlineKey: Hashable, Sendable {
        package let rule: DeadlineRuleID
        package let instance: EventTag
        /// Whose run it is, where the rule runs once for each body.
        package let body: DepartmentCode?

        init(rule: DeadlineRuleID, instance: EventTag, body: DepartmentCode? = nil) {
            self.rule = rule
            self.instance = instance
            self.body = body
        }
    }

    package internal(set) var stage = Stage.none
    package internal(set) var opened: CaseFileEvent.Opened?
    package internal(set) var application: CaseFileEvent.ApplicationSubmitted?
    package internal(set) var items: [ItemID: Item] = [:]
    package internal(set) var itemOrder: [ItemID] = []
    package internal(set) var authorizations: [CaseFileEvent.AuthorizationGranted] = []
    package internal(set) var visits: [CaseFileEvent.VisitCompleted] = []
    package internal(set) var plannedVisits: [VisitID: VisitEvent.Planned] = [:]
    package internal(set) var attempts: [VisitEvent.Attempted] = []
    package internal(set) var visitForms: [VisitEvent.FormRecorded] = []
    package internal(set) var intake = CaseIntake()
    package internal(set) var relief = CaseRelief()
    package internal(set) var inquiries: [InquiryID: CaseInquiry] = [:]
    package internal(set) var review = CaseReview()
    /// 1 for the first way from door to door, 2 and so on after a reopening.
    package internal(set) var cycle = 1
    package internal(set) var meetings: [MeetingID: JointMeeting] = [:]
    package internal(set) var meetingOrder: [MeetingID] = []
    package internal(set) var referrals: [ReferralID: Referral] = [:]
    package internal(set) var referralOrder: [ReferralID] = []
    package internal(set) var followUps: [FollowUpID: FollowUp] = [:]
    package internal(set) var followUpOrder: [FollowUpID] = []
    /// Who has it, what was promised, what lies with it.
    package internal(set) var keeping = CaseKeeping()
    package internal(set) var told: CaseFileEvent.ApplicantTold?
    /// Whether a reply was told in this cycle, whatever became of it.
    var hasReplied = false
    package internal(set) var unresolvedCases: Set<CaseID> = []
    package internal(set) var pauses: [DeadlineKey: DeadlineEvent.Paused] = [:]
    package internal(set) var extended: [DeadlineKey: DeadlineEvent.Extended] = [:]
    var lastResumed: Set<DeadlineKey> = []
    /// How many reminders were sent by hand, and on which day the last of each limit.
    var reminders = 0
    var reminded: [DeadlineKey: CivilDay] = [:]
    var justified: Set<CaseID> = []
    var duplicateOf: CaseID?
    var withdrawnScopes: [PersonReference: Set<AuthorizationScope>] = [:]
    /// Decisions ever made, so that a number is never used twice.
    var decisionCount = 0

    package init() {}

    /// Whether the place where the applicant lives must stay hidden from somebody.
    package var isLocationProtected: Bool {
        application?.locationProtected == true || referrals.values.contains { $0.order?.locationProtected == true }
    }

    /// Whether a minor is concerned.
    package var concernsMinor: Bool {
        opened?.concernsMinor == true || items.values.contains { $0.added.concernsMinor }
    }

    /// Open follow-ups in the order they were opened.
    package var openFollowUps: [FollowUpID] {
        followUpOrder.filter { followUps[$0]?.isOpen == true }
    }

    /// The resolution, wherever in the case's meetings it was adopted.
    package func resolution(_ id: ResolutionID) -> (meeting: MeetingID, resolution: JointMeeting.Resolution)? {
        for meeting in meetingOrder {
            if let resolution = meetings[meeting]?.resolutions[id] { return (meeting, resolution) }
        }
        return nil
    }

    package func decide(_ command: CaseFileCommand) throws(CommandRefusal) -> [Decided<CaseworkEvent>] {
        let context = command.context
        switch command.act {
        case .submit(let body, let people, let others, let request):
            return try submit(body, people, others, request, context)
        case .addItem(let body, let people): return try addItem(body, people, context)
        case .grant(let body, let person, let sealed): return try grant(body, person, sealed, context)
        case .visit(let body): return try visit(body, context)
        case .intake(let act): return try decide(act, context)
        case .relief(let act): return try decide(act, context)
        case .inquiry(let act): return try decide(act, context)
        case .visitWork(let act): return try decide(act, context)
        case .review(let act): return try decide(act, context)
        case .triage(let body): return try triage(body, context)
        case .decide(let body, let item): return try decideItem(body, item, context)
        case .notify(let body, let item): return try notify(body, item, context)
        case .tell(let body): return try tell(body, context)
        case .proposeExit(let body): return try proposeExit(body, context)
        case .exit(let proposer): return try exit(proposedBy: proposer, context)
        case .openFollowUp(let body, let sealed): return try openFollowUp(body, sealed, context)
        case .linkDuplicate(let other, let id, let isOlder): return try link(to: other, id, isOlder: isOlder, context)
        case .justifySecond(let body): return try justify(body, context)
        case .requestMeeting(let body): return try requestMeeting(body, context)
        case .convene(let meeting, let body): return try convene(meeting, body, context)
        case .place(let request, let meeting, let items): return try place(request, on: meeting, items, context)
        case .adopt(let meeting, let body): return try adopt(meeting, body, context)
        case .meetCondition(let resolution, let body): return try meetCondition(resolution, body, context)
        case .draft(let order, let people): return try draft(order, people, context)
        case .dispatchNew(let order, let people): return try dispatch(order, people, context)
        case .dispatchDraft(let referral): return try dispatchDraft(referral, context)
        case .redirect(let referral, let body, let people): return try redirect(referral, body, people, context)
        case .pause(let body, let instance): return try pause(body, instance, context)
        case .resume(let body, let instance): return try resume(body, instance, context)
        case .extend(let body, let instance): return try extend(body, instance, context)
        case .remind(let body, let instance): return try remind(body, instance, context)
        }
    }

    package mutating func evolve(with event: CaseworkEvent) {
        switch event {
        case .request: break
        case .caseFile(let event): evolve(with: event)
        case .intake(let event): evolve(with: event)
        case .relief(let event): relief.evolve(with: event)
        case .inquiry(let event): evolve(with: event)
        case .visit(let event): evolve(with: event)
        case .review(let event): evolve(with: event)
        case .followUp(let event): evolve(with: event)
        case .meeting(let event): evolve(with: event)
        case .referral(let event): evolve(with: event)
        case .deadline(let event): evolve(with: event)
        case .desk(let event):
            keeping.evolve(with: event)
            if case .deliveryRecorded(let delivery) = event, !delivery.outcome.isProof { takeBack(delivery) }
        }
    }
}
