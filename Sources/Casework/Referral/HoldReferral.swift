package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// Lets a referral wait for something, with the day on which it is looked at again.
package struct HoldReferral: HubCommand {
    package static let name = "HoldReferral"
    package static let subjectKind = SubjectKind.referral
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.handleReferral

    package var reason: HoldReason
    package var reviewOn: CivilDay
    /// The clause a pause rests on, where the reason pauses the limit.
    package var basis: String?

    package init(reason: HoldReason, reviewOn: CivilDay, basis: String? = nil) {
        self.reason = reason
        self.reviewOn = reviewOn
        self.basis = basis
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let held = try boundary.decideReferral(
            .hold(reason, reviewOn: reviewOn, byHead: context.actsAsHead), context)
        guard !held.isEmpty, let pause = reason.pause else { return held }
        return held + (try boundary.pausing(pause, until: reviewOn, basis: basis ?? "", context))
    }
}
