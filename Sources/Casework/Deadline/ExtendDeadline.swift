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

    package init(
        rule: DeadlineRuleID, instance: EventTag? = nil, granted: DeadlineExtension, basis: String,
        department: DepartmentCode? = nil
    ) {
        self.department = department
        self.rule = rule
        self.instance = instance
        self.granted = granted
        self.basis = basis
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.extend(self, try context.instance(instance)), context)
    }
}
