package import EventSourcing
package import RuleBook

/// Invites one body to the items that concern it.
package struct InviteMember: HubCommand {
    package static let name = "InviteMember"
    package static let subjectKind = SubjectKind.meeting
    package static let action = Action.runMeeting

    package var department: DepartmentCode
    /// Needed where several cases are on the agenda; the whole agenda when left out.
    package var items: [ItemID]?

    package init(department: DepartmentCode, items: [ItemID]? = nil) {
        self.department = department
        self.items = items
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.meetingBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        guard let department = context.rules.department(department) else {
            throw JointMeetingRefusal.unknownDepartment.told
        }
        return try boundary.decideMeeting(.invite(department, items: items), context)
    }
}
