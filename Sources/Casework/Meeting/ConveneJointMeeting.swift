package import EventSourcing
package import RuleBook

/// Calls a meeting, or adds items and members to one that is called.
package struct ConveneJointMeeting: HubCommand {
    package static let name = "ConveneJointMeeting"
    package static let subjectKind = SubjectKind.meeting
    package static let action = Action.runMeeting

    package var meetsAt: Instant?
    /// Everything triaged to a meeting when left out.
    package var items: [ItemID]?
    package var members: [DepartmentCode]

    package init(meetsAt: Instant? = nil, items: [ItemID]? = nil, members: [DepartmentCode]) {
        self.meetsAt = meetsAt
        self.items = items
        self.members = members
    }

    package func boundary(_ context: CommandContext) -> EventQuery {
        context.caseBoundary.or(.tagged(.number(context.proposedMeetingNumber)))
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let (id, meeting) = try boundary.meeting(context)
        if meeting.convened == nil { try boundary.requireFree(context.proposedMeetingNumber) }
        return try boundary.decide(.convene(id, self), context, notBefore: .meeting(.requested), of: .meeting(id))
    }
}
