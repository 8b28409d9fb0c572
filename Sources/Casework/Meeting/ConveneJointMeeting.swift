package import EventSourcing
package import RuleBook

/// Calls a meeting, or adds items and members to one that is called.
package struct ConveneJointMeeting: HubCommand {
    package static let name = "ConveneJointMeeting"
    package static let subjectKind = SubjectKind.meeting
    package static let action = Action.runMeeting

    package var meetsAt: Instant?
    /// Items of its own case; what was asked for when left out, else everything triaged to a meeting.
    package var items: [ItemID]?
    /// Invited to the whole agenda; where it holds several cases, nobody: invite each body to its items.
    package var members: [DepartmentCode]

    package init(meetsAt: Instant? = nil, items: [ItemID]? = nil, members: [DepartmentCode]) {
        self.meetsAt = meetsAt
        self.items = items
        self.members = members
    }

    package func boundary(_ context: CommandContext) -> EventQuery {
        let own = context.meetingBoundary.or(.tagged(.number(context.proposedMeetingNumber)))
        return context.caseID.map { own.or(.tagged(.caseFile($0))) } ?? own
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let (_, meeting) = try boundary.meeting(context)
        if meeting.number == nil { try boundary.requireFree(context.proposedMeetingNumber) }
        return try boundary.convene(meeting, self, context)
    }
}
