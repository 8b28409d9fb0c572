package import EventSourcing
package import RuleBook

/// Records what the meeting resolved.
package struct AdoptResolution: HubCommand {
    package static let name = "AdoptResolution"
    package static let subjectKind = SubjectKind.meeting
    package static let action = Action.runMeeting

    package var condition: ResolutionCondition?
    package var actions: [ProposedAction]?
    /// The disputed referral it rules on.
    package var designates: ReferralID?

    package init(condition: ResolutionCondition? = nil, actions: [ProposedAction]? = nil, designates: ReferralID? = nil)
    {
        self.condition = condition
        self.actions = actions
        self.designates = designates
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let (id, _) = try boundary.meeting(context)
        return try boundary.decide(.adopt(id, self), context, notBefore: .meeting(.requested), of: .meeting(id))
    }
}
