package import EventSourcing
package import RuleBook

/// What may be asked of one joint meeting; departments and tasks come in as the rule book knows them.
package enum JointMeetingCommand: Sendable {
    case request(JointMeetingEvent.Requested, sealed: [SealedText])
    /// Calls the meeting, or adds items and members to one that is called.
    case convene(number: EntityNumber, meetsAt: Instant?, items: [ItemID], members: [Department])
    case attend([Attendee])
    case recordOpinion(DepartmentCode, item: ItemID, OpinionStance, sealed: [SealedText])
    /// The case has checked tasks and leads against the catalogue.
    case adopt(JointMeetingEvent.ResolutionAdopted, judicial: Set<DepartmentCode>)
    case hold(attachments: [Attachment])
    /// `judicial`: bodies that get their extract on paper.
    case circulateMinutes(judicial: Set<DepartmentCode>, attachments: [Attachment])
    /// `department`: the acting department; nothing for the meeting office.
    case confirmMinutes(of: DepartmentCode, isSilent: Bool, by: DepartmentCode?)
    case meetCondition(ResolutionID, evidence: ReferralID?)
}

/// A body that took part, and who spoke for it.
package struct Attendee: Codable, Hashable, Sendable {
    package let department: DepartmentCode
    package let post: PostCode?

    package init(department: DepartmentCode, post: PostCode? = nil) {
        self.department = department
        self.post = post
    }
}

/// One joint meeting as its history tells it, from the request to the confirmed extracts.
package struct JointMeeting: Decider {
    /// A resolution and whether it holds.
    package struct Resolution: Hashable, Sendable {
        package let adopted: JointMeetingEvent.ResolutionAdopted
        package internal(set) var isConditionMet = false

        /// Whether its actions may be dispatched.
        package var isInForce: Bool { adopted.condition == nil || isConditionMet }
    }

    struct OpinionKey: Hashable {
        let department: DepartmentCode
        let item: ItemID
    }

    package internal(set) var requested: JointMeetingEvent.Requested?
    package internal(set) var convened: JointMeetingEvent.Convened?
    package internal(set) var agenda: [ItemID] = []
    package internal(set) var members: [DepartmentCode] = []
    package internal(set) var attended: [DepartmentCode] = []
    package internal(set) var resolutions: [ResolutionID: Resolution] = [:]
    package internal(set) var resolutionOrder: [ResolutionID] = []
    package internal(set) var isHeld = false
    package internal(set) var circulated: Set<DepartmentCode> = []
    package internal(set) var confirmed: Set<DepartmentCode> = []
    var opinions: [OpinionKey: OpinionStance] = [:]

    package init() {}

    package func decide(_ command: JointMeetingCommand) throws(JointMeetingRefusal) -> [Decided<JointMeetingEvent>] {
        switch command {
        case .request(let request, let sealed):
            if let requested {
                guard requested == request else { throw .alreadyRequested }
                return []
            }
            return [Decided(.requested(request), tags: tags(request), sealed: sealed)]
        case .convene(let number, let meetsAt, let items, let members):
            return try convene(number: number, meetsAt: meetsAt, items: items, members: members)
        case .attend(let attendees): return try attend(attendees)
        case .recordOpinion(let department, let item, let stance, let sealed):
            return try recordOpinion(department, item, stance, sealed)
        case .adopt(let resolution, let judicial): return try adopt(resolution, judicial)
        case .hold(let attachments): return try hold(attachments)
        case .circulateMinutes(let judicial, let attachments): return try circulate(judicial, attachments)
        case .confirmMinutes(let department, let isSilent, let actor):
            return try confirm(department, isSilent: isSilent, by: actor)
        case .meetCondition(let resolution, let evidence): return try meetCondition(resolution, evidence)
        }
    }

    package mutating func evolve(with event: JointMeetingEvent) {
        switch event {
        case .requested(let requested): self.requested = requested
        case .convened(let convened): self.convened = convened
        case .agendaItemAdded(let added): agenda.append(added.item)
        case .memberInvited(let invited): members.append(invited.department)
        case .memberAttended(let attendance): attended.append(attendance.department)
        case .opinionRecorded(let opinion):
            opinions[OpinionKey(department: opinion.department, item: opinion.item)] = opinion.stance
        case .resolutionAdopted(let adopted):
            resolutions[adopted.resolution] = Resolution(adopted: adopted)
            resolutionOrder.append(adopted.resolution)
        case .held: isHeld = true
        case .minutesCirculated(let circulation): circulated.insert(circulation.department)
        case .minutesConfirmed(let confirmation): confirmed.insert(confirmation.department)
        case .conditionMet(let met): resolutions[met.resolution]?.isConditionMet = true
        }
    }

    /// Tags of an event about this meeting: itself, its case, and what else it names.
    func tags(_ request: JointMeetingEvent.Requested, _ more: EventTag...) -> Set<EventTag> {
        Set([.meeting(request.meeting), .caseFile(request.caseFile)] + more)
    }

    /// The meeting while it can still be prepared and held.
    func sitting() throws(JointMeetingRefusal) -> JointMeetingEvent.Requested {
        guard let requested else { throw .unknown }
        guard convened != nil else { throw .notConvened }
        guard !isHeld else { throw .alreadyHeld }
        return requested
    }
}
