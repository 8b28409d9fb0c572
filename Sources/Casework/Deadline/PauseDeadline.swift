package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// Stops a running limit for a listed reason.
package struct PauseDeadline: HubCommand {
    package static let name = "PauseDeadline"
    package static let subjectKind = SubjectKind.caseFile
    package static let subjects: Set<SubjectKind> = [.caseFile, .referral, .resolution]
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.pauseDeadline

    package var rule: DeadlineRuleID
    /// What the limit is about; the subject when left out.
    package var instance: EventTag?
    package var reason: DeadlineRule.PauseReason
    package var expectedUntil: CivilDay
    package var basis: String
    package var noticeGivenAt: Instant?

    package init(
        rule: DeadlineRuleID, instance: EventTag? = nil, reason: DeadlineRule.PauseReason, expectedUntil: CivilDay,
        basis: String, noticeGivenAt: Instant? = nil
    ) {
        self.rule = rule
        self.instance = instance
        self.reason = reason
        self.expectedUntil = expectedUntil
        self.basis = basis
        self.noticeGivenAt = noticeGivenAt
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let instance = try context.instance(instance)
        let events = try boundary.decide(.pause(self, instance), context)
        try boundary.requireRunningItem(rule, instance, changedBy: events, context)
        return events
    }
}
