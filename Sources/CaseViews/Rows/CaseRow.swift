package import Casework
package import EventSourcing
package import RuleBook

/// One case as the lists and the case page show it: references, numbers and codes only.
package struct CaseRow: Codable, Hashable, Sendable {
    /// Where the whole case stands.
    package enum State: String, CaseIterable, Codable, Hashable, Sendable {
        case open, exitProposed, exited, duplicate, voided

        package var label: Label {
            switch self {
            case .open: Label("办理中", "open")
            case .exitProposed: Label("待复核办结", "exit proposed")
            case .exited: Label("已办结", "exited")
            case .duplicate: Label("已并案", "duplicate")
            case .voided: Label("已作废", "voided")
            }
        }
    }

    /// One thing asked for.
    package struct Item: Codable, Hashable, Sendable {
        /// How far it has come.
        package enum State: String, CaseIterable, Codable, Hashable, Sendable {
            case added, triaged, decided, notified, notAccepted, withdrawn
        }

        /// How far it is taken in, which triage does not wait for.
        package enum Door: String, CaseIterable, Codable, Hashable, Sendable {
            case supplementAsked, papersComplete, provisional, accepted
        }

        package let id: ItemID
        package var policyItem: PolicyItemCode
        package var person: PersonReference?
        package var state: State
        /// Nothing before triage.
        package var path: TriagePath?
        /// Nothing until somebody looked at its papers.
        package var door: Door?
        /// Whether its file went up to the department that decides.
        package var isHandedUp: Bool?
        /// The official answer, once there is one.
        package var outcome: DecisionResult?
        /// Whether a minor is concerned; then neither a parent nor silence ends it.
        package var concernsMinor: Bool?

        package init(id: ItemID, policyItem: PolicyItemCode, person: PersonReference?) {
            self.id = id
            self.policyItem = policyItem
            self.person = person
            state = .added
        }
    }

    /// One joint meeting about the case.
    package struct Meeting: Codable, Hashable, Sendable {
        /// How far it has come.
        package enum State: String, CaseIterable, Codable, Hashable, Sendable {
            case requested, convened, held, closed, refused, cancelled
            /// A request that is dealt with at another meeting.
            case placed
        }

        package let id: MeetingID
        package var number: EntityNumber?
        package var state: State
        package var meetsAt: Instant?
        package var invited: [DepartmentCode]
        package var attended: [DepartmentCode]
        /// Bodies that have their extract of the minutes, and those that confirmed it.
        package var circulated: [DepartmentCode]
        package var confirmed: [DepartmentCode]
        package var resolutions: [Resolution]
        /// Whether it was asked for this case, rather than this case put on its agenda.
        package var isOwn: Bool
        /// The meeting that deals with the request instead.
        package var placedOn: MeetingID?
        /// Items of this case on the agenda.
        package var agenda: [ItemID]

        /// A meeting of which nothing more is known yet.
        package init(id: MeetingID, state: State) {
            self.id = id
            self.state = state
            invited = []
            attended = []
            circulated = []
            confirmed = []
            resolutions = []
            isOwn = false
            agenda = []
        }
    }

    /// What a meeting resolved about the case.
    package struct Resolution: Codable, Hashable, Sendable {
        package let id: ResolutionID
        /// What has to happen first; nothing when it held at once.
        package var condition: ResolutionCondition?
        package var isInForce: Bool
        package let actions: [ResolutionAction]
        /// Bodies with an action that is no referral, and those that did theirs.
        package var assigned: [DepartmentCode]
        package var done: [DepartmentCode]
        package var dissents: [DepartmentCode]

        /// A resolution as adopted: in force at once unless it has a condition.
        package init(id: ResolutionID, condition: ResolutionCondition?, actions: [ResolutionAction]) {
            assigned = []
            done = []
            dissents = []
            self.id = id
            self.condition = condition
            isInForce = condition == nil
            self.actions = actions
        }
    }

    /// A record that was found to be wrong; the row shows what is right, the timeline what was written.
    package struct Correction: Codable, Hashable, Sendable {
        /// The event that holds the original.
        package let event: UniqueID
        package let field: String
        /// What the row showed; nothing where it shows none of it, or the text is sealed.
        package let original: String?
        /// What is right; nothing where the text is sealed.
        package let value: String?
        package let corrected: EventReference
    }

    /// What goes on after the exit: court, arbitration, pairing, a service already begun.
    package struct FollowUp: Codable, Hashable, Sendable {
        package let id: FollowUpID
        package let number: EntityNumber
        package var department: DepartmentCode
        package var kind: FollowUpKind
        package var stage: FollowUpStage?
        package var outcome: FollowUpOutcome?

        package var isOpen: Bool { outcome == nil }

        package init(id: FollowUpID, number: EntityNumber, department: DepartmentCode, kind: FollowUpKind) {
            self.id = id
            self.number = number
            self.department = department
            self.kind = kind
        }
    }

    package let id: CaseID
    package var number: EntityNumber
    /// The applicant; name and number are decrypted at the edge, for the rows of the page shown.
    package var applicant: PersonReference?
    package var household: HouseholdID?
    /// Everybody the case's events are about, in order of appearance.
    package var people: [PersonReference]
    package var town: TownCode?
    package var state: State
    package var opened: EventReference
    package var submitted: EventReference?
    /// The door the application came through.
    package var channel: RequestChannel?
    /// 1 for the first way from door to door, 2 and so on after a reopening.
    package var cycle: Int
    /// What the applicant shows to ask how far it is.
    package var receipt: ReceiptCode?
    /// Whether its subject or one of its items concerns a minor.
    package var concernsMinor: Bool?
    /// Whether an emergency of this case waits for relief.
    package var isUrgent: Bool
    /// Other open cases of the subject that are neither linked nor justified yet (I-1).
    package var unresolvedCases: [CaseID]
    /// What the person said of this cycle's outcome.
    package var outcome: VerifiedOutcome?
    package var items: [Item]
    package var referrals: [ReferralRow]
    package var meetings: [Meeting]
    package var followUps: [FollowUp]
    /// The post that has the case, and what it promised.
    package var post: PostCode?
    package var promise: CasePromise?
    /// Who took it in and who has it: what a village point may see.
    package var keepers: [Keeper]
    package var attachments: [StoredFile]
    package var applicantToldAt: Instant?
    /// The first aid delivered or service done, whichever came first: shown beside the exit in every rate.
    package var firstHelpAt: Instant?
    package var exitProposedAt: Instant?
    package var exitedAt: Instant?
    package var exitResult: ExitResult?
    /// Records found to be wrong, oldest first.
    package var corrections: [Correction]
    /// The case that goes on instead, where this one was a duplicate.
    package var duplicateOf: CaseID?
    /// The newest event of the case.
    package var lastTouched: EventReference

    /// A case of which only the opening is known.
    package init(id: CaseID, number: EntityNumber, opened: EventReference) {
        self.id = id
        self.number = number
        self.opened = opened
        people = []
        state = .open
        cycle = 1
        isUrgent = false
        unresolvedCases = []
        items = []
        referrals = []
        meetings = []
        followUps = []
        keepers = []
        attachments = []
        corrections = []
        lastTouched = opened
    }

    /// Whether the meeting office has to do with it, and so may read it: a meeting about it was asked for and not
    /// refused, or triage sent an item to one (`reference/product.md` §4.8).
    package var isBeforeMeeting: Bool {
        meetings.contains { $0.state != .refused }
            || items.contains { item in
                switch item.path {
                case .jointMeeting, .exceptional: true
                case .handleHere, .refer, .reviewPanel, .advanceRelief, .informOnly, nil: false
                }
            }
    }

    /// What is promised while the case is open.
    package var openPromise: CasePromise? {
        switch state {
        case .open, .exitProposed: promise
        case .exited, .duplicate, .voided: nil
        }
    }

    /// Follow-ups that still run, which the exit lists.
    package var openFollowUps: [FollowUp] { followUps.filter(\.isOpen) }
}
