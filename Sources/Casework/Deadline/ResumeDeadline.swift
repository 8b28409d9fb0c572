package import EventSourcing
package import RuleBook

/// Lets a stopped limit run again.
package struct ResumeDeadline: HubCommand {
    package static let name = "ResumeDeadline"
    package static let subjectKind = SubjectKind.caseFile
    package static let subjects: Set<SubjectKind> = [.caseFile, .referral, .resolution]
    package static let action = Action.pauseDeadline

    package var rule: DeadlineRuleID
    /// What the limit is about; the subject when left out.
    package var instance: EventTag?

    package init(rule: DeadlineRuleID, instance: EventTag? = nil) {
        self.rule = rule
        self.instance = instance
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.resume(self, try context.instance(instance)), context)
    }
}
