package import EventSourcing
package import RuleBook

/// Records what the meeting resolved on one case.
package struct AdoptResolution: HubCommand {
    package static let name = "AdoptResolution"
    package static let subjectKind = SubjectKind.meeting
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.runMeeting

    package var condition: ResolutionCondition?
    package var actions: [ProposedAction]?
    /// The disputed referral it rules on.
    package var designates: ReferralID?
    /// How it rules on that referral.
    package var ruling: ReturnRuling?
    /// Actions that are not referrals, at most one a body.
    package var assignments: [MeetingAssignment]?
    /// The case it is about; the one the meeting was asked for when left out.
    package var caseFile: CaseID?

    package init(
        condition: ResolutionCondition? = nil, actions: [ProposedAction]? = nil, designates: ReferralID? = nil,
        ruling: ReturnRuling? = nil, assignments: [MeetingAssignment]? = nil, caseFile: CaseID? = nil
    ) {
        self.ruling = ruling
        self.assignments = assignments
        self.caseFile = caseFile
        self.condition = condition
        self.actions = actions
        self.designates = designates
    }

    package func boundary(_ context: CommandContext) -> EventQuery {
        let about = caseFile ?? context.caseID
        return about.map { context.meetingBoundary.or(.tagged(.caseFile($0))) } ?? context.meetingBoundary
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.adopt(self, context)
    }
}
