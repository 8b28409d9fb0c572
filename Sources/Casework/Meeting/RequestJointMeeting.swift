package import EventSourcing
package import RuleBook

/// Asks for a joint meeting about a case, or for its ruling on a disputed return.
package struct RequestJointMeeting: HubCommand {
    package static let name = "RequestJointMeeting"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.requestMeeting

    /// A joint meeting when left out; panels are not open yet.
    package var kind: MeetingKind?
    package var isUrgent: Bool?
    /// What triage sent to a meeting when left out.
    package var items: [ItemID]?
    /// The referral whose return it shall rule on.
    package var disputes: ReferralID?

    package init(kind: MeetingKind? = nil, isUrgent: Bool? = nil, items: [ItemID]? = nil, disputes: ReferralID? = nil) {
        self.kind = kind
        self.isUrgent = isUrgent
        self.items = items
        self.disputes = disputes
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.requestMeeting(self), context)
    }
}
