package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// Says that a promise was not kept; a department makes a new one with it.
package struct BreakPromise: HubCommand {
    package static let name = "BreakPromise"
    package static let subjectKind = SubjectKind.referral
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.settleReferral

    /// Left out by the centre, which promises nothing for others.
    package var nextPromise: CivilDay?
    /// Whose promise the centre means, the lead's when left out; a department says it only of its own.
    package var department: DepartmentCode?

    package init(nextPromise: CivilDay? = nil, department: DepartmentCode? = nil) {
        self.nextPromise = nextPromise
        self.department = department
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideReferral(
            .breakPromise(of: department, nextPromise: context.isCentre ? nil : nextPromise), context)
    }
}
