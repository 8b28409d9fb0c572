package import EventSourcing
package import RuleBook

/// Records that what a conditional resolution waited for has happened.
package struct MeetResolutionCondition: HubCommand {
    package static let name = "MeetResolutionCondition"
    package static let subjectKind = SubjectKind.resolution
    package static let action = Action.meetCondition

    /// The referral whose result shows it.
    package var evidence: ReferralID?

    package init(evidence: ReferralID? = nil) {
        self.evidence = evidence
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        guard case .resolution(let id) = context.subject else { throw JointMeetingRefusal.noSuchResolution.told }
        return try boundary.decide(
            .meetCondition(id, self), context, notBefore: .meeting(.resolutionAdopted), of: .resolution(id))
    }
}
