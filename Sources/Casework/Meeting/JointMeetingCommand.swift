package import EventSourcing
package import RuleBook

/// What may be asked of one joint meeting; departments and tasks come in as the rule book knows them.
package enum JointMeetingCommand: Sendable {
    case request(JointMeetingEvent.Requested, sealed: [SealedText])
    /// Begins a series; its later meetings follow one from the other.
    case schedule(JointMeetingEvent.RegularScheduled)
    case endSeries
    case refuse(MeetingRefusalReason)
    /// Takes the request of another case on this meeting's agenda.
    case place(JointMeetingEvent.Requested, items: [ItemID])
    /// Calls the meeting, or adds items of its own case and members to one that is called.
    case convene(number: EntityNumber, meetsAt: Instant?, items: [ItemID], members: [Department])
    /// Invites a body to some items; to all, where the agenda holds one case only.
    case invite(Department, items: [ItemID]?)
    case addPapers(ItemID, [Attachment])
    /// Takes one item off the agenda.
    case withdraw(ItemID, PostponementReason)
    case postpone(Instant, PostponementReason)
    /// `next`: the meeting that follows in the series, if there is one.
    case cancel(PostponementReason, next: JointMeetingEvent.RegularScheduled?)
    case attend([Attendee])
    case recordOpinion(DepartmentCode, item: ItemID, OpinionStance, sealed: [SealedText])
    /// The case has checked tasks and leads against the catalogue.
    case adopt(JointMeetingEvent.ResolutionAdopted, judicial: Set<DepartmentCode>, sealed: [SealedText] = [])
    case dissent(ResolutionID, DepartmentCode, sealed: [SealedText])
    case hold(attachments: [Attachment], next: JointMeetingEvent.RegularScheduled? = nil)
    case sign(PostCode?, attachments: [Attachment])
    /// `judicial`: bodies that get their extract on paper.
    case circulateMinutes(judicial: Set<DepartmentCode>, attachments: [Attachment])
    /// `department`: the acting department; nothing for the meeting office.
    case confirmMinutes(of: DepartmentCode, isSilent: Bool, by: DepartmentCode?)
    case meetCondition(ResolutionID, evidence: ReferralID?)
    /// `by`: the acting department; nothing for the centre.
    case complete(
        ResolutionID, DepartmentCode, by: DepartmentCode?, attachments: [Attachment], sealed: [SealedText])
    case close
}

/// A body that took part, who spoke for it, and for which items.
package struct Attendee: Codable, Hashable, Sendable {
    package let department: DepartmentCode
    package let post: PostCode?
    /// Everything it was invited to when left out.
    package let items: [ItemID]?

    package init(department: DepartmentCode, post: PostCode? = nil, items: [ItemID]? = nil) {
        self.department = department
        self.post = post
        self.items = items
    }
}
