package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// Plans a visit.
package struct PlanVisit: HubCommand {
    package static let name = "PlanVisit"
    package static let subjectKind = SubjectKind.caseFile
    package static let action = Action.recordVisit

    package var purpose: VisitPurpose
    package var plannedFor: CivilDay
    /// 1, for a verification 2, when left out.
    package var visitors: Int?

    package init(purpose: VisitPurpose, plannedFor: CivilDay, visitors: Int? = nil) {
        self.purpose = purpose
        self.plannedFor = plannedFor
        self.visitors = visitors
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.visitWork(.plan(self)), context)
    }
}
