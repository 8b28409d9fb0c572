package import Deadlines
package import EventSourcing
package import RuleBook

/// Makes a limit longer.
package struct ExtendDeadline: HubCommand {
    package static let name = "ExtendDeadline"
    package static let subjectKind = SubjectKind.caseFile
    package static let subjects: Set<SubjectKind> = [.caseFile, .referral]
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.grantExtension

    package var rule: DeadlineRuleID
    /// What the limit is about; the subject when left out.
    package var instance: EventTag?
    /// Whose run is meant, where the rule runs once for each body; every run when left out.
    package var department: DepartmentCode?
    package var granted: DeadlineExtension
    package var basis: String
    /// The listed ground; needed where the rule lists any.
    package var ground: DeadlineRule.ExtensionGround?

    package init(
        rule: DeadlineRuleID, instance: EventTag? = nil, granted: DeadlineExtension, basis: String,
        department: DepartmentCode? = nil, ground: DeadlineRule.ExtensionGround? = nil
    ) {
        self.ground = ground
        self.department = department
        self.rule = rule
        self.instance = instance
        self.granted = granted
        self.basis = basis
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let instance = try context.instance(instance)
        let events = try boundary.decide(.extend(self, instance), context)
        try boundary.requireRunningItem(rule, instance, changedBy: events, context)
        // Whoever repeats what was granted in time is told so however late it is.
        if !events.isEmpty, try boundary.hasExpired(rule, instance, context) {
            throw DeadlineRefusal.extendedAfterExpiry.told
        }
        return events
    }
}
