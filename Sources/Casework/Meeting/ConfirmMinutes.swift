package import EventSourcing
package import RuleBook

/// Records that a body confirmed its extract, or said nothing until the limit.
package struct ConfirmMinutes: HubCommand {
    package static let name = "ConfirmMinutes"
    package static let subjectKind = SubjectKind.meeting
    package static let action = Action.confirmMinutes

    /// The acting department when left out.
    package var department: DepartmentCode?
    package var isSilent: Bool?

    package init(department: DepartmentCode? = nil, isSilent: Bool? = nil) {
        self.department = department
        self.isSilent = isSilent
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        guard let department = department ?? context.actor.department else {
            throw JointMeetingRefusal.unknownDepartment.told
        }
        return try boundary.decideMeeting(
            .confirmMinutes(of: department, isSilent: isSilent ?? false, by: context.actor.department), context)
    }
}
