package import EventSourcing

/// One joint meeting as its history tells it, from the request to the last confirmed extract and done action.
///
/// Folded from the meeting's own tag it is whole; folded from a case's tag it holds what concerns that case.
package struct JointMeeting: Decider {
    /// How far it is; refused, cancelled and closed are terminal, a placed request waits for another meeting.
    package enum Stage: Hashable, Sendable {
        case none, awaiting, convened, held, closed
        case refused, cancelled
        case placed(on: MeetingID)
    }

    /// One item on the agenda and what was laid before the meeting for it.
    package struct AgendaEntry: Hashable, Sendable {
        package let item: ItemID
        package let caseFile: CaseID
        package internal(set) var papers: [Attachment] = []
    }

    /// A body at the table: which items it was invited to, and which it was there for.
    package struct Membership: Hashable, Sendable {
        package let department: DepartmentCode
        package let delivery: PaperOrFeed
        package internal(set) var invited: [ItemID]
        package internal(set) var attended: [ItemID] = []
    }

    /// A resolution and whether it holds.
    package struct Resolution: Hashable, Sendable {
        package let adopted: JointMeetingEvent.ResolutionAdopted
        package internal(set) var isConditionMet = false
        package internal(set) var dissents: [DepartmentCode] = []
        /// Bodies that were given something to do that is no referral, and those that did it.
        package internal(set) var assigned: [DepartmentCode] = []
        package internal(set) var done: [DepartmentCode] = []

        /// Whether its actions may be dispatched.
        package var isInForce: Bool { adopted.condition == nil || isConditionMet }

        /// Whether a body still has to do what the meeting gave it.
        package var hasOpenAction: Bool { assigned.contains { !done.contains($0) } }
    }

    struct OpinionKey: Hashable {
        let department: DepartmentCode
        let item: ItemID
    }

    /// More cases than this do not fit on one agenda: their tags go on every event that concerns them all.
    static let mostCases = 12

    package internal(set) var id: MeetingID?
    package internal(set) var stage = Stage.none
    package internal(set) var requested: JointMeetingEvent.Requested?
    package internal(set) var scheduled: JointMeetingEvent.RegularScheduled?
    package internal(set) var isSeriesEnded = false
    package internal(set) var number: EntityNumber?
    package internal(set) var meetsAt: Instant?
    package internal(set) var agenda: [AgendaEntry] = []
    package internal(set) var members: [Membership] = []
    /// Requests of other cases that are dealt with here.
    package internal(set) var placedRequests: [MeetingID] = []
    package internal(set) var resolutions: [ResolutionID: Resolution] = [:]
    package internal(set) var resolutionOrder: [ResolutionID] = []
    package internal(set) var isSigned = false
    package internal(set) var circulated: [DepartmentCode: JointMeetingEvent.MinutesCirculated] = [:]
    package internal(set) var confirmed: Set<DepartmentCode> = []
    var opinions: [OpinionKey: OpinionStance] = [:]
    /// Items that left the agenda, and the cases of the requests placed here.
    var withdrawn: Set<ItemID> = []
    var placedCases: [MeetingID: CaseID] = [:]

    package init() {}

    /// Whether the meeting took place.
    package var isHeld: Bool { stage == .held || stage == .closed }

    /// Whether something may still come of it: asked for, called, or placed on another meeting's agenda.
    package var isPending: Bool {
        switch stage {
        case .awaiting, .convened, .placed: true
        case .none, .held, .closed, .refused, .cancelled: false
        }
    }

    /// Whether a body still has to do what a resolution gave it, or a request waits to be dealt with (I-3).
    ///
    /// A placed request is dealt with where it was placed, which its case sees too.
    package var isOpenForExit: Bool {
        switch stage {
        case .awaiting, .convened: true
        case .none, .held, .closed, .refused, .cancelled, .placed: resolutions.values.contains(where: \.hasOpenAction)
        }
    }

    /// The cases on the agenda in order; a request's own case first.
    package var cases: [CaseID] {
        var found: [CaseID] = []
        for entry in agenda where !found.contains(entry.caseFile) { found.append(entry.caseFile) }
        guard let home = requested?.caseFile else { return found }
        return [home] + found.filter { $0 != home }
    }

    func entry(_ item: ItemID) -> AgendaEntry? { agenda.first { $0.item == item } }

    func membership(_ department: DepartmentCode) -> Membership? { members.first { $0.department == department } }

    package func decide(_ command: JointMeetingCommand) throws(JointMeetingRefusal) -> [Decided<JointMeetingEvent>] {
        switch command {
        case .request(let request, let sealed):
            if let requested {
                guard requested == request else { throw .alreadyRequested }
                return []
            }
            return [ask(request, sealed)]
        case .schedule(let scheduled): return try schedule(scheduled)
        case .endSeries: return try endSeries()
        case .refuse(let reason): return try refuse(reason)
        case .place(let request, let items): return try place(request, items)
        case .convene(let number, let meetsAt, let items, let members):
            return try convene(number: number, meetsAt: meetsAt, items: items, members: members)
        case .invite(let department, let items): return try invite(department, items)
        case .addPapers(let item, let papers): return try addPapers(item, papers)
        case .withdraw(let item, let reason): return try withdraw(item, reason)
        case .postpone(let meetsAt, let reason): return try postpone(meetsAt, reason)
        case .cancel(let reason, let next): return try cancel(reason, next)
        case .attend(let attendees): return try attend(attendees)
        case .recordOpinion(let department, let item, let stance, let sealed):
            return try recordOpinion(department, item, stance, sealed)
        case .adopt(let resolution, let judicial, let sealed): return try adopt(resolution, judicial, sealed)
        case .dissent(let resolution, let department, let sealed): return try dissent(resolution, department, sealed)
        case .hold(let attachments, let next): return try hold(attachments, next)
        case .sign(let post, let attachments): return try sign(post, attachments)
        case .circulateMinutes(let judicial, let attachments): return try circulate(judicial, attachments)
        case .confirmMinutes(let department, let isSilent, let actor):
            return try confirm(department, isSilent: isSilent, by: actor)
        case .meetCondition(let resolution, let evidence): return try meetCondition(resolution, evidence)
        case .complete(let resolution, let department, let actor, let attachments, let sealed):
            return try complete(resolution, department, by: actor, attachments, sealed)
        case .close: return try close()
        }
    }
}
