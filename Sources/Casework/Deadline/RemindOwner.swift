package import EventSourcing
package import RuleBook

/// Reminds whoever has to act that a limit runs (催办); once a limit and day.
package struct RemindOwner: HubCommand {
    package static let name = "RemindOwner"
    package static let subjectKind = SubjectKind.caseFile
    package static let subjects: Set<SubjectKind> = [.caseFile, .referral, .resolution]
    package static let action = Action.remindOwner

    package var rule: DeadlineRuleID
    /// What the limit is about; the subject when left out.
    package var instance: EventTag?
    /// Whose run is meant, where the rule runs once for each body.
    package var department: DepartmentCode?

    package init(rule: DeadlineRuleID, instance: EventTag? = nil, department: DepartmentCode? = nil) {
        self.rule = rule
        self.instance = instance
        self.department = department
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let instance = try context.instance(instance)
        let decided = try boundary.decide(.remind(self, instance), context)
        guard boundary.isRunning(rule, instance, context) else { throw DeadlineRefusal.notRunning.told }
        return decided
    }
}
